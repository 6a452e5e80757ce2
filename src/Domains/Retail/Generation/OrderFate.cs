using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>
/// What becomes of an order, and when: known from its number alone, so that a shop that goes on for some days
/// continues the orders it has. A time that never comes is <see cref="Moment.Never"/>.
/// </summary>
internal readonly record struct OrderFate(
    PaymentMethod Method,
    long OrderedAt,
    long InvoicedAt,
    long PaidAt,
    long ShippedAt,
    long CancelledAt,
    bool HasFailedAttempt
)
{
    private const double CancelledUnpaid = 0.04;
    private const double CancelledRefunded = 0.04;
    private const double Preordered = 0.06;
    private const double FailedAttempts = 0.02;

    private static readonly PaymentMethod[] Methods =
    [
        PaymentMethod.Card,
        PaymentMethod.Card,
        PaymentMethod.Card,
        PaymentMethod.Card,
        PaymentMethod.Card,
        PaymentMethod.Card,
        PaymentMethod.Paypal,
        PaymentMethod.Paypal,
        PaymentMethod.BankTransfer,
        PaymentMethod.BankTransfer,
        PaymentMethod.Cash,
        PaymentMethod.Cash,
    ];

    public static OrderFate Of(int seed, long orderId, long orderedAt)
    {
        var dice = new Dice(seed, DiceKind.Fate, orderId);
        var method = dice.Pick<PaymentMethod>(Methods);
        var end = dice.Unit();
        if (end < CancelledUnpaid)
        {
            return new OrderFate(
                method,
                orderedAt,
                Moment.Never,
                Moment.Never,
                Moment.Never,
                orderedAt + dice.Between(Moment.Hour / 2, 2 * Moment.Day),
                false
            );
        }

        var invoicedAt = orderedAt + dice.Between(20 * Moment.Second, 3 * Moment.Minute);
        var paidAt =
            invoicedAt
            + method switch
            {
                PaymentMethod.BankTransfer => dice.Between(Moment.Day, 8 * Moment.Day),
                PaymentMethod.Cash => dice.Between(Moment.Day / 2, 5 * Moment.Day),
                _ => dice.Between(30 * Moment.Second, 10 * Moment.Minute),
            };
        var hasFailedAttempt = method is PaymentMethod.Card or PaymentMethod.Paypal && dice.Chance(FailedAttempts);
        if (end < CancelledUnpaid + CancelledRefunded)
        {
            return new OrderFate(
                method,
                orderedAt,
                invoicedAt,
                paidAt,
                Moment.Never,
                paidAt + dice.Between(Moment.Hour, 3 * Moment.Day),
                hasFailedAttempt
            );
        }

        var wait = dice.Chance(Preordered) ? dice.Between(15 * Moment.Day, 45 * Moment.Day) : dice.Between(6 * Moment.Hour, 4 * Moment.Day);
        return new OrderFate(method, orderedAt, invoicedAt, paidAt, paidAt + wait, Moment.Never, hasFailedAttempt);
    }

    public OrderStatus StatusAt(long time) =>
        CancelledAt <= time ? OrderStatus.Cancelled
        : ShippedAt <= time ? OrderStatus.Shipped
        : PaidAt <= time ? OrderStatus.Paid
        : OrderStatus.New;

    /// <summary>When the order got the status it has at a time.</summary>
    public long ChangedAt(long time) =>
        StatusAt(time) switch
        {
            OrderStatus.Cancelled => CancelledAt,
            OrderStatus.Shipped => ShippedAt,
            OrderStatus.Paid => PaidAt,
            _ => OrderedAt,
        };

    public PaymentStatus PaymentAt(long time) =>
        PaidAt > time ? PaymentStatus.Pending
        : CancelledAt <= time ? PaymentStatus.Refunded
        : PaymentStatus.Completed;

    /// <summary>When the payment got the status it has at a time.</summary>
    public long PaymentChangedAt(long time) =>
        PaymentAt(time) switch
        {
            PaymentStatus.Pending => InvoicedAt,
            PaymentStatus.Refunded => CancelledAt,
            _ => PaidAt,
        };

    /// <summary>The same order, not paid before a time: still new.</summary>
    public OrderFate PostponedPast(long time) =>
        this with
        {
            PaidAt = Moment.Never,
            ShippedAt = Moment.Never,
            CancelledAt = Moment.Never,
            InvoicedAt = InvoicedAt <= time ? InvoicedAt : Moment.Never,
        };

    /// <summary>The same order, paid at a time and not shipped.</summary>
    public OrderFate PaidBy(long time)
    {
        var invoicedAt = Math.Min(OrderedAt + Moment.Minute, time);
        return this with
        {
            InvoicedAt = invoicedAt,
            PaidAt = Math.Min(OrderedAt + (5 * Moment.Minute), time),
            ShippedAt = Moment.Never,
            CancelledAt = Moment.Never,
        };
    }
}
