using System.Net;
using System.Text.Json;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

/// <summary>What the page asks of the domains, with numbers worked out by hand.</summary>
public sealed class WatchingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Feeds_show_the_last_quote_of_each_symbol_with_spread_and_lag(string kind)
    {
        await using var world = await StartAsync(kind);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        var now = Now;
        await QuoteAsync(world, "SIM01", now - 2_000_000, lag: 5_000, bid: 90, ask: 92);
        await QuoteAsync(world, "SIM01", now - 1_000_000, lag: 20_000, bid: 99.5m, ask: 100.5m);
        await QuoteAsync(world, "SIM02", now - 1_000_000, lag: 0, bid: 1, ask: 1);

        var feeds = (await world.GetAsync("/api/v1/trading/feeds", token)).Body.GetProperty("items");

        feeds.GetArrayLength().ShouldBe(2);
        var first = feeds[0];
        first.GetProperty("symbol").GetString().ShouldBe("SIM01");
        decimal.Parse(first.GetProperty("bid_price").GetString()!).ShouldBe(99.5m);
        first.GetProperty("spread_basis_points").GetDouble().ShouldBe(100, 0.001);
        first.GetProperty("lag_milliseconds").GetDouble().ShouldBe(20, 0.001);
        first.GetProperty("per_minute").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Feeds_of_last_hour_are_still_shown_when_nothing_comes_any_more()
    {
        await using var world = await StartAsync("duckdb");
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        await QuoteAsync(world, "SIM01", Now - 3_600_000_000, lag: 0, bid: 1, ask: 2);

        var feed = (await world.GetAsync("/api/v1/trading/feeds", token)).Body.GetProperty("items")[0];

        feed.GetProperty("age_seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(3600);
        feed.GetProperty("per_minute").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_day_is_covered_between_its_first_and_last_quote_but_for_its_gaps(string kind)
    {
        await using var world = await StartAsync(kind);
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        var day = Now / 86_400_000_000 * 86_400_000_000 - 86_400_000_000;
        await QuoteAsync(world, "SIM01", day + 1_000_000_000, lag: 0, bid: 1, ask: 2);
        await QuoteAsync(world, "SIM01", day + 2_000_000_000, lag: 0, bid: 1, ask: 2);
        await ExecuteAsync(
            world,
            "INSERT INTO collector_gaps (exchange, symbol, stream, from_timestamp, to_timestamp, reason) VALUES ('simulator', 'SIM01', 'quotes', @from, @to, 'disconnected')",
            new { from = day + 1_500_000_000, to = day + 1_509_500_000 }
        );

        var yesterday = (await world.GetAsync("/api/v1/trading/coverage?days=2", token)).Body.GetProperty("items")[0];
        var gap = (await world.GetAsync("/api/v1/trading/gaps", token)).Body.GetProperty("items")[0];

        yesterday.GetProperty("quotes").GetInt64().ShouldBe(2);
        yesterday.GetProperty("gap_seconds").GetInt64().ShouldBe(10);
        yesterday.GetProperty("unrecorded_seconds").GetInt64().ShouldBe(86_400 - 1001);
        gap.GetProperty("seconds").GetDouble().ShouldBe(9.5);
    }

    [Fact]
    public async Task Lines_behind_a_bar_are_those_that_its_figure_counts()
    {
        await using var world = await StartAsync("duckdb");
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        await RunAsync(world, "retail.generate", "{}");
        await RunAsync(world, "retail.etl", """{"mode": "full"}""");
        var region = (await world.GetAsync("/api/v1/retail/kpi", token)).Body.GetProperty("by_region")[0];

        var lines = new List<JsonElement>();
        for (var cursor = "0"; cursor is not null; )
        {
            var page = (
                await world.GetAsync(
                    $"/api/v1/retail/sales?limit=500&cursor={cursor}&region={Uri.EscapeDataString(region.GetProperty("key").GetString()!)}",
                    token
                )
            ).Body;
            lines.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }

        var counted = lines.Where(line => line.GetProperty("order_status").GetString() != "cancelled");
        counted
            .Sum(line => decimal.Parse(line.GetProperty("net").GetString()!))
            .ShouldBe(decimal.Parse(region.GetProperty("revenue").GetString()!));
        lines.Select(line => line.GetProperty("order_id").GetInt64()).Distinct().Count().ShouldBe(region.GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task A_row_kept_aside_is_mended_and_replayed()
    {
        await using var world = await StartAsync("duckdb");
        var token = (await world.SignInAsync(Role.Admin)).AccessToken;
        await RunAsync(world, "retail.generate", """{"dirty": 5}""");
        await RunAsync(world, "retail.etl", """{"mode": "full"}""");
        var aside = (await world.GetAsync("/api/v1/retail/rejects?limit=500", token))
            .Body.GetProperty("items")
            .EnumerateArray()
            .First(row => row.GetProperty("table").GetString() == "customers");
        var row = aside.GetProperty("row").GetRawText();

        var mended = JsonSerializer.Deserialize<Dictionary<string, object?>>(row)!;
        mended["email"] = "mended@example.com";
        mended["name"] = "Mended";
        var key = aside.GetProperty("key").GetString()!;
        var saved = await world.SendAsync(
            HttpMethod.Put,
            "/api/v1/retail/rejects",
            token,
            new
            {
                table = "customers",
                key,
                row = JsonSerializer.Serialize(mended),
            }
        );
        var unknown = await world.SendAsync(
            HttpMethod.Put,
            "/api/v1/retail/rejects",
            token,
            new
            {
                table = "customers",
                key = "none",
                row = "{}",
            }
        );
        var noObject = await world.SendAsync(
            HttpMethod.Put,
            "/api/v1/retail/rejects",
            token,
            new
            {
                table = "customers",
                key,
                row = "[1",
            }
        );
        await RunAsync(world, "retail.replay-rejects", """{"table": "customers"}""");

        (saved.Response.StatusCode, unknown.Response.StatusCode, noObject.Response.StatusCode).ShouldBe(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity)
        );
        (await world.GetAsync("/api/v1/retail/rejects?limit=500", token))
            .Body.GetProperty("items")
            .EnumerateArray()
            .ShouldNotContain(left => left.GetProperty("table").GetString() == "customers" && left.GetProperty("key").GetString() == key);
    }

    [Fact]
    public async Task Freshness_names_the_tables_that_were_loaded()
    {
        await using var world = await StartAsync("duckdb");
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;
        var before = (await world.GetAsync("/api/v1/freshness", token)).Body.GetProperty("items").GetArrayLength();
        await RunAsync(world, "retail.generate", "{}");
        await RunAsync(world, "retail.etl", """{"mode": "full"}""");

        var after = (await world.GetAsync("/api/v1/freshness", token))
            .Body.GetProperty("items")
            .EnumerateArray()
            .Select(table => table.GetProperty("name").GetString());

        before.ShouldBe(0);
        after.ShouldContain("orders");
    }

    [Fact]
    public async Task A_series_is_forecast_and_its_odd_day_found_over_HTTP()
    {
        await using var world = await StartAsync("duckdb");
        var token = (await world.SignInAsync(Role.Analyst)).AccessToken;
        var csv =
            "ds,y\n"
            + string.Concat(
                Enumerable.Range(0, 60).Select(i => $"{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd},{(i == 50 ? 500 : 10 + (i % 3))}\n")
            );

        var forecast = (await world.SendAsync(HttpMethod.Post, "/api/v1/learning/forecast", token, new { csv, horizon = 7 })).Body;
        var found = (await world.SendAsync(HttpMethod.Post, "/api/v1/learning/detect", token, new { csv })).Body;
        var wrong = await world.SendAsync(HttpMethod.Post, "/api/v1/learning/detect", token, new { csv, value = "z" });
        var refused = await world.SendAsync(HttpMethod.Post, "/api/v1/learning/forecast", token, new { csv, frequency = "fortnight" });

        forecast.GetProperty("times").GetArrayLength().ShouldBe(67);
        forecast.GetProperty("values")[66].ValueKind.ShouldBe(JsonValueKind.Null);
        forecast.GetProperty("lower")[66].GetDouble().ShouldBeLessThan(forecast.GetProperty("upper")[66].GetDouble());
        found.GetProperty("anomalies")[0].GetProperty("value").GetDouble().ShouldBe(500);
        wrong.Body.GetProperty("error").GetString().ShouldBe("the CSV text has no column z; it has ds, y.");
        refused.Body.GetProperty("error").GetString()!.ShouldStartWith("frequency is 'fortnight'; expected is S, min, H,");
    }

    private static async Task<ApiWorld> StartAsync(string kind) =>
        await ApiWorld.StartAsync(
            kind == "postgres" ? (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url : null,
            runsJobs: true
        );

    private static Task QuoteAsync(ApiWorld world, string symbol, long received, long lag, decimal bid, decimal ask) =>
        ExecuteAsync(
            world,
            "INSERT INTO orderbook_data (exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount) VALUES ('simulator', @symbol, @at, @received, 1, @ask, @bid, 1)",
            new
            {
                symbol,
                at = received - lag,
                received,
                bid,
                ask,
            }
        );

    private static async Task ExecuteAsync(ApiWorld world, string sql, object parameters)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql, parameters, Cancellation);
    }

    private static async Task RunAsync(ApiWorld world, string job, string arguments)
    {
        var run = await world.Jobs.Runs.StartAsync(
            job,
            JsonElement.Parse(arguments),
            new Asker("test", AskedHow.Api) { Role = AskerRole.Admin },
            null,
            Cancellation
        );
        (await world.Jobs.Runs.WaitAsync(run.Id, Cancellation)).State.ShouldBe(RunState.Succeeded);
    }
}
