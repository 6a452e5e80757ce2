namespace Tradepost.Learning.Shrinkage;

/// <summary>What was counted of a group: events, and the exposure that they came from. Both may be sums of weighted counts, so they need not be whole.</summary>
/// <param name="Events">At least 0.</param>
/// <param name="Exposure">In the units of which the rate is one; at least 0.</param>
public readonly record struct RateCounts(double Events, double Exposure)
{
    /// <summary>The counts of both.</summary>
    public static RateCounts operator +(RateCounts one, RateCounts other) => new(one.Events + other.Events, one.Exposure + other.Exposure);

    /// <summary>The counts, each so many times.</summary>
    public static RateCounts operator *(RateCounts counts, double weight) => new(counts.Events * weight, counts.Exposure * weight);

    /// <summary>The sum, for languages without operators.</summary>
    public static RateCounts Add(RateCounts left, RateCounts right) => left + right;

    /// <summary>The weighted counts, for languages without operators.</summary>
    public static RateCounts Multiply(RateCounts left, double right) => left * right;
}
