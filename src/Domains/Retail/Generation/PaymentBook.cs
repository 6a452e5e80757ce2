using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>The payments of a period: those of new orders, and what becomes of older ones.</summary>
internal sealed class PaymentBook(ShopPeriod period, ShopSession payments, long nextId)
{
    private readonly List<string> added = [];
    private readonly List<(long Id, IReadOnlyList<string> Values)> changed = [];
    private long nextId = nextId;

    public long Added { get; private set; }

    /// <summary>Enters what has been paid for an order by the end of the period.</summary>
    public void Add(long orderId, OrderFate fate, long amount)
    {
        if (fate.InvoicedAt > period.To)
        {
            return;
        }

        if (fate.HasFailedAttempt)
        {
            Add(orderId, fate, PaymentStatus.Failed, amount, fate.InvoicedAt);
        }

        Add(orderId, fate, fate.PaymentAt(period.To), amount, fate.PaymentChangedAt(period.To));
    }

    /// <summary>Changes the payments of orders as their fate wants, and enters those that are missing.</summary>
    /// <param name="fates">By order, with no time before the period for what has not happened yet.</param>
    /// <param name="amounts">The totals of orders, for those without a payment.</param>
    /// <param name="cancellationToken">Stops before the next statement.</param>
    public async Task SettleAsync(
        IReadOnlyDictionary<long, OrderFate> fates,
        Func<IEnumerable<long>, Task<Dictionary<long, long>>> amounts,
        CancellationToken cancellationToken
    )
    {
        var live = await payments.SelectAsync(
            "SELECT id, order_id, status, paid_at FROM payments WHERE order_id IN ({ids}) AND status <> 'failed' ORDER BY id",
            fates.Keys,
            r =>
                (
                    Id: r.GetInt64(0),
                    OrderId: r.GetInt64(1),
                    Status: ShopTexts.PaymentStatus(r.GetString(2)),
                    PaidAt: r.IsDBNull(3) ? Moment.Never : Moment.Of(r.GetDateTime(3))
                ),
            cancellationToken
        );
        foreach (var payment in live)
        {
            var fate = fates[payment.OrderId];
            Change(payment.Id, payment.Status, payment.PaidAt == Moment.Never ? fate : fate with { PaidAt = payment.PaidAt });
        }

        var missing = fates
            .Where(f => f.Value.InvoicedAt <= period.To)
            .Select(f => f.Key)
            .Except(live.Select(p => p.OrderId))
            .Order()
            .ToList();
        var totals = await amounts(missing);
        foreach (var orderId in missing.Where(totals.ContainsKey))
        {
            var fate = fates[orderId];
            Add(orderId, fate, fate.PaymentAt(period.To), totals[orderId], Math.Max(fate.PaymentChangedAt(period.To), period.From + 1));
        }
    }

    /// <summary>Writes what was entered and changed.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await payments.InsertAsync("payments", "id, order_id, method, status, amount, paid_at, updated_at", added, cancellationToken);
        await payments.UpdateAsync("payments", ["status", "paid_at", "updated_at"], changed, cancellationToken);
    }

    private void Change(long id, PaymentStatus status, OrderFate fate)
    {
        var (target, at) =
            fate.InvoicedAt == Moment.Never && fate.CancelledAt <= period.To
                ? (PaymentStatus.Failed, fate.CancelledAt)
                : (fate.PaymentAt(period.To), fate.PaymentChangedAt(period.To));
        if (target != status && target != PaymentStatus.Pending)
        {
            changed.Add((id, [SqlBatch.Text(ShopTexts.Text(target)), PaidAt(fate, target), SqlBatch.Time(at)]));
        }
    }

    private void Add(long orderId, OrderFate fate, PaymentStatus status, long amount, long at)
    {
        added.Add(
            $"{SqlBatch.Number(nextId++)},{SqlBatch.Number(orderId)},{SqlBatch.Text(ShopTexts.Text(fate.Method))},"
                + $"{SqlBatch.Text(ShopTexts.Text(status))},{SqlBatch.Money(amount)},{PaidAt(fate, status)},{SqlBatch.Time(at)}"
        );
        Added++;
    }

    private static string PaidAt(OrderFate fate, PaymentStatus status) =>
        status is PaymentStatus.Completed or PaymentStatus.Refunded ? SqlBatch.Time(fate.PaidAt) : "NULL";
}
