namespace Tradepost.Marketplace.Sales;

/// <summary>
/// Makes the estimates of the past again, each with what was known then, and learns from their misses how far bounds have to reach. Products
/// can be judged as if nothing had ever been known of them: they are parted into folds, and each is estimated from the others alone.
/// </summary>
internal sealed class RollingJudge
{
    /// <summary>The relative standard deviation of a share beside that of its reviews: buyers write more in one month than in another.</summary>
    public const double Drift = 0.25;

    private const int MostFolds = 10;

    private readonly IReadOnlyList<KnownStretch> stretches;
    private readonly int folds;
    private readonly ShareEvidence[] evidence;
    private readonly Misses[] misses;
    private readonly (double Units, double Reviews)[] sums;
    private readonly ProductTree tree;

    /// <summary>Readies it.</summary>
    /// <param name="history">What is known.</param>
    /// <param name="stretches">What shares are learned from, in the order in which it became known.</param>
    /// <param name="areNew">Whether each product is estimated from others alone.</param>
    public RollingJudge(SalesHistory history, IReadOnlyList<KnownStretch> stretches, bool areNew)
    {
        (this.stretches, tree) = (stretches, history.Tree);
        folds = areNew ? Math.Min(MostFolds, history.Products.Count) : 0;
        var parts = Math.Max(folds, 1);
        evidence = [.. Enumerable.Range(0, parts).Select(_ => new ShareEvidence(history.Tree))];
        misses = [.. Enumerable.Range(0, parts).Select(_ => new Misses())];
        sums = new (double, double)[parts];
    }

    /// <summary>All misses that were made.</summary>
    public Misses Misses { get; } = new();

    /// <summary>How much the sales before say; of products as if they were new, nothing.</summary>
    public LastMonthWeight Weight { get; } = new();

    /// <summary>Judges the cases, each as of its day.</summary>
    public IReadOnlyList<JudgedCase> Run(IReadOnlyList<SalesCase> cases, CancellationToken cancellationToken)
    {
        var judged = new List<JudgedCase>(cases.Count);
        var pending = new PriorityQueue<Pending, int>();
        var next = 0;
        foreach (var day in cases.GroupBy(DayOf).OrderBy(day => day.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (next < stretches.Count && stretches[next].Last <= day.Key)
            {
                Learn(stretches[next++]);
            }

            Note(pending, day.Key);
            foreach (var part in day.GroupBy(one => PartOf(one.Product)))
            {
                if (evidence[part.Key].On(day.Key) is { } shares)
                {
                    Judge(part, shares, day.Key, judged, pending);
                }
            }
        }

        Note(pending, int.MaxValue);
        return judged;
    }

    /// <summary>What sold of the product itself is known up to the sales in question; what sold of others, up to the day of the estimate.</summary>
    private int DayOf(SalesCase one) => folds > 0 ? one.AsOf : one.Before;

    private int PartOf(int product) => folds > 0 ? product % folds : 0;

    private bool Has(int part, int product) => folds == 0 || product % folds != part;

    private void Learn(KnownStretch stretch)
    {
        for (var part = 0; part < evidence.Length; part++)
        {
            if (Has(part, stretch.Product))
            {
                evidence[part].Add(stretch);
                sums[part].Units += stretch.Weight * stretch.Counts.Exposure;
                sums[part].Reviews += stretch.Weight * stretch.Counts.Events;
            }
        }
    }

    private void Note(PriorityQueue<Pending, int> pending, int day)
    {
        while (pending.TryPeek(out var miss, out var last) && last <= day)
        {
            pending.Dequeue();
            Misses.Add(miss.Reach, last);
            if (folds == 0 && miss.Case.LastMonth is { } before)
            {
                Weight.Add(miss.Case.Units, miss.Mean, before, last);
            }

            for (var part = 0; part < misses.Length; part++)
            {
                if (Has(part, miss.Case.Product))
                {
                    misses[part].Add(miss.Reach, last);
                }
            }
        }
    }

    private void Judge(
        IGrouping<int, SalesCase> cases,
        Shares shares,
        int day,
        List<JudgedCase> judged,
        PriorityQueue<Pending, int> pending
    )
    {
        var (reach, sum, weight) = (misses[cases.Key].ReachOn(day), sums[cases.Key], folds > 0 ? 0 : Weight.On(day));
        foreach (var one in cases)
        {
            var place = tree.Places[one.Product];
            var (share, _) = shares.Of(folds > 0 ? place with { Product = -1 } : place);
            var mean = one.Expected / share;
            var interval = LastMonthWeight.Of(mean, one.Reviews, Drift, one.LastMonth, weight);
            var (lower, upper) = interval.Bounds(reach);
            pending.Enqueue(new Pending(one, mean, interval.ReachTo(one.Units)), one.Last);
            judged.Add(new JudgedCase(one.Units, interval.Mean, lower, upper, one.Expected * sum.Units / sum.Reviews, one.LastMonth));
        }
    }

    /// <summary>An estimate whose truth becomes known later.</summary>
    /// <param name="Mean">By reviews alone.</param>
    private readonly record struct Pending(SalesCase Case, double Mean, double Reach);
}
