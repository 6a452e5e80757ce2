using Tradepost.Marketplace.Sales;
using Tradepost.Marketplace.Simulating;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Guarding;

/// <summary>What the guard is for: estimates that leave suspect values out are nearer to the truth than those that believe all; docs/marketplace.md has the figures.</summary>
public sealed class GuardedSalesTests
{
    private const int Products = 200;
    private const int Days = 120;

    private static readonly DateOnly First = new(2025, 1, 1);

    [Fact]
    public async Task On_simulated_marketplaces_with_decoys_estimates_with_the_guard_are_nearer_to_what_was_sold_and_earned()
    {
        var (guarded, unguarded) = (new Error(), new Error());
        foreach (var seed in new[] { 1, 2, 3 })
        {
            await using var world = await MarketplaceWorld.CreateAsync(StoreKind.DuckDb);
            var market = new SimulatedMarketplace(new SimulationSize(Products, Days, seed, First, Decoys: 1));
            await world.SimulateAsync(
                new SimulateOptions
                {
                    Products = Products,
                    Days = Days,
                    Seed = seed,
                    Decoys = 1,
                    Until = First.AddDays(Days),
                }
            );
            var products = market.Products().ToDictionary(product => product.Sku);
            for (var day = 50; day < Days; day += 10)
            {
                unguarded.Add(await EstimateAsync(world, day), products, day);
            }

            await world.CheckAsync();
            for (var day = 50; day < Days; day += 10)
            {
                guarded.Add(await EstimateAsync(world, day), products, day);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"guarded {guarded}; unguarded {unguarded}");
        guarded.Units.ShouldBeLessThan(unguarded.Units);
        guarded.Revenue.ShouldBeLessThan(unguarded.Revenue);
        guarded.Within2.ShouldBeGreaterThanOrEqualTo(unguarded.Within2);
        guarded.Count.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task On_shopee_estimates_are_worse_by_every_figure_when_the_made_up_values_of_2023_are_believed()
    {
        await using var world = await MarketplaceWorld.CreateAsync(StoreKind.DuckDb);
        await world.LoadAsync(SharedData.Path("data/marketplace/shopee"));
        await world.CheckAsync();
        var options = new BacktestOptions { Truth = KnownTruth.Sold, From = new DateOnly(2021, 12, 22) };

        var guarded = await world.JudgeAsync(options);
        await world.ExecuteAsync("UPDATE suspects SET state = 'released'");
        var unguarded = await world.JudgeAsync(options);

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"guarded {guarded.Windows} {guarded.Model}; unguarded {unguarded.Windows} {unguarded.Model}"
        );
        unguarded.Windows.ShouldBeGreaterThan(guarded.Windows);
        guarded.Model.Within2.ShouldBeGreaterThan(unguarded.Model.Within2);
        guarded.Model.Within125.ShouldBeGreaterThan(unguarded.Model.Within125);
        guarded.Model.Pinball.ShouldBeLessThan(unguarded.Model.Pinball);
    }

    private static async Task<IReadOnlyList<SalesRow>> EstimateAsync(MarketplaceWorld world, int day) =>
        (await world.EstimateAsync(new SalesOptions { Day = First.AddDays(day) })).Rows;

    /// <summary>How far estimates are from the mean of the last 30 days, in units and in money.</summary>
    private sealed class Error
    {
        private double units;
        private double revenue;
        private int twice;

        public int Count { get; private set; }

        /// <summary>The mean distance of logarithms.</summary>
        public double Units => units / Count;

        public double Revenue => revenue / Count;

        public double Within2 => (double)twice / Count;

        public void Add(IReadOnlyList<SalesRow> rows, Dictionary<string, SimulatedProduct> products, int day)
        {
            foreach (var row in rows.Where(row => row.Units > 0 && row.Revenue > 0))
            {
                var product = products[row.Sku];
                var sold = product.Units.Skip(day - 29).Take(30).Average();
                var price = (double)product.Truth.Last(reading => reading.Day <= day).Price;
                if (sold > 0)
                {
                    var off = Math.Abs(Math.Log(row.Units!.Value / sold));
                    Count++;
                    units += off;
                    revenue += Math.Abs(Math.Log(row.Revenue!.Value / (sold * price)));
                    twice += off <= Math.Log(2) ? 1 : 0;
                }
            }
        }

        public override string ToString() => $"units {Units:0.0000}, revenue {Revenue:0.0000}, within 2x {Within2:0.0000}, {Count}";
    }
}
