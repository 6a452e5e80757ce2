namespace Tradepost.Trading.Features.Kinds;

/// <summary>The width of Bollinger's bands of 20 hours and two deviations in parts of their middle: 4 · sd(C) / mean(C).</summary>
internal sealed class BollingerWidth() : Feature("bollinger_width_20h", "4 * sd(C[t-19..t]) / mean(C[t-19..t])", Hours - 1)
{
    private const int Hours = 20;

    protected override double Compute(HourlySeries series, int row)
    {
        var closes = series.Close.AsSpan(row - Hours + 1, Hours);
        var mean = Averages.Mean(closes);
        return 4 * Averages.Deviation(closes, mean) / mean;
    }
}
