namespace Tradepost.Trading.Features.Kinds;

/// <summary>
/// Wilder's relative strength index over 14 hours: 100 · up / (up + down), with up and down the exponential means (alpha 1/14) of rises and
/// falls of C over a week, after which a weight is below 1e-6. 50 where nothing moved.
/// </summary>
internal sealed class RelativeStrength()
    : Feature("rsi_14h", "100 * ema(max(dC, 0)) / (ema(max(dC, 0)) + ema(max(-dC, 0))), alpha 1/14 over 168 hours", Memory)
{
    private const int Memory = 168;

    private static readonly double[] Weights = Averages.Exponential(1.0 / 14, Memory);

    protected override double Compute(HourlySeries series, int row)
    {
        var (up, down) = (0.0, 0.0);
        for (var i = 0; i < Memory; i++)
        {
            var change = Weights[i] * (series.Close[row - i] - series.Close[row - i - 1]);
            up += Math.Max(change, 0);
            down -= Math.Min(change, 0);
        }

        return up + down > 0 ? 100 * up / (up + down) : 50;
    }
}
