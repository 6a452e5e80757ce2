namespace Tradepost.Retail.Generation;

internal enum OrderStatus
{
    New,
    Paid,
    Shipped,
    Cancelled,
}
