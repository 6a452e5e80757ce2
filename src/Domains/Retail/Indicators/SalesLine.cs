namespace Tradepost.Retail.Indicators;

/// <summary>A line of an order, with the names behind its keys.</summary>
public sealed record SalesLine(
    long OrderId,
    int LineNumber,
    DateOnly Date,
    string Customer,
    string Sku,
    string Product,
    string Region,
    string Manager,
    string PaymentMethod,
    string OrderStatus,
    string PaymentStatus,
    int Quantity,
    decimal UnitPrice,
    decimal Discount,
    decimal Net,
    decimal? Margin
);
