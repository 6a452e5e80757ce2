using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Marketplace.Sales;
using Tradepost.Marketplace.Sales.Market;

namespace Tradepost.Marketplace.Tests.Sales;

public sealed class SalesOnDuckDb() : SalesContract(StoreKind.DuckDb);

public sealed class SalesOnPostgres() : SalesContract(StoreKind.Postgres);

/// <summary>What estimates of sales promise on every store.</summary>
public abstract class SalesContract(StoreKind kind)
{
    private const int Days = 100;

    private static readonly DateOnly Last = SimulatedSales.First.AddDays(Days - 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_product_has_a_row_with_units_and_an_interval_or_the_reason_why_not()
    {
        await using var world = await WatchedAsync();
        await world.AddAsync("quiet", "brand 1", "category 1", SimulatedSales.First, Last);
        await world.SeeAsync("quiet", Last.AddDays(-20), """{"reviews": 50}""");
        await world.SeeAsync("quiet", Last, """{"reviews": 51}""");
        await world.AddAsync("unseen", "brand 1", "category 1", SimulatedSales.First, Last);

        var result = await world.EstimateAsync();

        (result.Products, result.Date, result.ModelVersion, result.Truth).ShouldBe((32, Last, 1, KnownTruth.Known));
        (result.Estimated + result.NotEnoughData).ShouldBe(32);
        result.Rows.Count.ShouldBe(32);
        foreach (var row in result.Rows.Where(row => row.Units is not null))
        {
            (row.Lower <= row.Units && row.Units <= row.Upper + 1).ShouldBeTrue(row.ToString());
            row.Revenue!.Value.ShouldBe(row.Units!.Value * 12.5, 0.01);
            row.Forecast.Select(ahead => ahead.Days).ShouldBe([7, 30]);
            (row.Reason == SalesReason.ProductShare || Math.Abs(row.Forecast[1].Units - (row.Units.Value * 30)) < 0.02).ShouldBeTrue(
                row.ToString()
            );
        }

        result.Rows.Where(row => row.Units is null).ShouldAllBe(row => row.Reason == SalesReason.NotEnoughData && row.Revenue == null);
        result.Rows.Where(row => row.Units is null).Select(row => row.Sku).ShouldContain("quiet");
        result.Rows.Where(row => row.Units is null).Select(row => row.Sku).ShouldContain("unseen");
        (await world.ScalarAsync<long>("SELECT count(*) FROM sales_estimates WHERE model_version = 1 AND forecast IS NOT NULL")).ShouldBe(
            result.Estimated
        );
        (await world.ScalarAsync<double>("SELECT sum(units) FROM sales_estimates")).ShouldBe(result.Rows.Sum(row => row.Units ?? 0), 0.001);
    }

    [Fact]
    public async Task What_the_guard_does_not_believe_changes_no_estimate_from_the_day_on_which_that_could_be_known()
    {
        await using var world = await WatchedAsync();
        var honest = (await world.EstimateAsync()).Rows.Where(row => row.Units > 0).MaxBy(row => row.Units)!;
        var day = $"DATE '{Last:yyyy-MM-dd}'";
        await world.ExecuteAsync(
            $$"""UPDATE features_daily SET features = '{"reviews": 9000000, "price": 12.5}' WHERE sku = '{{honest.Sku}}' AND feature_date = {{day}}"""
        );

        var poisoned = await UnitsAsync();
        await world.ExecuteAsync(
            "INSERT INTO suspects (sku, date, field, value, rule, known_on, found_at, state) "
                + $"VALUES ('{honest.Sku}', {day}, 'reviews', 9000000, 'jump_and_back', DATE '{Last.AddDays(1):yyyy-MM-dd}', TIMESTAMP '2026-01-01', 'open')"
        );
        var early = await UnitsAsync();
        await world.ExecuteAsync($"UPDATE suspects SET known_on = {day}");
        var clean = await UnitsAsync();
        await world.ExecuteAsync("UPDATE suspects SET state = 'released'");
        var released = await UnitsAsync();

        Math.Abs(poisoned - honest.Units!.Value).ShouldBeGreaterThan(0.2 * honest.Units.Value);
        early.ShouldBe(poisoned, 0.001);
        clean.ShouldBe(honest.Units.Value, 0.1 * honest.Units.Value);
        released.ShouldBe(poisoned, 0.001);

        async Task<double> UnitsAsync() => (await world.EstimateAsync()).Rows.Single(row => row.Sku == honest.Sku).Units ?? 0;
    }

    [Fact]
    public async Task Json_has_the_names_that_others_rely_on()
    {
        await using var world = await WatchedAsync();

        var sales = MarketplaceWorld.Json(await world.EstimateAsync());
        var backtest = MarketplaceWorld.Json(await world.JudgeAsync());

        sales.GetProperty("products").GetInt32().ShouldBe(30);
        sales.GetProperty("estimated").GetInt32().ShouldBe(30 - sales.GetProperty("not_enough_data").GetInt32());
        var row = sales.GetProperty("rows")[0];
        row.EnumerateObject().Select(field => field.Name).Take(6).ShouldBe(["sku", "date", "units", "lower", "upper", "reason"]);
        row.GetProperty("date").GetString().ShouldBe("2025-04-10");
        row.GetProperty("reason").GetString().ShouldBe("product_share");
        backtest.GetProperty("windows").GetInt32().ShouldBeGreaterThan(100);
        backtest.GetProperty("horizon_days").GetInt32().ShouldBe(30);
        foreach (
            var figures in new[]
            {
                backtest.GetProperty("model"),
                backtest.GetProperty("last_month"),
                backtest.GetProperty("constant"),
                backtest.GetProperty("new_products").GetProperty("model"),
            }
        )
        {
            figures.EnumerateObject().Select(field => field.Name).ShouldBe(["within_1_25", "within_2", "pinball", "bias", "coverage_80"]);
        }
    }

    [Fact]
    public async Task Estimating_again_changes_nothing_and_new_sales_make_a_new_version()
    {
        await using var world = await WatchedAsync();
        var first = await world.EstimateAsync();

        var again = await world.EstimateAsync();
        await world.ExecuteAsync($"UPDATE known_sales SET units = units + 3 WHERE last_day > DATE '{Last.AddDays(-10):yyyy-MM-dd}'");
        var changed = await world.EstimateAsync();

        (again.ModelVersion, changed.ModelVersion).ShouldBe((1, 2));
        MarketplaceWorld.Json(again.Rows).GetRawText().ShouldBe(MarketplaceWorld.Json(first.Rows).GetRawText());
        (await world.ScalarAsync<long>("SELECT count(*) FROM sales_estimates")).ShouldBe(60);
        (await world.Registry.FindProductionAsync(SalesVersion.Model, Token))!
            .Metrics["pinball"]
            .Value.ShouldBe(changed.Backtest!.Model.Pinball, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_that_happens_after_a_day_changes_what_is_estimated_as_of_it(int seed)
    {
        await using var world = await WatchedAsync();
        var random = new Random(seed);
        var day = SimulatedSales.First.AddDays(random.Next(50, Days - 5));
        var options = new SalesOptions { Day = day };
        var before = await world.EstimateAsync(options);
        var judged = await world.JudgeAsync(new BacktestOptions { Day = day });

        await world.ExecuteAsync($"DELETE FROM features_daily WHERE feature_date > DATE '{day.AddDays(random.Next(1, 4)):yyyy-MM-dd}'");
        await world.ExecuteAsync(
            $"UPDATE features_daily SET features = '{{\"reviews\": {random.Next(1000)}, \"price\": 1, \"sold\": 7}}' WHERE feature_date > DATE '{day:yyyy-MM-dd}'"
        );
        await world.ExecuteAsync($"UPDATE known_sales SET units = units * {random.Next(2, 9)} WHERE last_day > DATE '{day:yyyy-MM-dd}'");
        await world.ExecuteAsync(
            $"INSERT INTO known_sales (sku, first_day, last_day, units) VALUES ('sku-001', DATE '{day.AddDays(-20):yyyy-MM-dd}', DATE '{day.AddDays(1):yyyy-MM-dd}', 5)"
        );
        await world.AddAsync("later", "brand 1", "category 1", day.AddDays(1), Last);
        await world.SeeAsync("later", day.AddDays(1), """{"reviews": 50}""");

        MarketplaceWorld.Json(await world.EstimateAsync(options)).GetRawText().ShouldBe(MarketplaceWorld.Json(before).GetRawText());
        MarketplaceWorld
            .Json(await world.JudgeAsync(new BacktestOptions { Day = day }))
            .GetRawText()
            .ShouldBe(MarketplaceWorld.Json(judged).GetRawText());
    }

    [Fact]
    public async Task A_change_on_the_day_itself_does_change_it()
    {
        await using var world = await WatchedAsync();
        var before = await world.EstimateAsync();

        await world.ExecuteAsync(
            $"UPDATE features_daily SET features = '{{\"reviews\": 9000}}' WHERE feature_date = DATE '{Last:yyyy-MM-dd}' AND sku = 'sku-001'"
        );

        var after = await world.EstimateAsync();
        after.Rows[1].Units!.Value.ShouldBeGreaterThan(before.Rows[1].Units ?? 0);
        MarketplaceWorld.Json(after.Rows[0]).GetRawText().ShouldBe(MarketplaceWorld.Json(before.Rows[0]).GetRawText());
    }

    [Fact]
    public async Task A_counter_that_falls_is_counted_day_by_day()
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);
        foreach (var sku in new[] { "purged", "spiked" })
        {
            await world.AddAsync(sku, "b", "c", SimulatedSales.First, SimulatedSales.First.AddDays(20));
        }

        for (var day = 0; day <= 20; day++)
        {
            await world.SeeAsync("purged", SimulatedSales.First.AddDays(day), $$"""{"reviews": {{(day < 10 ? 100 + day : 50 + day)}}}""");
            await world.SeeAsync("spiked", SimulatedSales.First.AddDays(day), $$"""{"reviews": {{(day == 12 ? 900 : 100 + day)}}}""");
        }

        var rows = (await world.EstimateAsync()).Rows;

        rows.Select(row => (row.Sku, row.Reason, Math.Round(row.Units!.Value * 20 * 0.03)))
            .ShouldBe([("purged", SalesReason.PriorShare, 19), ("spiked", SalesReason.PriorShare, 20)]);
    }

    [Fact]
    public async Task What_the_marketplace_says_was_sold_is_the_truth_where_no_sales_were_loaded()
    {
        await using var world = await WatchedAsync(withSales: false);
        var none = await world.EstimateAsync();
        await world.ExecuteAsync(
            kind == StoreKind.Postgres
                ? "UPDATE features_daily SET features = jsonb_set(CAST(features AS jsonb), '{sold}', '60')"
                : "UPDATE features_daily SET features = json_merge_patch(features, '{\"sold\": 60}')"
        );

        var sold = await world.EstimateAsync();

        (none.Truth, none.ModelVersion, none.Backtest).ShouldBe((null, 0, null));
        none.Rows.Where(row => row.Units is not null).ShouldAllBe(row => row.Reason == SalesReason.PriorShare);
        (sold.Truth, sold.ModelVersion).ShouldBe((KnownTruth.Sold, 1));
        sold.Backtest!.Windows.ShouldBeGreaterThan(100);
        (await world.EstimateAsync(new SalesOptions { Truth = KnownTruth.Known })).Truth.ShouldBeNull();
    }

    [Fact]
    public async Task Products_seen_once_get_the_total_so_far_of_those_with_about_as_many_reviews()
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);
        for (var i = 0; i < 60; i++)
        {
            var reviews = i < 30 ? 10 + (i % 3) : 1000 + i;
            await world.AddAsync($"p{i:00}", "b", "c", SimulatedSales.First, SimulatedSales.First);
            await world.SeeAsync($"p{i:00}", SimulatedSales.First, $$"""{"reviews": {{reviews}}, "price": 2}""");
            if (i % 30 != 0)
            {
                var (least, most) = i < 30 ? (50, 100) : (5000, 10_000);
                await world.ExecuteAsync(
                    $"INSERT INTO known_sales (sku, first_day, last_day, units, most_units) VALUES ('p{i:00}', DATE '2025-01-01', DATE '2025-01-01', {least}, {most})"
                );
            }
        }

        var result = await world.EstimateAsync();

        result.Estimated.ShouldBe(60);
        result.Rows.ShouldAllBe(row => row.Reason == SalesReason.TotalSoFar && row.Days == null && row.Forecast.Count == 0);
        (result.Rows[0].Units, result.Rows[30].Units, result.Rows[30].Revenue).ShouldBe((50, 5000, 10_000));
        result.Backtest!.HorizonDays.ShouldBeNull();
    }

    [Fact]
    public async Task All_rows_can_be_had_as_a_file()
    {
        await using var world = await WatchedAsync();
        var path = Path.Combine(world.Folder, "estimates.csv");

        var result = await world.EstimateAsync(new SalesOptions { Out = path });

        var lines = await File.ReadAllLinesAsync(path, Token);
        lines[0].ShouldBe("sku,date,days,units,lower,upper,revenue,reason");
        var row = result.Rows[0];
        lines[1].ShouldBe($"sku-000,2025-04-10,1,{row.Units},{row.Lower},{row.Upper},{row.Revenue},product_share");
        lines.Length.ShouldBe(31);
        var refusal = await Should.ThrowAsync<JobFailedException>(() => world.EstimateAsync(new SalesOptions { Out = path }));
        refusal.Message.ShouldBe($"{path} is there already; delete it, or give another --out.");
    }

    [Fact]
    public async Task Without_products_or_true_sales_it_is_said_what_to_do()
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);

        (await Should.ThrowAsync<JobFailedException>(() => world.EstimateAsync())).Message.ShouldBe(
            "No product was seen yet; load some with `tradepost marketplace load FILE`."
        );
        await world.AddAsync("a", "b", "c", Last, Last);
        await world.SeeAsync("a", Last, """{"reviews": 5}""");
        (
            await Should.ThrowAsync<JobFailedException>(() => world.EstimateAsync(new SalesOptions { Day = SimulatedSales.First }))
        ).Message.ShouldBe("No product was seen until 2025-01-01; choose a later day.");
        (await Should.ThrowAsync<JobFailedException>(() => world.JudgeAsync())).Message.ShouldBe(
            "No true sales are known, so estimates cannot be judged; load some with `tradepost marketplace load FILE --kind sales`."
        );
        (await Should.ThrowAsync<JobFailedException>(() => world.EstimateAsync(new SalesOptions { Horizon = "7,400" }))).Message.ShouldBe(
            "--horizon is 7,400; each number must be between 1 and 365."
        );
    }

    [Fact]
    public async Task Estimates_are_read_by_product_by_revenue_and_summed_by_category_beside_those_of_a_month_before()
    {
        await using var world = await WatchedAsync();
        await world.EstimateAsync(new SalesOptions { Day = Last.AddDays(-30) });
        var result = await world.EstimateAsync();

        var top = await SalesReports.ListAsync(world.Store, new SalesFilter { Category = "category 1", Limit = 5 }, Token);
        var ofProduct = await SalesReports.OfProductAsync(world.Store, "sku-000", limit: 10, Token);
        var market = await SalesReports.MarketAsync(world.Store, new MarketQuery(), Token);
        var brands = await SalesReports.MarketAsync(world.Store, new MarketQuery { By = MarketPart.Brand, Limit = 2 }, Token);

        top.Count.ShouldBe(5);
        top.Select(row => row.Revenue ?? 0).ShouldBeInOrder(SortDirection.Descending);
        MarketplaceWorld.Json(ofProduct[0]).GetRawText().ShouldBe(MarketplaceWorld.Json(result.Rows[0]).GetRawText());
        ofProduct.Select(row => row.Date).ShouldBe([Last, Last.AddDays(-30)]);
        market.Select(part => part.Name).Order().ShouldBe(["category 0", "category 1", "category 2"]);
        market.Sum(part => part.Products).ShouldBe(30);
        market.Sum(part => part.Share ?? 0).ShouldBe(1, 1e-9);
        market.Sum(part => part.Units ?? 0).ShouldBe(result.Rows.Sum(row => row.Units ?? 0), 0.001);
        market.ShouldAllBe(part => part.Lower <= part.Units && part.Units <= part.Upper && part.UnitsChange.Value > -1);
        brands.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_scheduled_run_of_a_store_without_products_succeeds_and_says_so()
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);

        var result = await world.EstimateAsync(asked: AskedHow.Schedule);

        (result.Products, result.Estimated, result.Rows.Count).ShouldBe((0, 0, 0));
        result.Date.ShouldBe(DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime));
        world.Log.ShouldBe([
            "No product was seen yet, so that there is nothing to estimate; `tradepost marketplace load FILE` loads some.",
        ]);
        await Should.ThrowAsync<JobFailedException>(() => world.EstimateAsync(asked: AskedHow.Cli));
    }

    [Fact]
    public async Task The_error_is_said_by_horizon_and_by_what_was_sold_beside_the_baselines_and_published_with_the_version()
    {
        await using var world = await WatchedAsync();

        var judged = await world.JudgeAsync(new BacktestOptions { Horizon = 14 });
        var result = await world.EstimateAsync();

        judged
            .Horizons.Select(one => (one.HorizonDays, one.IsForecast))
            .ShouldBe(from days in new[] { 1, 7, 14, 30 } from ahead in new[] { false, true } select (days, ahead));
        var asked = judged.Horizons.Single(one => one.HorizonDays == 14 && !one.IsForecast);
        (asked.Windows, asked.Model).ShouldBe((judged.Windows, judged.Model));
        judged.Horizons.ShouldAllBe(one =>
            one.Windows > 100 && one.Model.Coverage80 > 0.6 && one.LastMonth.Pinball > 0 && one.Constant.Pinball > 0
        );
        judged.Bands.Sum(band => band.Windows).ShouldBe(judged.Windows);
        judged.Bands.ShouldAllBe(band => band.Bias == band.Model.Bias && band.Constant.Within2 >= 0 && band.Model.Coverage80 != null);
        var kept = await SalesReports.FindBacktestAsync(world.Store, result.ModelVersion, Token);
        MarketplaceWorld.Json(kept!).GetRawText().ShouldBe(MarketplaceWorld.Json(result.Backtest!).GetRawText());
    }

    private async Task<MarketplaceWorld> WatchedAsync(bool withSales = true)
    {
        var world = await MarketplaceWorld.CreateAsync(kind);
        await new SimulatedSales(seed: 1, products: 30, days: Days).WriteAsync(world, Days, withSales);
        return world;
    }
}
