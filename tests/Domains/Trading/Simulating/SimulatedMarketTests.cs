using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Simulating;

namespace Tradepost.Trading.Tests.Simulating;

/// <summary>The built-in exchange: another protocol by one class, and quotes as they could be.</summary>
public sealed class SimulatedMarketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Its_frames_are_read_exactly_and_bids_stay_below_asks()
    {
        var (symbol, exchange, message) = (
            new SimulatedSymbol("SIM01", 100, seed: 3, firstId: 1),
            new SimulatorExchange(new Uri("ws://127.0.0.1")),
            new MarketMessage()
        );
        var frame = new byte[256];

        for (var i = 1; i <= 10_000; i++)
        {
            exchange.Read(frame.AsSpan(0, symbol.Next(i, frame)), message);

            (message.Kind, message.Stream, message.Symbol, message.UpdateId, message.Timestamp).ShouldBe(
                (MessageKind.Quote, "quote:SIM01", "SIM01", i, i)
            );
            message.BidPrice.ShouldBeInRange(Int128.One, message.AskPrice - 1);
            Int128.Min(message.BidAmount, message.AskAmount).ShouldBeGreaterThan(Int128.Zero);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_market_and_the_rate_is_kept_on_average()
    {
        var (one, other) = (
            new SimulatedSymbol("SIM01", 1_000, seed: 3, firstId: 1),
            new SimulatedSymbol("SIM01", 1_000, seed: 3, firstId: 1)
        );
        int[] arrivals = [.. Enumerable.Range(0, 100_000).Select(_ => one.Arrivals(0.01))];

        arrivals.ShouldBe(Enumerable.Range(0, 100_000).Select(_ => other.Arrivals(0.01)));
        arrivals.Average().ShouldBe(10, 0.5);
        arrivals.Max().ShouldBeGreaterThan(30, "quotes come in bursts");
    }

    [Theory]
    [InlineData("{\"op\":\"subscribed\",\"id\":1}", nameof(MessageKind.Acknowledgement))]
    [InlineData("{\"op\":\"refused\",\"id\":1}", nameof(MessageKind.Refusal))]
    [InlineData("{}", nameof(MessageKind.Other))]
    public void Its_notices_are_understood(string frame, string kind)
    {
        var message = new MarketMessage();

        new SimulatorExchange(new Uri("ws://127.0.0.1")).Read(System.Text.Encoding.UTF8.GetBytes(frame), message);

        message.Kind.ToString().ShouldBe(kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[\"quote:SIM01\",1,2,\"3\"]")]
    [InlineData("[\"quote:SIM01\",1,2,\"3\",\"4\",\"5\",\"6\",\"7\"]")]
    [InlineData("[\"other\",1,2,\"3\",\"4\",\"5\",\"6\"]")]
    [InlineData("[\"quote:SIM01\",1.5,2,\"3\",\"4\",\"5\",\"6\"]")]
    [InlineData("[\"depth:SIM01\",1,2,3,[[\"4\",\"5\"]]]")]
    [InlineData("[\"depth:SIM01\",1,2,3,[[\"4\"]],[]]")]
    [InlineData("[\"depth:SIM01\",1,2,3,[],[],[]]")]
    public void What_is_no_frame_of_it_is_refused(string frame) =>
        Should.Throw<FormatException>(() =>
            new SimulatorExchange(new Uri("ws://127.0.0.1")).Read(System.Text.Encoding.UTF8.GetBytes(frame), new MarketMessage())
        );

    [Fact]
    public async Task Everything_that_it_sends_is_in_the_store_once()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        string[] symbols = [.. Enumerable.Range(1, 60).Select(number => $"SIM{number:00}")];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var options = new CollectOptions
        {
            Exchange = CollectService.Simulator,
            Symbols = symbols,
            Simulation = new SimulationOptions { Rate = 100 },
            LogFolder = world.LogFolder,
        };
        var collecting = CollectService.RunAsync(
            options,
            world.Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(state =>
            {
                if (state.Recorded > 10_000)
                {
                    stop.Cancel();
                }
            }),
            stop.Token
        );

        var result = await collecting;

        result.ShouldSatisfyAllConditions(
            () => result.Waiting.ShouldBe(0),
            () => result.Lost.ShouldBe(0),
            () => result.Repeated.ShouldBe(0)
        );
        var stored = await world.StoredAsync();
        stored.Count.ShouldBe((int)result.Recorded);
        stored.Select(quote => quote.Symbol).Distinct().Order().ShouldBe(symbols);
        (await world.GapsAsync()).ShouldBeEmpty();
    }
}
