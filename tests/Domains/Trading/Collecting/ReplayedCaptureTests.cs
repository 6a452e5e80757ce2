using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>A recorded exchange through the WebSocket into a store.</summary>
public sealed class ReplayedCaptureTests
{
    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Every_quote_of_a_capture_is_in_the_store_once_and_exact(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        var frames = CollectorWorld.Frames("usdm_btcusdt_20240808");
        await using var replay = new ReplayServer(new BinanceExchange(BinanceMarket.UsdFutures), frames, speed: 0, [], TimeProvider.System);

        var result = await world.CollectAsync(world.Options(replay) with { Depth = true }, replay);

        result.Recorded.ShouldBe(66_089);
        result.Waiting.ShouldBe(0);
        CollectorWorld.Fingerprint(await world.StoredAsync()).ShouldBe(CollectorWorld.Fingerprint(CollectorWorld.QuotesOf(frames)));
        result.Agreement.ShouldBe(1);
        (await world.GapsAsync()).ShouldBeEmpty();
    }
}
