namespace Tradepost.Trading.Features.Kinds;

/// <summary>The volume in parts of its mean over a day: V / mean(V), 1 where nothing was traded.</summary>
internal sealed class RelativeVolume() : Feature("relative_volume_24h", "V[t] / mean(V[t-23..t]), 1 where all are 0", Hours - 1)
{
    private const int Hours = 24;

    protected override double Compute(HourlySeries series, int row)
    {
        var mean = Averages.Mean(series.Volume.AsSpan(row - Hours + 1, Hours));
        return mean == 0 ? 1 : series.Volume[row] / mean;
    }
}
