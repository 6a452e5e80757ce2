using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Trading.Books;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Simulating;

namespace Tradepost.Trading.Tests.Simulating;

/// <summary>The order books of the built-in exchange, kept by the rule that real ones are kept by.</summary>
public sealed class SimulatedBookTests
{
    private readonly SimulatedSymbol symbol = new("SIM01", 100, seed: 3, firstId: 1);
    private readonly SimulatorExchange exchange = new(new Uri("ws://127.0.0.1:9"));
    private readonly MarketMessage message = new();
    private readonly byte[] frame = new byte[256];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_book_kept_from_its_changes_has_the_best_prices_of_the_quotes_and_fifty_levels_a_side()
    {
        var book = new LiveBook(isChained: false);
        symbol.OpenBook();
        Next(3);
        Change(book).ShouldBe(BookStep.Buffered);
        book.Begin(Snapshot()).ShouldBeTrue();

        for (var i = 0; i < 5_000; i++)
        {
            var quote = Next(1 + (i % 3));

            Change(book).ShouldBe(BookStep.Applied);
            (book.Levels.BestBid, book.Levels.BestAsk).ShouldBe((quote.Bid, quote.Ask));
        }

        book.LastUpdateId.ShouldBe(symbol.UpdateId);
        book.Levels.Asks.Count().ShouldBe(SimulatedBook.Levels);
        book.Levels.Bids.Select(level => level.Price).ShouldBe(book.Levels.Bids.Select(level => level.Price).OrderDescending());
        book.Levels.Bids.Concat(book.Levels.Asks).ShouldAllBe(level => level.Amount > 0);
    }

    [Fact]
    public void A_snapshot_between_two_changes_is_continued_by_the_second()
    {
        var book = new LiveBook(isChained: false);
        symbol.OpenBook();
        Next(2);
        var snapshot = Snapshot();
        var quote = Next(2);

        Change(book);
        book.Begin(snapshot).ShouldBeTrue();

        (book.IsLive, book.Levels.BestBid, book.Levels.BestAsk).ShouldBe((true, quote.Bid, quote.Ask));
    }

    [Fact]
    public void Quotes_are_the_same_whether_a_book_is_kept_or_not()
    {
        var other = new SimulatedSymbol("SIM01", 100, seed: 3, firstId: 1);
        other.OpenBook();
        var with = new byte[256];

        for (var i = 1; i < 1_000; i++)
        {
            var length = symbol.Next(i, frame);

            with.AsSpan(0, other.Next(i, with)).SequenceEqual(frame.AsSpan(0, length)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"last":1,"bids":[["1"]],"asks":[]}""")]
    [InlineData("""{"last":1,"bids":[["x","1"]],"asks":[]}""")]
    [InlineData("nothing")]
    public void What_is_no_snapshot_is_refused(string answer) =>
        Should.Throw<FormatException>(() => exchange.ReadSnapshot(Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public async Task A_collector_with_depth_finds_that_books_and_quotes_agree()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var options = new CollectOptions
        {
            Exchange = CollectService.Simulator,
            Symbols = ["SIM01", "SIM02", "SIM03"],
            Depth = true,
            Simulation = new SimulationOptions { Rate = 200 },
            LogFolder = world.LogFolder,
        };

        var result = await CollectService.RunAsync(
            options,
            world.Store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(state =>
            {
                if (state.Recorded > 1_000)
                {
                    stop.Cancel();
                }
            }),
            stop.Token
        );

        result.Agreement.ShouldBe(1.0);
        result.Lost.ShouldBe(0);
        (await world.GapsAsync()).ShouldBeEmpty();
    }

    private (BookLevel Bid, BookLevel Ask) Next(int quotes)
    {
        for (var i = 0; i < quotes; i++)
        {
            exchange.Read(frame.AsSpan(0, symbol.Next(1, frame)), message);
        }

        return (new BookLevel(message.BidPrice, message.BidAmount), new BookLevel(message.AskPrice, message.AskAmount));
    }

    private BookStep Change(LiveBook book)
    {
        exchange.Read(Written(json => symbol.WriteChanges(1, json)), message);
        message.Kind.ShouldBe(MessageKind.Depth);
        return book.Apply(message);
    }

    private BookSnapshot Snapshot() => exchange.ReadSnapshot(Written(symbol.WriteSnapshot));

    private static ReadOnlySpan<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenSpan;
    }
}
