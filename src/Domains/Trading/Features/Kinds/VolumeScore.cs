namespace Tradepost.Trading.Features.Kinds;

/// <summary>How many deviations the volume is from its mean over a week: (V - mean(V)) / sd(V), 0 where all are the same.</summary>
internal sealed class VolumeScore()
    : Feature("volume_zscore_168h", "(V[t] - mean(V[t-167..t])) / sd(V[t-167..t]), 0 where all are the same", Hours - 1)
{
    private const int Hours = 168;

    protected override double Compute(HourlySeries series, int row)
    {
        var volumes = series.Volume.AsSpan(row - Hours + 1, Hours);
        var mean = Averages.Mean(volumes);
        var deviation = Averages.Deviation(volumes, mean);
        return deviation == 0 ? 0 : (series.Volume[row] - mean) / deviation;
    }
}
