using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Streams;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Simulating;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Tests.Watching;

/// <summary>What a collector in the process of a server shows at once.</summary>
public sealed class LiveBoardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quotes_and_books_of_a_collector_are_on_the_board_while_it_runs()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var board = new LiveBoard(TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var collecting = CollectService.RunAsync(
            new CollectOptions
            {
                Exchange = CollectService.Simulator,
                Symbols = ["SIM01", "SIM02"],
                Depth = true,
                Simulation = new SimulationOptions { Rate = 100 },
                LogFolder = world.LogFolder,
                Board = board,
            },
            world.Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(),
            stop.Token
        );

        var (quotes, number) = await UntilAsync(() => board.QuotesAsync(0, Cancellation), seen => seen.Quotes.Count == 2);
        var depth = await UntilAsync(
            () => board.DepthAsync("simulator", "SIM01", null, Cancellation),
            book => book?.State == DepthState.Live
        );
        var (later, _) = await UntilAsync(() => board.QuotesAsync(number, Cancellation), seen => seen.Quotes.Count > 0);
        await stop.CancelAsync();
        await collecting;

        quotes.ShouldAllBe(quote => quote.BidPrice < quote.AskPrice && quote.PerMinute > 0 && quote.AgeSeconds < 60);
        later.ShouldAllBe(quote => quote.ReceivedAt >= quotes.First(before => before.Symbol == quote.Symbol).ReceivedAt);
        depth!.Bids.Count.ShouldBe(MarketDepth.Levels);
        depth.Bids[0].Price.ShouldBeLessThan(depth.Asks[0].Price);
        board.HasCollectors.ShouldBeFalse();
        (await board.QuotesAsync(0, Cancellation)).Quotes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_collector_that_ends_while_the_board_is_read_shows_nothing()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var log = DurableLog.Open(world.LogFolder, new LogOptions(), TimeProvider.System);
        var board = new LiveBoard(TimeProvider.System);
        var exchange = new SimulatorExchange(new Uri("ws://127.0.0.1:1"));
        await using var intake = new Intake(exchange, [], log, TimeProvider.System, NullLogger.Instance, (_, _) =>
            throw new InvalidOperationException("no book is asked for")
        );
        using var shown = board.Enter(intake);
        board.Next();

        await intake.DisposeAsync();

        (await board.QuotesAsync(0, Cancellation)).Quotes.ShouldBeEmpty();
        (await board.DepthAsync(exchange.Name, "SIM01", null, Cancellation))!.State.ShouldBe(DepthState.None);
    }

    [Fact]
    public async Task A_book_that_nobody_keeps_is_said_to_be_none_once()
    {
        var board = new LiveBoard(TimeProvider.System);

        var first = await board.DepthAsync("simulator", "SIM01", null, Cancellation);
        var again = await board.DepthAsync("simulator", "SIM01", (DepthState.None, 0), Cancellation);

        first!.State.ShouldBe(DepthState.None);
        again.ShouldBeNull();
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isThere)
    {
        while (true)
        {
            var seen = await look();
            if (isThere(seen))
            {
                return seen;
            }

            await Task.Delay(20, Cancellation);
        }
    }
}
