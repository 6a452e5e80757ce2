namespace Tradepost.Trading.Features.Kinds;

/// <summary>The difference of two exponential means of the close in parts of it: (EMA12 - EMA26) / C, each over 104 hours.</summary>
internal sealed class MacdLine() : Feature("macd", "(ema12(C) - ema26(C)) / C[t], over 104 hours", MacdWeights.LineMemory)
{
    protected override double Compute(HourlySeries series, int row) =>
        Averages.Weighted(MacdWeights.Line, series.Close, row) / series.Close[row];
}
