using Tradepost.Streams;
using Tradepost.Tests.Support;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>A store that is away for so long that the log's budget is used up.</summary>
public sealed class FullLogTests
{
    [Fact]
    public async Task What_a_full_log_had_no_room_for_stands_in_the_ledger_and_collection_goes_on_afterwards()
    {
        await using var server = await Servers.RequireAsync(PostgresServer.StartDedicatedAsync);
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres, server);
        await server.StopAsync();
        var frames = CollectorWorld.Frames("usdm_btcusdt_20240808", 40_000);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            frames,
            speed: 12,
            [],
            TimeProvider.System
        );

        var result = await world.CollectAsync(
            world.Options(replay) with
            {
                Log = new LogOptions { SegmentBytes = 64 << 10, BudgetBytes = 256 << 10 },
            },
            replay,
            async () =>
            {
                while (replay.Played < frames.Count / 3)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
                }

                await server.StartAgainAsync();
                await replay.Playing;
            }
        );

        var sent = CollectorWorld.QuotesOf(frames);
        var stored = await world.StoredAsync();
        var gaps = (await world.GapsAsync()).Where(gap => gap.Reason == GapReason.LogFull).ToList();
        result.Lost.ShouldBeGreaterThan(0);
        result.Waiting.ShouldBe(0);
        stored.Count.ShouldBe(sent.Count - (int)result.Lost);
        sent.Count(quote => gaps.Any(gap => quote.UpdateId > gap.FromUpdateId && quote.UpdateId < gap.ToUpdateId))
            .ShouldBe((int)result.Lost);
        stored.Max(quote => quote.Timestamp).ShouldBe(sent.Max(quote => quote.Timestamp));
    }
}
