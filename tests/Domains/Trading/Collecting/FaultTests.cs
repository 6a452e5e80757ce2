using Tradepost.Tests.Support;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>What can go wrong between an exchange and the store: recovered from without a person, told of in the ledger, nothing doubled.</summary>
public sealed class FaultTests
{
    /// <summary>Takes nothing for silent that a busy machine keeps waiting.</summary>
    private static readonly WatchdogOptions Patient = new()
    {
        Idle = TimeSpan.FromMinutes(1),
        Unserved = TimeSpan.FromMinutes(1),
        Silent = TimeSpan.FromMinutes(1),
    };

    private static readonly WatchdogOptions Impatient = new()
    {
        Idle = TimeSpan.FromSeconds(1.5),
        Unserved = TimeSpan.FromSeconds(1),
        Silent = TimeSpan.FromSeconds(1),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("drop@3000", GapReason.Disconnected)]
    [InlineData("close@3000", GapReason.Disconnected)]
    [InlineData("stall@3000:2.5", GapReason.Idle)]
    [InlineData("unserved@3000:2.5", GapReason.Disconnected)]
    [InlineData("malformed@3000", GapReason.Malformed)]
    public async Task After_a_fault_quotes_go_on_and_the_ledger_has_the_gap(string fault, string reason)
    {
        var lasts = fault.Contains(':', StringComparison.Ordinal);
        var (sent, stored, gaps, _) = await RunAsync(fault, frames: lasts ? 30_000 : 12_000, lasts ? Impatient : Patient);

        gaps.ShouldContain(gap => gap.Reason == reason && gap.Stream == "quotes");
        gaps.ShouldAllBe(gap => gap.From < gap.To && gap.ToUpdateId > gap.FromUpdateId && gap.Symbol == "BTCUSDT");
        var lost = Lost(sent, stored);
        lost.ShouldNotBeEmpty();
        lost.ShouldAllBe(quote => gaps.Any(gap => quote.UpdateId > gap.FromUpdateId && quote.UpdateId < gap.ToUpdateId));
        stored[^1].ShouldBe(sent[^1] with { UpdateId = 0 });
    }

    [Theory]
    [InlineData("duplicate@3000")]
    [InlineData("reorder@3000")]
    [InlineData("late-snapshot@0:1")]
    [InlineData("too-many@0:1")]
    public async Task What_only_comes_twice_late_or_in_another_order_is_stored_once_and_leaves_no_gap(string fault)
    {
        var (sent, stored, gaps, result) = await RunAsync(fault, frames: 12_000, Patient);

        gaps.ShouldBeEmpty();
        CollectorWorld.Fingerprint(stored).ShouldBe(CollectorWorld.Fingerprint(sent));
        result.Agreement.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_while_others_go_on_is_noticed()
    {
        var (_, _, gaps, result) = await RunAsync(
            "silence@9000:4:btcusdt@bookTicker",
            frames: 25_000,
            Patient with
            {
                Silent = Impatient.Silent,
            }
        );

        gaps.ShouldHaveSingleItem().Reason.ShouldBe(GapReason.Silent);
        result.Lost.ShouldBe(0);
    }

    [Fact]
    public async Task A_symbol_that_is_acknowledged_and_never_served_is_said_once()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808", 12_000),
            speed: 10,
            [],
            TimeProvider.System
        );
        var said = new SaidLogger();

        await world.CollectAsync(
            world.Options(replay) with
            {
                Symbols = ["BTCUSDT", "GONEUSDT"],
                Watchdog = Patient with { Unheard = TimeSpan.FromSeconds(1) },
            },
            replay,
            logger: said
        );

        said.Lines.Where(line => line.Contains("is the symbol still traded?", StringComparison.Ordinal))
            .ShouldBe([
                "GONEUSDT quotes brought nothing since binance-futures acknowledged it, while others came; is the symbol still traded?",
            ]);
    }

    [Fact]
    public async Task Connections_that_are_replaced_all_the_time_lose_and_double_nothing()
    {
        var (sent, stored, gaps, _) = await RunAsync("duplicate@1", frames: 20_000, Patient, lifetime: TimeSpan.FromSeconds(1));

        gaps.ShouldBeEmpty();
        CollectorWorld.Fingerprint(stored).ShouldBe(CollectorWorld.Fingerprint(sent));
    }

    private static async Task<(List<Quote> Sent, IReadOnlyList<Quote> Stored, IReadOnlyList<Gap> Gaps, CollectResult Result)> RunAsync(
        string fault,
        int frames,
        WatchdogOptions watchdog,
        TimeSpan? lifetime = null
    )
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var recorded = CollectorWorld.Frames("usdm_btcusdt_20240808", frames);
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            recorded,
            speed: 10,
            [Fault.Parse(fault)!],
            TimeProvider.System
        );
        var result = await world.CollectAsync(
            world.Options(replay) with
            {
                Depth = true,
                Watchdog = watchdog,
                ConnectionLifetime = lifetime,
            },
            replay
        );
        var stored = await world.StoredAsync();
        return (
            CollectorWorld.QuotesOf(recorded),
            [.. stored.Select(quote => quote with { LocalTimestamp = 0 })],
            await world.GapsAsync(),
            result
        );
    }

    private static List<Quote> Lost(List<Quote> sent, IReadOnlyList<Quote> stored)
    {
        var there = stored.ToLookup(quote => quote);
        return
        [
            .. sent.GroupBy(quote => quote with { UpdateId = 0 })
                .Where(quotes => there[quotes.Key].Count() < quotes.Count())
                .SelectMany(quotes => quotes.Take(quotes.Count() - there[quotes.Key].Count())),
        ];
    }
}
