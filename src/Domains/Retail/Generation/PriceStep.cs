namespace Tradepost.Retail.Generation;

/// <summary>A price in cents, and since when it holds.</summary>
internal readonly record struct PriceStep(long From, long Price);
