using Tradepost.Learning.Numerics;
using Tradepost.Marketplace.Sales;

namespace Tradepost.Marketplace.Tests.Sales;

/// <summary>A product of <see cref="SimulatedSales"/>.</summary>
internal sealed record SimulatedProduct(string Sku, string Brand, string Category, bool IsKnown)
{
    /// <summary>By day, from the first.</summary>
    public required int[] Units { get; init; }

    /// <summary>All so far, at the end of each day.</summary>
    public required int[] Reviews { get; init; }
}

/// <summary>
/// A marketplace in small: purchases are Poisson around a level that wanders, weekends are busier; each buyer writes a review with a probability
/// that depends on category, brand and product, some days later. Every third product's sales are known.
/// </summary>
internal sealed class SimulatedSales
{
    public static readonly DateOnly First = new(2025, 1, 1);

    private const double MeanDelay = 6;

    public SimulatedSales(long seed, int products = 90, int days = 120)
    {
        var random = new RandomStream(seed);
        double[] categories = [.. Enumerable.Range(0, 3).Select(_ => 0.08 * Spread(random, 0.5))],
            brands = [.. Enumerable.Range(0, 15).Select(_ => Spread(random, 0.25))];
        Days = days;
        Products =
        [
            .. Enumerable
                .Range(0, products)
                .Select(i => Make(i, i / 3 % 3, i / 3 % 15, categories[i / 3 % 3] * brands[i / 3 % 15] * Spread(random, 0.2), random)),
        ];
    }

    public int Days { get; }

    public IReadOnlyList<SimulatedProduct> Products { get; }

    public static int Number(int day) => First.DayNumber + day;

    /// <summary>What is known of it up to a day, as it would be read from a store.</summary>
    public SalesHistory History(int day)
    {
        var history = new SalesHistory();
        foreach (var product in Products.Where(product => product.IsKnown))
        {
            var known = history.Get(product.Sku, product.Brand, product.Category);
            for (var d = 0; d <= day; d++)
            {
                known.Seen.Add(new Observation(Number(d), product.Reviews[d]));
                known.Sales.Add(new KnownSale(Number(d), Number(d), product.Units[d]));
            }
        }

        return history;
    }

    /// <summary>A product as it is seen on a day.</summary>
    public static SeenProduct Seen(SimulatedProduct product, int day)
    {
        var first = Math.Max(0, day - RecentReviews.Days);
        var seen = Enumerable.Range(first, day - first + 1).Select(d => new Observation(Number(d), product.Reviews[d])).ToArray();
        return new SeenProduct(
            product.Sku,
            product.Brand,
            product.Category,
            Number(0),
            Number(day),
            ReviewSteps.Count(seen),
            product.Reviews[day],
            Price: 10
        );
    }

    /// <summary>Writes what is seen of it, and what is known of its sales, up to a day.</summary>
    public async Task WriteAsync(MarketplaceWorld world, int days, bool withSales = true)
    {
        foreach (var product in Products)
        {
            await world.AddAsync(product.Sku, product.Brand, product.Category, DateOf(0), DateOf(days - 1));
        }

        foreach (var chunk in Products.Chunk(30))
        {
            await world.ExecuteAsync(
                "INSERT INTO features_daily (sku, feature_date, features) VALUES "
                    + string.Join(
                        ", ",
                        chunk.SelectMany(product =>
                            Enumerable
                                .Range(0, days)
                                .Select(day =>
                                    $"('{product.Sku}', DATE '{DateOf(day):yyyy-MM-dd}', '{{\"reviews\": {product.Reviews[day]}, \"price\": 12.5}}')"
                                )
                        )
                    )
            );
        }

        if (withSales)
        {
            await world.ExecuteAsync(
                "INSERT INTO known_sales (sku, first_day, last_day, units) VALUES "
                    + string.Join(
                        ", ",
                        Products
                            .Where(product => product.IsKnown)
                            .SelectMany(product =>
                                Enumerable
                                    .Range(0, days)
                                    .Select(day =>
                                        $"('{product.Sku}', DATE '{DateOf(day):yyyy-MM-dd}', DATE '{DateOf(day):yyyy-MM-dd}', {product.Units[day]})"
                                    )
                            )
                    )
            );
        }
    }

    private static DateOnly DateOf(int day) => First.AddDays(day);

    private SimulatedProduct Make(int number, int category, int brand, double share, RandomStream random)
    {
        var warmUp = 40;
        var (units, reviews) = (new int[Days], new int[Days + warmUp]);
        var level = 6 * Spread(random, 1);
        for (var day = -warmUp; day < Days; day++)
        {
            level *= Math.Exp(0.02 * random.NextNormal());
            var sold = random.NextPoisson(level * ((day + 700) % 7 < 2 ? 1.3 : 0.88));
            for (var buyer = 0; buyer < sold; buyer++)
            {
                var delay = (int)(-MeanDelay * Math.Log(1 - random.NextDouble()));
                if (random.NextDouble() < share && day + warmUp + delay < reviews.Length)
                {
                    reviews[day + warmUp + delay]++;
                }
            }

            if (day >= 0)
            {
                units[day] = sold;
            }
        }

        var all = 0;
        return new SimulatedProduct($"sku-{number:000}", $"brand {brand}", $"category {category}", number % 3 == 0)
        {
            Units = units,
            Reviews = [.. reviews.Select(today => all += today).Skip(warmUp)],
        };
    }

    private static double Spread(RandomStream random, double deviation) => Math.Exp(deviation * random.NextNormal());
}
