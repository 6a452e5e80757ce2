namespace Tradepost.Marketplace.Sales.Market;

/// <summary>A figure of a part of the market with the interval that holds it four times in five; or the reason why it cannot be said.</summary>
/// <param name="Value">Null where there is not enough data.</param>
/// <param name="Lower">The lower bound; null where the value is.</param>
/// <param name="Upper">The upper bound; null where the value is.</param>
/// <param name="Reason">Why there is no value; null where there is one.</param>
public sealed record MarketFigure(double? Value, double? Lower, double? Upper, MarketReason? Reason)
{
    internal static MarketFigure Of(double value, double lower, double upper) =>
        new(Math.Round(value, 4), Math.Round(lower, 4), Math.Round(upper, 4), null);

    internal static MarketFigure None(MarketReason reason) => new(null, null, null, reason);

    /// <summary>A value with its standard error, and the degrees of freedom of that.</summary>
    internal static MarketFigure Around(double value, double error, double degrees) =>
        Of(value, value - (StudentT.Reach(degrees) * error), value + (StudentT.Reach(degrees) * error));
}
