namespace Tradepost.Trading.Features.Kinds;

/// <summary>The imbalance of the amounts at bid and ask, the mean over the hour's time, where quotes were recorded.</summary>
internal sealed class BookImbalance() : Feature("imbalance", "mean over time of (bid amount - ask amount) / (bid amount + ask amount)", 0)
{
    protected override double Compute(HourlySeries series, int row) => series.Imbalance[row];
}
