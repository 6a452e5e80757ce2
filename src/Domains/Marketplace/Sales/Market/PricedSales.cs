namespace Tradepost.Marketplace.Sales.Market;

/// <summary>Days of a product on which it had about one price, and what was sold on them.</summary>
/// <param name="LogPrice">The natural logarithm of the price.</param>
/// <param name="Days">How many.</param>
/// <param name="Units">Units, or reviews that stand for them.</param>
internal readonly record struct PricedSales(double LogPrice, double Days, double Units);
