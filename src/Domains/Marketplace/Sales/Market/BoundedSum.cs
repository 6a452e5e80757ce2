namespace Tradepost.Marketplace.Sales.Market;

/// <summary>A sum of estimates with those of their bounds; not known where none has one.</summary>
internal readonly record struct BoundedSum(double? Value, double? Lower, double? Upper)
{
    public MarketFigure Figure() =>
        Value is { } value ? MarketFigure.Of(value, Lower ?? value, Upper ?? value) : MarketFigure.None(MarketReason.NoEstimate);
}
