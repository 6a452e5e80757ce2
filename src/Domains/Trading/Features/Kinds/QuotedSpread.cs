namespace Tradepost.Trading.Features.Kinds;

/// <summary>Ask less bid in parts of the middle, the mean over the hour's time, where quotes were recorded.</summary>
internal sealed class QuotedSpread() : Feature("spread", "mean over time of (ask - bid) / ((ask + bid) / 2)", 0)
{
    protected override double Compute(HourlySeries series, int row) => series.Spread[row];
}
