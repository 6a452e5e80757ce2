namespace Tradepost.Trading.Features.Kinds;

/// <summary>How far the close is from its mean over the last hours: ln(C / mean(C)).</summary>
internal sealed class AverageRatio(int hours) : Feature($"ma_ratio_{hours}h", $"ln(C[t] / mean(C[t-{hours - 1}..t]))", hours - 1)
{
    protected override double Compute(HourlySeries series, int row) =>
        series.LogClose[row] - Math.Log(Averages.Mean(series.Close.AsSpan(row - LookBack, LookBack + 1)));
}
