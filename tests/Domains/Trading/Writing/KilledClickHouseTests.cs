using Tradepost.Jobs;
using Tradepost.Storage.Connections;
using Tradepost.Trading.Draining;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Replaying;
using Tradepost.Trading.Tests.Collecting;
using Tradepost.Trading.Tests.Filing;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>A collector that writes to the store and to ClickHouse.</summary>
public sealed class KilledClickHouseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_capture_at_full_speed_is_in_the_store_and_on_ClickHouse()
    {
        using var analytics = await ClickHouseWorld.CreateAsync();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808"),
            speed: 0,
            [],
            TimeProvider.System
        );

        var result = await world.CollectAsync(
            world.Options(replay) with
            {
                Trades = true,
                Analytics = ClickHouseWorld.Parse(analytics.Url),
            },
            replay
        );

        result.Waiting.ShouldBe(0);
        var stored = await world.StoredAsync();
        stored.Count.ShouldBeGreaterThan(10_000);
        CollectorWorld.Fingerprint(await analytics.QuotesAsync()).ShouldBe(CollectorWorld.Fingerprint(stored));
    }

    [Fact]
    public async Task A_collector_killed_again_and_again_has_the_same_quotes_in_the_store_and_on_ClickHouse()
    {
        using var analytics = await ClickHouseWorld.CreateAsync();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808", 40_000),
            speed: 8,
            [],
            TimeProvider.System
        );
        var options = world.Options(replay) with { Analytics = ClickHouseWorld.Parse(analytics.Url) };
        var random = new Random(23);

        for (var kill = 0; kill < 20; kill++)
        {
            await CollectingProcess.RunAndKillAsync(
                world,
                options,
                TimeSpan.FromMilliseconds(random.Next(200, 1_000)),
                Cancellation,
                analytics: analytics.Url
            );
        }

        var last = await world.CollectAsync(options, replay);

        last.Waiting.ShouldBe(0);
        var stored = await world.StoredAsync();
        stored.Count.ShouldBeGreaterThan(100);
        CollectorWorld.Fingerprint(await analytics.QuotesAsync()).ShouldBe(CollectorWorld.Fingerprint(stored));
        (await analytics.QueryAsync("SELECT count() FROM $collector_gaps"))[0]
            [0]
            .ShouldBe((await world.GapsAsync()).Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_collector_goes_on_while_ClickHouse_is_away_and_its_log_keeps_what_that_lacks()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808", 2_000),
            speed: 0,
            [],
            TimeProvider.System
        );
        var options = world.Options(replay) with { Analytics = ClickHouseWorld.Parse("http://app:hunter2@127.0.0.1:1/db") };

        var result = await world.CollectAsync(options, replay);

        result.Waiting.ShouldBe(result.Written);
        using var analytics = await ClickHouseWorld.CreateAsync();
        await using (var later = new ReplayServer(new BinanceExchange(BinanceMarket.UsdFutures), [], speed: 0, [], TimeProvider.System))
        {
            (
                await world.CollectAsync(
                    options with
                    {
                        Stream = later.Stream,
                        Rest = later.Rest,
                        Analytics = ClickHouseWorld.Parse(analytics.Url),
                    },
                    later
                )
            ).Waiting.ShouldBe(0);
        }

        CollectorWorld.Fingerprint(await analytics.QuotesAsync()).ShouldBe(CollectorWorld.Fingerprint(await world.StoredAsync()));
    }

    [Fact]
    public async Task Draining_moves_what_is_left_to_ClickHouse_too_and_keeps_it_while_that_is_away()
    {
        using var analytics = await ClickHouseWorld.CreateAsync();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await FiledLog.AppendAsync(world, 0, 100);

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            DrainJob.RunAsync(
                new DrainOptions(),
                TapeWorld.Context(world, KeyValuePair.Create(SettingNames.AnalyticsUrl, "http://app:hunter2@127.0.0.1:1/db")),
                Cancellation
            )
        );
        await DrainJob.RunAsync(
            new DrainOptions(),
            TapeWorld.Context(world, KeyValuePair.Create(SettingNames.AnalyticsUrl, analytics.Url)),
            Cancellation
        );

        refusal.Message.ShouldBe(
            "http://app:***@127.0.0.1:1/db cannot be reached: Connection refused; what is left stays in the log. Run `tradepost trading drain` again."
        );
        (await analytics.QuotesAsync()).Count.ShouldBe(200);
        CollectorWorld.Fingerprint(await analytics.QuotesAsync()).ShouldBe(CollectorWorld.Fingerprint(await world.StoredAsync()));
    }
}
