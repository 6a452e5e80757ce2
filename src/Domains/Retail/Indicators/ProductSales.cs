namespace Tradepost.Retail.Indicators;

public sealed record ProductSales(string Sku, string Name, long Quantity, decimal Revenue, decimal? Margin);
