namespace Tradepost.Marketplace.Sales;

/// <summary>
/// All units that a product has sold so far, from how many reviews it has, for marketplaces that were seen once: the distribution of the known
/// totals of products with about as many reviews, weighted by a normal kernel over the logarithm of reviews (E. Nadaraya 1964, G. Watson
/// 1964). Totals may be the lower ends of the marketplace's ranges; estimates then are such ends too.
/// </summary>
internal sealed class TotalModel
{
    /// <summary>With fewer known totals there is no model.</summary>
    public const int Least = 30;

    private const double Share = 0.8;

    /// <summary>Of more products, evenly chosen ones are kept.</summary>
    private const int Most = 2000;

    private static readonly double[] Bandwidths = [0.1, 0.15, 0.2, 0.3, 0.45, 0.7];
    private static readonly double[] Levels = [.. Enumerable.Range(2, 18).Select(i => i * 0.05)];

    private readonly double[] logs;
    private readonly double[] units;
    private readonly double bandwidth;
    private readonly double level;

    private TotalModel(double[] logs, double[] units, double bandwidth, double level) =>
        (this.logs, this.units, this.bandwidth, this.level) = (logs, units, bandwidth, level);

    /// <summary>Learns from products whose totals are known; the width of the kernel and of the interval are those that do best when each is left out.</summary>
    /// <param name="known">Reviews and units of each.</param>
    /// <returns>Null when they are too few.</returns>
    public static TotalModel? Learn(IReadOnlyList<(double Reviews, double Units)> known)
    {
        if (known.Count < Least)
        {
            return null;
        }

        var step = (known.Count + Most - 1) / Most;
        var chosen = known.Where((_, i) => i % step == 0).OrderBy(one => one.Units).ThenBy(one => one.Reviews).ToList();
        double[] reviews = [.. chosen.Select(one => Log(one.Reviews))],
            totals = [.. chosen.Select(one => one.Units)];
        var best = Bandwidths
            .Select(width => new TotalModel(reviews, totals, width, Share))
            .MinBy(model => Enumerable.Range(0, reviews.Length).Sum(i => model.MissOf(i)))!;
        var wide = Levels.MinBy(one => Math.Abs(new TotalModel(reviews, totals, best.bandwidth, one).CoverageWithout() - Share));
        return new TotalModel(reviews, totals, best.bandwidth, wide);
    }

    /// <summary>The middle and the interval of 80 % of the units of a product with so many reviews.</summary>
    public (double Units, double Lower, double Upper) Estimate(double reviews) => Estimate(Log(reviews), without: -1);

    private static double Log(double reviews) => Math.Log(reviews + 1);

    private double MissOf(int i) => Math.Abs(Log(Estimate(logs[i], i).Units) - Log(units[i]));

    private double CoverageWithout() =>
        Enumerable
            .Range(0, logs.Length)
            .Count(i =>
            {
                var (_, lower, upper) = Estimate(logs[i], i);
                return units[i] >= lower && units[i] <= upper;
            }) / (double)logs.Length;

    private (double Units, double Lower, double Upper) Estimate(double log, int without)
    {
        var weights = new double[logs.Length];
        var nearest = double.MaxValue;
        for (var i = 0; i < weights.Length; i++)
        {
            nearest = i == without ? nearest : Math.Min(nearest, Math.Abs(logs[i] - log));
        }

        // Far from all of them the nearest count as if they were near, rather than nobody.
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var far = Math.Abs(logs[i] - log);
            weights[i] = i == without ? 0 : Math.Exp(-((far * far) - (nearest * nearest)) / (2 * bandwidth * bandwidth));
            sum += weights[i];
        }

        return (At(weights, sum * 0.5), At(weights, sum * (1 - level) / 2), At(weights, sum * (1 + level) / 2));
    }

    /// <summary>The units, which are sorted, at which the weights reach a sum.</summary>
    private double At(double[] weights, double target)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (sum >= target)
            {
                return units[i];
            }
        }

        return units[^1];
    }
}
