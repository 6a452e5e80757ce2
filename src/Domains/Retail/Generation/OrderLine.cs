namespace Tradepost.Retail.Generation;

/// <summary>A line of an order; money in cents.</summary>
internal readonly record struct OrderLine(int Number, long ProductId, int Quantity, long UnitPrice, long Discount)
{
    public long Net => (Quantity * UnitPrice) - Discount;
}
