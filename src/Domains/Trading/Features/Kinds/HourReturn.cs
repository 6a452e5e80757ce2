namespace Tradepost.Trading.Features.Kinds;

/// <summary>The log return of the last hours: ln(C[t] / C[t-n]).</summary>
internal sealed class HourReturn(int hours) : Feature($"return_{hours}h", $"ln(C[t] / C[t-{hours}])", hours)
{
    protected override double Compute(HourlySeries series, int row) => series.LogClose[row] - series.LogClose[row - LookBack];
}
