using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>A collector that is killed while an exchange goes on sending.</summary>
public sealed class KilledCollectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_killed_fifty_times_doubles_nothing_and_tells_of_all_that_is_missing()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);
        var frames = CollectorWorld.Frames("usdm_btcusdt_20240808");
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            frames,
            speed: 0.5,
            [],
            TimeProvider.System
        );
        var random = new Random(11);

        for (var kill = 0; kill < 50; kill++)
        {
            var isRecording = kill % 2 == 0;
            await CollectingProcess.RunAndKillAsync(
                world,
                world.Options(replay),
                TimeSpan.FromMilliseconds(random.Next(1, isRecording ? 300 : 900)),
                Cancellation,
                isRecording
            );
        }

        replay.Hurry();

        var last = await world.CollectAsync(world.Options(replay), replay);

        last.Waiting.ShouldBe(0);
        var sent = CollectorWorld.QuotesOf(frames).ToLookup(Content);
        var stored = (await world.StoredAsync()).ToLookup(Content);
        var gaps = await world.GapsAsync();
        stored.Where(quotes => quotes.Count() > sent[quotes.Key].Count()).ShouldBeEmpty();
        stored.Sum(quotes => quotes.Count()).ShouldBeGreaterThan(5_000);
        gaps.Count(gap => gap.Reason == GapReason.Stopped).ShouldBeGreaterThan(20);
        var first = gaps.Min(gap => gap.FromUpdateId);
        sent.Where(quotes =>
                stored[quotes.Key].Count() < quotes.Count()
                && quotes.All(quote => quote.UpdateId > first && !gaps.Any(gap => Holds(gap, quote)))
            )
            .ShouldBeEmpty();
    }

    private static (long, Int128, Int128, Int128, Int128) Content(Quote quote) =>
        (quote.Timestamp, quote.AskPrice, quote.AskAmount, quote.BidPrice, quote.BidAmount);

    private static bool Holds(Gap gap, Quote quote) => quote.UpdateId > gap.FromUpdateId && quote.UpdateId < gap.ToUpdateId;
}
