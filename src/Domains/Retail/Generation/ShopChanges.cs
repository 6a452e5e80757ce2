using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>Customers who move and prices that change.</summary>
internal static class ShopChanges
{
    private const double MovesADay = 0.0003;
    private const double PriceChangesADay = 0.01;

    public static async Task<IReadOnlyDictionary<long, Move>> MoveCustomersAsync(
        ShopSession orders,
        ShopPeriod period,
        CancellationToken cancellationToken
    )
    {
        var dice = period.Dice(DiceKind.Move);
        var customers = await orders.NumberAsync("SELECT MAX(id) FROM customers", cancellationToken);
        var ids = Enumerable
            .Range(0, period.Some(customers, MovesADay))
            .Select(_ => 1 + (long)(dice.Unit() * customers))
            .Distinct()
            .Order()
            .ToList();
        var moves = new Dictionary<long, Move>();
        foreach (
            var (id, region) in await orders.SelectAsync(
                "SELECT id, region_id FROM customers WHERE id IN ({ids}) ORDER BY id",
                ids,
                r => (r.GetInt64(0), r.GetInt64(1)),
                cancellationToken
            )
        )
        {
            var target = 1 + ((region + dice.Below(Catalog.Regions.Count - 1)) % Catalog.Regions.Count);
            moves.Add(id, new Move(id, (int)region, (int)target, period.Any(ref dice)));
        }

        await orders.UpdateAsync(
            "customers",
            ["region_id", "updated_at"],
            moves.Values.Select(m => (m.CustomerId, (IReadOnlyList<string>)[SqlBatch.Number(m.To), SqlBatch.Time(m.At)])),
            cancellationToken
        );
        return moves;
    }

    /// <summary>Changes prices and returns what can be bought, with the prices before and after.</summary>
    public static async Task<(IReadOnlyList<Offer> Offers, int Changes)> ChangePricesAsync(
        ShopSession catalog,
        ShopPeriod period,
        CancellationToken cancellationToken
    )
    {
        var offers = await catalog.SelectAsync(
            "SELECT id, price FROM products WHERE is_active ORDER BY id",
            r => OfferOf(r.GetInt64(0), (long)(r.GetDecimal(1) * 100)),
            cancellationToken
        );
        if (offers.Count == 0)
        {
            return (offers, 0);
        }

        var dice = period.Dice(DiceKind.PriceChange);
        var chosen = Enumerable
            .Range(0, period.Some(offers.Count, PriceChangesADay))
            .Select(_ => dice.Below(offers.Count))
            .Distinct()
            .Order()
            .ToList();
        foreach (var index in chosen)
        {
            var offer = offers[index];
            var at = period.Any(ref dice);
            offers[index] = offer with { Prices = [.. offer.Prices, new PriceStep(at, Price.Changed(ref dice, offer.Prices[0].Price))] };
        }

        await catalog.UpdateAsync(
            "products",
            ["price", "updated_at"],
            chosen.Select(i =>
                (
                    offers[i].ProductId,
                    (IReadOnlyList<string>)[SqlBatch.Money(offers[i].Prices[^1].Price), SqlBatch.Time(offers[i].Prices[^1].From)]
                )
            ),
            cancellationToken
        );
        return (offers, chosen.Count);
    }

    private static Offer OfferOf(long id, long price)
    {
        var popularity = id >= 1 && id <= Catalog.Products.Count ? Catalog.Products[(int)id - 1].Popularity : 1;
        return new Offer(id, popularity, long.MinValue, Moment.Never, [new PriceStep(long.MinValue, price)]);
    }
}
