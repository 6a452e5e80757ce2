using Tradepost.Storage;

namespace Tradepost.Trading.Features;

/// <summary>Hours of a series whose features are written: those that end after a moment.</summary>
/// <param name="Series">The hours.</param>
/// <param name="First">The place of the first that is written.</param>
/// <param name="After">In microseconds.</param>
internal readonly record struct FeatureStretch(HourlySeries Series, int First, long After)
{
    public int Count => Series.Count - First;

    public static FeatureStretch Of(HourlySeries series, long after)
    {
        var count = (series.EndOf(series.Count - 1) - after) / Moment.Hour;
        return new FeatureStretch(series, (int)Math.Clamp(series.Count - count, 0, series.Count), after);
    }
}
