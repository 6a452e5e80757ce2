namespace Tradepost.Trading.Returns.Intervals;

/// <summary>
/// Intervals of forecasts by the errors before them, in units of the volatility that was known: a quantile of the latest errors (split
/// conformal prediction, J. Lei and others, JASA 113, 2018), at a level that moves with what it missed (I. Gibbs, E. Candès, Adaptive
/// conformal inference under distribution shift, NeurIPS 2021).
/// </summary>
internal sealed class RollingConformal
{
    /// <summary>Ninety days of hours.</summary>
    private const int Window = 2160;

    private const double Step = 0.003;
    private const double LeastLevel = 0.5;
    private const double MostLevel = 0.98;

    private readonly double width;
    private readonly Queue<double> latest = new();
    private readonly List<double> sorted = [];

    /// <summary>With errors that are known before the first forecast.</summary>
    /// <param name="width">The share of outcomes that intervals are to hold.</param>
    /// <param name="scores">Sizes of errors in units of volatility, the oldest first; at least 50.</param>
    public RollingConformal(double width, ReadOnlySpan<double> scores)
    {
        (this.width, Level) = (width, width);
        foreach (var score in scores)
        {
            Add(score);
        }
    }

    /// <summary>The quantile that is taken at present.</summary>
    public double Level { get; private set; }

    /// <summary>The half width of the next interval, in units of volatility.</summary>
    public double Reach => sorted[Math.Min(sorted.Count, (int)Math.Ceiling(((sorted.Count + 1) * Level) - 1e-9)) - 1];

    /// <summary>Learns what came.</summary>
    /// <param name="score">The size of the error in units of volatility.</param>
    /// <param name="reach">The half width that was said.</param>
    public void Learn(double score, double reach)
    {
        Level = Math.Clamp(Level + (Step * (width - (score <= reach ? 1 : 0))), LeastLevel, MostLevel);
        Add(score);
    }

    private void Add(double score)
    {
        if (latest.Count == Window)
        {
            sorted.RemoveAt(sorted.BinarySearch(latest.Dequeue()));
        }

        latest.Enqueue(score);
        var place = sorted.BinarySearch(score);
        sorted.Insert(place < 0 ? ~place : place, score);
    }
}
