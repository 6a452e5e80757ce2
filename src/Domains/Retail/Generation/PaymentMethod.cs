namespace Tradepost.Retail.Generation;

internal enum PaymentMethod
{
    Card,
    Paypal,
    BankTransfer,
    Cash,
}
