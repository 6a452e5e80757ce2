using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>What becomes, in a period, of orders placed before it.</summary>
internal sealed class OlderOrders(ShopPeriod period, ShopSession orders, PaymentBook payments)
{
    private const double ReturnsADay = 0.001;
    private const int DaysToReturn = 30;

    public long Changes { get; private set; }

    public long Returns { get; private set; }

    /// <summary>Orders that wait are paid, shipped or cancelled when their time has come.</summary>
    public async Task ContinueAsync(CancellationToken cancellationToken)
    {
        var open = await orders.SelectAsync(
            "SELECT id, ordered_at, updated_at, status FROM orders WHERE status IN ('new', 'paid') ORDER BY id",
            r =>
                (
                    Id: r.GetInt64(0),
                    OrderedAt: Moment.Of(r.GetDateTime(1)),
                    UpdatedAt: Moment.Of(r.GetDateTime(2)),
                    Status: ShopTexts.OrderStatus(r.GetString(3))
                ),
            cancellationToken
        );
        var fates = open.ToDictionary(o => o.Id, o => FateOf(o.Id, o.OrderedAt, o.UpdatedAt, o.Status));
        var changes = open.Where(o => fates[o.Id].StatusAt(period.To) > o.Status).ToList();
        await SaveAsync(changes.Select(o => (o.Id, fates[o.Id].StatusAt(period.To), fates[o.Id].ChangedAt(period.To))), cancellationToken);
        await payments.SettleAsync(fates, ids => TotalsAsync(ids, cancellationToken), cancellationToken);
        Changes = changes.Count;
    }

    /// <summary>A few customers send back what they got lately: the order is cancelled, the money refunded.</summary>
    public async Task ReturnAsync(CancellationToken cancellationToken)
    {
        var since = period.From - (DaysToReturn * Moment.Day);
        var shipped = await orders.SelectAsync(
            $"SELECT id, ordered_at FROM orders WHERE status = 'shipped' AND updated_at > {SqlBatch.Time(since)} AND updated_at <= "
                + $"{SqlBatch.Time(period.From)} ORDER BY id",
            r => (Id: r.GetInt64(0), OrderedAt: Moment.Of(r.GetDateTime(1))),
            cancellationToken
        );
        if (shipped.Count == 0)
        {
            return;
        }

        var dice = new Dice(period.Seed, DiceKind.Fate, -period.From / Moment.Second);
        var chosen = Enumerable
            .Range(0, period.Some(shipped.Count, ReturnsADay))
            .Select(_ => dice.Below(shipped.Count))
            .Distinct()
            .Order()
            .Select(i => shipped[i]);
        var fates = new Dictionary<long, OrderFate>();
        foreach (var (id, orderedAt) in chosen)
        {
            var fate = OrderFate.Of(period.Seed, id, orderedAt);
            fates[id] = fate with
            {
                InvoicedAt = Math.Min(fate.InvoicedAt, orderedAt + Moment.Minute),
                PaidAt = Math.Min(fate.PaidAt, orderedAt + Moment.Hour),
                CancelledAt = period.Any(ref dice),
            };
        }

        await SaveAsync(fates.Select(f => (f.Key, OrderStatus.Cancelled, f.Value.CancelledAt)), cancellationToken);
        await payments.SettleAsync(fates, ids => TotalsAsync(ids, cancellationToken), cancellationToken);
        Returns = fates.Count;
    }

    // What should have happened already happens now: the order was made by other rules, or put off on purpose.
    private OrderFate FateOf(long id, long orderedAt, long updatedAt, OrderStatus status)
    {
        var fate = OrderFate.Of(period.Seed, id, orderedAt);
        var dice = new Dice(period.Seed, DiceKind.Move, id);
        if (status == OrderStatus.Paid)
        {
            fate = fate with { InvoicedAt = Math.Min(fate.InvoicedAt, updatedAt), PaidAt = updatedAt };
        }
        else
        {
            fate = fate with { PaidAt = period.NotBefore(fate.PaidAt, ref dice) };
        }

        return fate with
        {
            ShippedAt = Math.Max(period.NotBefore(fate.ShippedAt, ref dice), fate.PaidAt),
            CancelledAt = period.NotBefore(fate.CancelledAt, ref dice),
        };
    }

    private Task SaveAsync(IEnumerable<(long Id, OrderStatus Status, long At)> changes, CancellationToken cancellationToken) =>
        orders.UpdateAsync(
            "orders",
            ["status", "updated_at"],
            changes.Select(c => (c.Id, (IReadOnlyList<string>)[SqlBatch.Text(ShopTexts.Text(c.Status)), SqlBatch.Time(c.At)])),
            cancellationToken
        );

    private async Task<Dictionary<long, long>> TotalsAsync(IEnumerable<long> ids, CancellationToken cancellationToken) =>
        (
            await orders.SelectAsync(
                "SELECT order_id, SUM(ABS(quantity) * unit_price - discount) FROM order_items WHERE order_id IN ({ids}) GROUP BY order_id",
                ids,
                r => (OrderId: r.GetInt64(0), Total: (long)(r.GetDecimal(1) * 100)),
                cancellationToken
            )
        ).ToDictionary(t => t.OrderId, t => t.Total);
}
