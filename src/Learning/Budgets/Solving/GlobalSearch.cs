using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Solving;

/// <summary>
/// The best division under curves of any shape: branch and bound on concave envelopes (J. Falk, R. Soland, Management Science 15, 1969). Where the
/// envelopes' best division stands on the line of a channel, that channel's steps are split there, which makes the line touch the curve. Channels that are
/// alike are kept in falling order, as nothing is lost by that and much searching is spared.
/// </summary>
internal sealed class GlobalSearch(GridProblem problem, CancellationToken cancellationToken)
{
    /// <summary>What is as good as the bound, as a share of the value.</summary>
    public const double Tolerance = 1e-12;

    // A thousand channels are searched in tens of milliseconds, a few until nothing is left to search.
    private const double Effort = 1e7;
    private const double FewestNodes = 10;
    private const double MostNodes = 20_000;

    private readonly ConcaveSolver solver = new(problem);
    private readonly PriorityQueue<SearchNode, double> open = new();
    private readonly int[] firstAlike = FirstAlike(problem.Channels);

    private long[]? best;
    private double bestValue = double.NegativeInfinity;
    private double settled = double.NegativeInfinity;
    private double price;

    /// <summary>Searches.</summary>
    /// <param name="known">A division that may be allowed; what is found is not worse.</param>
    /// <exception cref="InvalidOperationException">There is no division within the bounds.</exception>
    public SearchResult Run(long[]? known)
    {
        if (known is not null && problem.Allows(known))
        {
            Offer(known, 0);
        }

        var root = Array.ConvertAll(problem.Channels, channel => Envelope.Of(channel.Curve, problem.Step, channel.Lower, channel.Upper));
        Consider(root, 0);
        var nodes = Math.Clamp(Effort / root.Length / root.Length, FewestNodes, MostNodes);
        while (nodes-- > 0 && open.TryPeek(out var node, out _) && node.Bound > Enough)
        {
            cancellationToken.ThrowIfCancellationRequested();
            open.Dequeue();
            Split(node);
        }

        var bound = open.TryPeek(out var next, out _) ? Math.Max(settled, next.Bound) : settled;
        return new SearchResult(
            best ?? throw new InvalidOperationException("The bounds leave no division."),
            bestValue,
            Math.Max(0, bound - bestValue),
            price
        );
    }

    private double Enough => bestValue + (Tolerance * Math.Abs(bestValue));

    private void Split(SearchNode node)
    {
        var (envelopes, units) = (node.Envelopes, node.Relaxed.Units);
        var widest = 0;
        for (var i = 1; i < units.Length; i++)
        {
            widest = envelopes[i].Excess(units[i]) > envelopes[widest].Excess(units[widest]) ? i : widest;
        }

        var at = units[widest];
        var below = (Envelope[])envelopes.Clone();
        var above = (Envelope[])envelopes.Clone();
        for (var i = widest; i < units.Length && firstAlike[i] == firstAlike[widest]; i++)
        {
            Limit(below, i, envelopes[i].Lo, Math.Min(envelopes[i].Hi, at));
        }

        for (var i = firstAlike[widest]; i <= widest; i++)
        {
            Limit(above, i, Math.Max(envelopes[i].Lo, at + 1), envelopes[i].Hi);
        }

        Consider(below, node.Relaxed.Price);
        Consider(above, node.Relaxed.Price);
    }

    private void Limit(Envelope[] envelopes, int channel, long lo, long hi)
    {
        if (lo != envelopes[channel].Lo || hi != envelopes[channel].Hi)
        {
            envelopes[channel] = Envelope.Of(problem.Channels[channel].Curve, problem.Step, lo, hi);
        }
    }

    private void Consider(Envelope[] envelopes, double hint)
    {
        if (envelopes.Any(envelope => envelope.Lo > envelope.Hi) || solver.Solve(envelopes, hint) is not { } relaxed)
        {
            return;
        }

        var excess = new double[envelopes.Length];
        for (var i = 0; i < excess.Length; i++)
        {
            excess[i] = envelopes[i].Excess(relaxed.Units[i]);
        }

        var value = Offer(relaxed.Units, relaxed.Price);
        var bound = value + Sums.Compensated(excess);
        if (bound > Enough)
        {
            open.Enqueue(new SearchNode(envelopes, relaxed, bound), -bound);
        }
        else
        {
            settled = Math.Max(settled, bound);
        }
    }

    private double Offer(long[] units, double at)
    {
        var value = problem.Value(units);
        if (value > bestValue)
        {
            (best, bestValue, price) = (units, value, at);
        }

        return value;
    }

    private static int[] FirstAlike(GridChannel[] channels)
    {
        var first = new int[channels.Length];
        for (var i = 1; i < first.Length; i++)
        {
            first[i] = channels[i] == channels[i - 1] ? first[i - 1] : i;
        }

        return first;
    }
}
