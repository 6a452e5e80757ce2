using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>The orders that customers place in a period, with their lines and payments.</summary>
internal sealed class NewOrders(
    ShopPeriod period,
    ShopSession orders,
    PaymentBook payments,
    Assortment assortment,
    IReadOnlyDictionary<long, Move> moves
)
{
    private const int DaysOfExperience = 28;

    public long Orders { get; private set; }

    public long Lines { get; private set; }

    public async Task PlaceAsync(CancellationToken cancellationToken)
    {
        var nextId = 1 + await orders.NumberAsync("SELECT MAX(id) FROM orders", cancellationToken);
        var customers = await orders.NumberAsync("SELECT MAX(id) FROM customers", cancellationToken);
        var rate = await RateAsync(cancellationToken);
        for (var day = Moment.DayOf(period.From); Moment.Of(day) <= period.To; day = day.AddDays(1))
        {
            var times = Times(day, rate * Season.Weight(day)).ToList();
            if (times.Count > 0)
            {
                await PlaceAsync(nextId, times, customers, cancellationToken);
                nextId += times.Count;
            }
        }

        if (Orders == 0)
        {
            var dice = period.Dice(DiceKind.Day);
            await PlaceAsync(nextId, [period.Any(ref dice)], customers, cancellationToken);
        }
    }

    /// <summary>Orders on a day of ordinary weight, as lately seen.</summary>
    private async Task<double> RateAsync(CancellationToken cancellationToken)
    {
        var since = period.From - (DaysOfExperience * Moment.Day);
        var count = await orders.NumberAsync(
            $"SELECT COUNT(*) FROM orders WHERE ordered_at > {SqlBatch.Time(since)} AND ordered_at <= {SqlBatch.Time(period.From)}",
            cancellationToken
        );
        var first = Moment.DayOf(period.From);
        return count / Enumerable.Range(1, DaysOfExperience).Sum(d => Season.Weight(first.AddDays(-d)));
    }

    private IEnumerable<long> Times(DateOnly day, double expected)
    {
        var dice = new Dice(period.Seed, DiceKind.Day, day.DayNumber);
        var count = (int)(expected + dice.Unit());
        for (var i = 0; i < count; i++)
        {
            var time = Moment.Of(day) + Season.TimeInDay((i + dice.Unit()) / count);
            if (time > period.From && time <= period.To)
            {
                yield return time;
            }
        }
    }

    private async Task PlaceAsync(long firstId, List<long> times, long customers, CancellationToken cancellationToken)
    {
        var buyers = times.Select((_, i) => Buyer(new Dice(period.Seed, DiceKind.Order, firstId + i), customers)).ToList();
        var regions = (
            await orders.SelectAsync(
                "SELECT id, region_id FROM customers WHERE id IN ({ids})",
                buyers.Distinct(),
                r => (Id: r.GetInt64(0), Region: (int)r.GetInt64(1)),
                cancellationToken
            )
        ).ToDictionary(c => c.Id, c => c.Region);
        var rows = new List<string>();
        var lines = new List<string>();
        for (var i = 0; i < times.Count; i++)
        {
            if (regions.TryGetValue(buyers[i], out var region))
            {
                Place(firstId + i, times[i], buyers[i], region, rows, lines);
            }
        }

        await orders.InsertAsync(
            "orders",
            "id, customer_id, manager_id, region_id, status, ordered_at, updated_at",
            rows,
            cancellationToken
        );
        await orders.InsertAsync(
            "order_items",
            "order_id, line_number, product_id, quantity, unit_price, discount",
            lines,
            cancellationToken
        );
        Orders += rows.Count;
        Lines += lines.Count;
    }

    private void Place(long id, long time, long customerId, int region, List<string> rows, List<string> lines)
    {
        // The customers' rows are those of the end of the period; who moves later in it orders from the old region.
        var dice = new Dice(period.Seed, DiceKind.Order, -id);
        var regionThen = moves.TryGetValue(customerId, out var move) && time < move.At ? move.From : region;
        var manager = GeneratedShop.ManagerFor(ref dice, regionThen);
        var fate = OrderFate.Of(period.Seed, id, time);
        rows.Add(
            $"{SqlBatch.Number(id)},{SqlBatch.Number(customerId)},{(manager == 0 ? "NULL" : SqlBatch.Number(manager))},"
                + $"{SqlBatch.Number(regionThen)},"
                + $"{SqlBatch.Text(ShopTexts.Text(fate.StatusAt(period.To)))},{SqlBatch.Time(time)},"
                + $"{SqlBatch.Time(fate.ChangedAt(period.To))}"
        );

        Span<OrderLine> basket = stackalloc OrderLine[Assortment.MostLines];
        var basketDice = new Dice(period.Seed, DiceKind.Basket, id);
        var total = 0L;
        foreach (var line in basket[..assortment.FillBasket(ref basketDice, time, basket)])
        {
            total += line.Net;
            lines.Add(
                $"{SqlBatch.Number(id)},{SqlBatch.Number(line.Number)},{SqlBatch.Number(line.ProductId)},{SqlBatch.Number(line.Quantity)},"
                    + $"{SqlBatch.Money(line.UnitPrice)},{SqlBatch.Money(line.Discount)}"
            );
        }

        payments.Add(id, fate, total);
    }

    private static long Buyer(Dice dice, long customers) => GeneratedShop.Buyer(ref dice, customers);
}
