namespace Tradepost.Marketplace.Sales.Market;

/// <summary>What the market is divided by.</summary>
internal enum MarketPart
{
    Category,
    Brand,
}
