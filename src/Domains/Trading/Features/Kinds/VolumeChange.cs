namespace Tradepost.Trading.Features.Kinds;

/// <summary>The change of the volume in parts of both, which hours without trades have too: (V[t] - V[t-1]) / (V[t] + V[t-1]), or 0.</summary>
internal sealed class VolumeChange() : Feature("volume_change_1h", "(V[t] - V[t-1]) / (V[t] + V[t-1]), 0 where both are 0", 1)
{
    protected override double Compute(HourlySeries series, int row)
    {
        var (now, before) = (series.Volume[row], series.Volume[row - 1]);
        return now + before == 0 ? 0 : (now - before) / (now + before);
    }
}
