using Tradepost.Learning.Numerics;
using Tradepost.Marketplace.Sales;
using Tradepost.Marketplace.Sales.Market;

namespace Tradepost.Marketplace.Tests.Sales.Market;

public sealed class MarketOnDuckDb() : MarketContract(StoreKind.DuckDb);

public sealed class MarketOnPostgres() : MarketContract(StoreKind.Postgres);

/// <summary>What is said of a market on every store.</summary>
public abstract class MarketContract(StoreKind kind)
{
    private const int Days = 112;
    private const int DayOfCut = 80;
    private const int Products = 10;

    private static readonly DateOnly First = new(2025, 1, 1);
    private static readonly DateOnly Last = First.AddDays(Days - 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Elasticity_is_that_of_the_known_sales_of_each_category_and_not_said_where_prices_stood_still()
    {
        await using var world = await WatchedAsync(withSales: true);

        await world.EstimateAsync();

        var groups = await ReadAsync(world);
        ShouldBeAbout(groups["elastic"], -2, ElasticitySource.KnownSales);
        ShouldBeAbout(groups["inelastic"], -0.5, ElasticitySource.KnownSales);
        groups["steady"].Elasticity.ShouldBe(new MarketFigure(null, null, null, MarketReason.PricesHardlyMoved));
        (groups["steady"].ElasticitySource, groups["steady"].PricesMoved).ShouldBe((null, 0));
        var brands = await ReadAsync(world, MarketPart.Brand);
        brands.Count.ShouldBe(Products);
        brands.Values.ShouldAllBe(brand => brand.Elasticity.Reason == MarketReason.PricesHardlyMoved && brand.PricesMoved == 2);
    }

    [Fact]
    public async Task Where_no_sales_are_known_reviews_of_long_spells_of_a_price_tell_it()
    {
        await using var world = await WatchedAsync(withSales: false);

        await world.EstimateAsync();

        var groups = await ReadAsync(world);
        ShouldBeAbout(groups["elastic"], -2, ElasticitySource.Reviews);
        ShouldBeAbout(groups["inelastic"], -0.5, ElasticitySource.Reviews);
        groups["steady"].Elasticity.Reason.ShouldBe(MarketReason.PricesHardlyMoved);
    }

    [Fact]
    public async Task Units_revenue_and_share_are_compared_with_the_estimates_of_a_month_before_where_there_are_any()
    {
        await using var world = await WatchedAsync(withSales: false);

        await world.EstimateAsync();
        var alone = await ReadAsync(world);
        await world.EstimateAsync(new SalesOptions { Day = Last.AddDays(-32) });
        await world.EstimateAsync();
        var groups = await ReadAsync(world);

        alone.Values.ShouldAllBe(group => group.UnitsChange.Reason == MarketReason.NoEstimateBefore && group.UnitsChange.Value == null);
        alone.Values.Sum(group => group.Share!.Value).ShouldBe(1, 1e-9);
        // Their prices fell by a fifth between the two: 0.8 to the power of -2 and -0.5, and as much of the revenue less a fifth.
        ShouldHold(groups["elastic"].UnitsChange, 0.5625);
        ShouldHold(groups["inelastic"].UnitsChange, 0.118);
        ShouldHold(groups["steady"].UnitsChange, 0);
        ShouldHold(groups["elastic"].RevenueChange, 0.25);
        ShouldHold(groups["inelastic"].RevenueChange, -0.106);
        groups.Values.Sum(group => group.ShareChange.Value!.Value).ShouldBe(0, 0.001);
        groups["elastic"].ShareChange.Lower!.Value.ShouldBeGreaterThan(0);
        groups["inelastic"].ShareChange.Upper!.Value.ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Products_that_came_in_the_last_month_are_new_with_what_they_sell()
    {
        await using var world = await WatchedAsync(withSales: false);
        await world.AddAsync("new", "b", "elastic", Last.AddDays(-20), Last);
        for (var day = 0; day <= 20; day++)
        {
            await world.SeeAsync("new", Last.AddDays(day - 20), $$"""{"reviews": {{3 * day}}, "price": 10}""");
        }

        var row = (await world.EstimateAsync()).Rows.Single(row => row.Sku == "new");

        var groups = await ReadAsync(world);
        var entrants = groups["elastic"].EntrantRevenue;
        groups["elastic"].Entrants.ShouldBe(1);
        entrants.Value!.Value.ShouldBe(row.Revenue!.Value, 0.01);
        entrants.Lower!.Value.ShouldBe(10 * row.Lower!.Value, 0.01);
        entrants.Upper!.Value.ShouldBe(10 * row.Upper!.Value, 0.01);
        (groups["steady"].Entrants, groups["steady"].EntrantRevenue.Value).ShouldBe((0, 0));
    }

    [Fact]
    public async Task In_a_marketplace_that_was_not_watched_before_nobody_can_say_who_is_new()
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);
        await world.AddAsync("a", "b", "c", Last.AddDays(-9), Last);
        await world.SeeAsync("a", Last, """{"reviews": 5}""");

        await world.EstimateAsync();

        var group = (await ReadAsync(world))["c"];
        (group.Entrants, group.EntrantRevenue.Reason, group.OutOfStock).ShouldBe((null, MarketReason.NotWatchedBefore, null));
        (group.Units, group.Share, group.LostUnits.Value).ShouldBe((null, null, 0));
    }

    [Fact]
    public async Task Days_without_stock_and_products_that_are_gone_cost_what_they_sell_on_other_days()
    {
        await using var world = await WatchedAsync(withSales: false);
        await world.EstimateAsync(new SalesOptions { Day = Last.AddDays(-30) });
        var before = (await world.ListAsync()).ToDictionary(row => row.Sku);
        var day = $"DATE '{Last:yyyy-MM-dd}'";
        await world.ExecuteAsync(
            "UPDATE features_daily SET features = "
                + (
                    kind == StoreKind.Postgres
                        ? "features || jsonb_build_object('availability', "
                        : "json_merge_patch(features, json_object('availability', "
                )
                + $"CASE WHEN sku = 'steady-0' AND feature_date > {day} - 10 THEN 'out_of_stock' ELSE 'in_stock' END)"
                + (kind == StoreKind.Postgres ? "" : ")")
        );
        await world.ExecuteAsync($"DELETE FROM features_daily WHERE sku = 'steady-1' AND feature_date > {day} - 12");
        await world.ExecuteAsync($"UPDATE products SET last_seen = {day} - 12 WHERE sku = 'steady-1'");

        var row = (await world.EstimateAsync()).Rows.Single(row => row.Sku == "steady-0");

        var (steady, elastic) = ((await ReadAsync(world))["steady"], (await ReadAsync(world))["elastic"]);
        (steady.OutOfStock, steady.Gone, elastic.OutOfStock, elastic.Gone).ShouldBe((1, 1, 0, 0));
        steady.LostUnits.Value!.Value.ShouldBe((row.Units!.Value * 1.5 * 10) + (before["steady-1"].Units!.Value * 12), 0.01);
        steady.LostUnits.Lower!.Value.ShouldBe((row.Lower!.Value * 1.5 * 10) + (before["steady-1"].Lower!.Value * 12), 0.01);
        steady.LostRevenue.Value!.Value.ShouldBe(steady.LostUnits.Value.Value * 100, 1);
        elastic.LostRevenue.Value.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_that_happens_after_a_day_changes_what_is_said_of_its_market()
    {
        await using var world = await WatchedAsync(withSales: true);
        var day = Last.AddDays(-15);
        await world.EstimateAsync(new SalesOptions { Day = day });
        var before = MarketplaceWorld.Json(await ReadAsync(world)).GetRawText();

        await world.ExecuteAsync(
            $"UPDATE features_daily SET features = '{{\"reviews\": 1, \"price\": 1, \"availability\": \"sold out\"}}' WHERE feature_date > DATE '{day:yyyy-MM-dd}'"
        );
        await world.ExecuteAsync($"UPDATE known_sales SET units = 1 WHERE last_day > DATE '{day:yyyy-MM-dd}'");
        await world.EstimateAsync(new SalesOptions { Day = day });

        MarketplaceWorld.Json(await ReadAsync(world)).GetRawText().ShouldBe(before);
    }

    private static void ShouldBeAbout(MarketGroup group, double elasticity, ElasticitySource source)
    {
        (group.ElasticitySource, group.PricesMoved).ShouldBe((source, Products));
        group.Elasticity.Value!.Value.ShouldBe(elasticity, 0.25);
        group.Elasticity.Lower!.Value.ShouldBeLessThan(group.Elasticity.Value.Value);
        group.Elasticity.Upper!.Value.ShouldBeGreaterThan(group.Elasticity.Value.Value);
        (group.Elasticity.Upper.Value - group.Elasticity.Lower.Value).ShouldBeLessThan(1);
    }

    /// <summary>The interval, twice as wide, holds what is true: one of five misses, and these are many.</summary>
    private static void ShouldHold(MarketFigure figure, double truth)
    {
        figure.Reason.ShouldBeNull();
        (truth - figure.Value!.Value).ShouldBeInRange(
            2 * (figure.Lower!.Value - figure.Value.Value),
            2 * (figure.Upper!.Value - figure.Value.Value)
        );
    }

    private static async Task<Dictionary<string, MarketGroup>> ReadAsync(MarketplaceWorld world, MarketPart part = MarketPart.Category) =>
        (await SalesReports.MarketAsync(world.Store, new MarketQuery { By = part }, Token)).ToDictionary(group => group.Name ?? "");

    /// <summary>
    /// Three categories of ten products, watched for 16 weeks. In the last month the prices of two of them are a fifth lower; what sells follows by an
    /// elasticity of -2 and of -0.5. One buyer in three writes a review, on the next day.
    /// </summary>
    private async Task<MarketplaceWorld> WatchedAsync(bool withSales)
    {
        var world = await MarketplaceWorld.CreateAsync(kind);
        var random = new RandomStream(11);
        foreach (var (category, elasticity, cut) in new[] { ("elastic", -2.0, 0.8), ("inelastic", -0.5, 0.8), ("steady", -1.0, 1.0) })
        {
            for (var i = 0; i < Products; i++)
            {
                await WatchAsync(
                    world,
                    $"{category}-{i}",
                    $"brand {i}",
                    category,
                    random,
                    day => day < DayOfCut ? 1 : cut,
                    elasticity,
                    withSales
                );
            }
        }

        return world;
    }

    private static async Task WatchAsync(
        MarketplaceWorld world,
        string sku,
        string brand,
        string category,
        RandomStream random,
        Func<int, double> price,
        double elasticity,
        bool withSales
    )
    {
        await world.AddAsync(sku, brand, category, First, Last);
        var (reviews, units, days, sales) = (0, 0, new List<string>(), new List<string>());
        var level = 20 + (20 * random.NextDouble());
        for (var day = 0; day < Days; day++)
        {
            days.Add($"('{sku}', DATE '{First.AddDays(day):yyyy-MM-dd}', '{{\"reviews\": {reviews}, \"price\": {100 * price(day)}}}')");
            var sold = random.NextPoisson(level * Math.Pow(price(day), elasticity));
            (units, reviews) = (units + sold, reviews + random.NextPoisson(sold / 3.0));
            if (day % 7 == 6)
            {
                sales.Add($"('{sku}', DATE '{First.AddDays(day - 6):yyyy-MM-dd}', DATE '{First.AddDays(day):yyyy-MM-dd}', {units})");
                units = 0;
            }
        }

        await world.ExecuteAsync($"INSERT INTO features_daily (sku, feature_date, features) VALUES {string.Join(", ", days)}");
        if (withSales)
        {
            await world.ExecuteAsync($"INSERT INTO known_sales (sku, first_day, last_day, units) VALUES {string.Join(", ", sales)}");
        }
    }
}
