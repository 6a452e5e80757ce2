namespace Tradepost.Marketplace.Sales;

/// <summary>
/// How much what a product sold before says about what it sells now, beside its reviews: learned from estimates of the past, each made with every
/// weight. Recent ones count more.
/// </summary>
internal sealed class LastMonthWeight
{
    /// <summary>Sales that were over longer ago say nothing.</summary>
    public const int OldestDays = 60;

    private const double HalfLife = 90;

    /// <summary>The relative standard deviation of sales from one month to the next.</summary>
    private const double Drift = 0.25;

    /// <summary>What a weight of one has to save, in natural logarithms, before it is believed: reviews are newer.</summary>
    private const double Doubt = 10;

    private static readonly double[] Weights = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    private readonly double[] misses = new double[Weights.Length];
    private int? origin;

    /// <summary>Takes what was sold, and what reviews and the month before had said.</summary>
    /// <param name="units">Sold.</param>
    /// <param name="mean">By reviews.</param>
    /// <param name="last">Sold before.</param>
    /// <param name="day">On which that became known.</param>
    public void Add(double units, double mean, double last, int day)
    {
        origin ??= day;
        var scale = double.Exp2((day - origin.Value) / HalfLife);
        for (var i = 0; i < Weights.Length; i++)
        {
            misses[i] += scale * Math.Abs(Log(units) - Log(Mean(mean, last, Weights[i])));
        }
    }

    /// <summary>The weight that missed least until a day.</summary>
    public double On(int day)
    {
        var scale = Doubt * double.Exp2((day - (origin ?? day)) / HalfLife);
        return Weights.MinBy(weight => misses[Array.IndexOf(Weights, weight)] + (scale * weight));
    }

    /// <summary>The units between those by reviews and those before, on a logarithmic scale; half a unit keeps nothing sold from being nothing for ever.</summary>
    public static double Mean(double mean, double last, double weight) =>
        weight == 0 ? mean : Math.Max(Math.Exp(((1 - weight) * Log(mean)) + (weight * Log(last))) - 0.5, 0.01);

    /// <summary>The distribution of units.</summary>
    /// <param name="mean">By reviews.</param>
    /// <param name="reviews">That they were reckoned from.</param>
    /// <param name="drift">The relative standard deviation of the share.</param>
    /// <param name="last">Sold before; null where that is not known.</param>
    /// <param name="weight">Of those.</param>
    public static CountInterval Of(double mean, double reviews, double drift, double? last, double weight)
    {
        if (last is not { } before || weight == 0)
        {
            return CountInterval.Of(mean, reviews, drift);
        }

        var units = Mean(mean, before, weight);
        var (byReviews, byBefore) = ((1 - weight) * (1 - weight), weight * weight);
        return new CountInterval(
            units,
            1 / ((1 / units) + (byReviews * ((1 / reviews) + (drift * drift))) + (byBefore * ((1 / Math.Max(before, 1)) + (Drift * Drift))))
        );
    }

    private static double Log(double units) => Math.Log(units + 0.5);
}
