namespace Tradepost.Retail.Generation;

internal enum PaymentStatus
{
    Pending,
    Completed,
    Failed,
    Refunded,
}
