namespace Tradepost.Trading.Features.Kinds;

/// <summary>How far the MACD is from its own exponential mean of 9 hours, in parts of the close.</summary>
internal sealed class MacdHistogram()
    : Feature("macd_histogram", "(M[t] - ema9(M)) / C[t], M = ema12(C) - ema26(C), over 36 hours of M", MacdWeights.HistogramMemory)
{
    protected override double Compute(HourlySeries series, int row) =>
        Averages.Weighted(MacdWeights.Histogram, series.Close, row) / series.Close[row];
}
