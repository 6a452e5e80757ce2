using System.Text;
using Tradepost.Storage;
using Tradepost.Streams;
using Tradepost.Tests.Support;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>Frames of an exchange on their way into the log, those that users of such exchanges report among them.</summary>
public sealed class IntakeTests : IAsyncDisposable
{
    private const long Noon = 1_723_118_400_000_000;
    private const string Stream = "btcusdt@bookTicker";

    private readonly TemporaryFolder folder = new();
    private readonly DurableLog log;
    private readonly SaidLogger said = new();
    private readonly Feed quotes = new(Stream, "binance-futures", "BTCUSDT", Subscription.Quotes);
    private readonly Feed depth = new("btcusdt@depth@100ms", "binance-futures", "BTCUSDT", Subscription.Depth);
    private readonly Intake intake;

    public IntakeTests()
    {
        log = DurableLog.Open(folder.Path, new LogOptions(), TimeProvider.System);
        intake = Make();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quote_is_stamped_when_it_comes_and_not_when_the_log_has_time_for_it()
    {
        await using var server = new FrameServer(
            new ServedProtocol(
                _ => new ServedSubscription([Stream], [.. """{"result":null,"id":1}"""u8]),
                (_, _) => throw new NotSupportedException()
            )
        );
        var exchange = new BinanceExchange(BinanceMarket.UsdFutures, server.Stream, server.Rest);
        await using var connection = await FeedConnection.OpenAsync(
            exchange,
            "public",
            [quotes],
            intake,
            TimeProvider.System,
            isSecond: false,
            Cancellation
        );
        await UntilAsync(() => connection.Acknowledged > 0);
        var released = 0L;

        await intake.ReadAsync(
            () =>
            {
                var before = connection.LastReceived;
                server.SendAsync(Stream, Bytes(Quote(1)), Cancellation).AsTask().Wait(Cancellation);
                SpinWait.SpinUntil(() => connection.LastReceived > before);
                SpinWait.SpinUntil(() => (released = TimeProvider.System.Microseconds()) > connection.LastReceived + 20_000);
            },
            Cancellation
        );

        await UntilAsync(() => intake.Recorded == 1);
        (await QuotesAsync()).Single().LocalTimestamp.ShouldBeLessThan(released);
    }

    [Fact]
    public async Task Quotes_that_are_the_same_to_the_microsecond_stay_apart()
    {
        await TakeAsync(Quote(1), Noon);
        await TakeAsync(Quote(2), Noon);
        await TakeAsync(Quote(3), Noon - 1);
        await TakeAsync(Quote(4), Noon - 60_000_000);

        (await QuotesAsync()).Select(quote => quote.LocalTimestamp).ShouldBe([Noon, Noon + 1, Noon + 2, Noon - 60_000_000]);
    }

    [Theory]
    [InlineData("0.00", "0", "100.5", "3", false, true)]
    [InlineData("", "", "100.5", "3", false, true)]
    [InlineData("100.4", "2", "0.00000000", "0.000", true, false)]
    [InlineData("100.4", "0", "100.5", "3", true, true)]
    [InlineData("100.4", "123456789012.12345678", "100.5", "3", true, true)]
    public async Task A_side_without_orders_is_empty(string bid, string bidAmount, string ask, string askAmount, bool hasBid, bool hasAsk)
    {
        await TakeAsync(Quote(1, bid: bid, bidAmount: bidAmount, ask: ask, askAmount: askAmount), Noon);

        var quote = (await QuotesAsync()).ShouldHaveSingleItem();
        (quote.HasBid, quote.HasAsk).ShouldBe((hasBid, hasAsk));
        quotes.Gap.ShouldBeNull();
    }

    [Theory]
    [InlineData("100.6", "1", "100.5", "1", "BTCUSDT", 1_723_118_400_000, "crossed")]
    [InlineData("0", "0", "0", "0", "BTCUSDT", 1_723_118_400_000, "neither_side")]
    [InlineData("0", "5", "100.5", "1", "BTCUSDT", 1_723_118_400_000, "price_not_positive")]
    [InlineData("100.4", "-1", "100.5", "1", "BTCUSDT", 1_723_118_400_000, "negative_amount")]
    [InlineData("100.4", "1", "1000000000000", "1", "BTCUSDT", 1_723_118_400_000, "is not a decimal of at most 12 digits and 8 places")]
    [InlineData("100.4", "1", "100.5", "1", "A,B", 1_723_118_400_000, "its symbol is 'A,B'; expected is a name of 1 to 20 characters")]
    [InlineData("100.4", "1", "100.5", "1", "ABCDEFGHIJKLMNOPQRSTU", 1_723_118_400_000, "its symbol is 'ABCDEFGHIJKLMNOPQRSTU'")]
    [InlineData("100.4", "1", "100.5", "1", "BTCUSDT", 1_723_118_400_000_000, "timestamp_out_of_range")]
    public async Task What_no_reader_would_take_back_is_a_gap(
        string bid,
        string bidAmount,
        string ask,
        string askAmount,
        string symbol,
        long time,
        string reason
    )
    {
        await TakeAsync(Quote(1), Noon);
        await TakeAsync(Quote(2, symbol, bid, bidAmount, ask, askAmount, time), Noon + 1_000);
        await TakeAsync(Quote(3), Noon + 2_000);

        (await QuotesAsync()).Select(quote => quote.UpdateId).ShouldBe([1, 3]);
        (await GapsAsync())
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                gap => gap.Reason.ShouldBe(GapReason.Malformed),
                gap => (gap.FromUpdateId, gap.ToUpdateId).ShouldBe((1, 3))
            );
        said.Lines.ShouldContain(line => line.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quotes_go_on_when_an_exchange_counts_its_updates_anew()
    {
        for (var id = 0; id < 5_000; id++)
        {
            await TakeAsync(Quote(1_000_000 + id, time: 1_723_118_400_000 + id), Noon + (id * 1_000L));
        }

        await TakeAsync(Quote(1_000_100, time: 1_723_118_400_100), Noon + 5_000_000); // only late
        await TakeAsync(Quote(7, time: 1_723_118_500_000), Noon + 100_000_000);
        await TakeAsync(Quote(8, time: 1_723_118_500_001), Noon + 100_001_000);

        (await QuotesAsync()).Skip(5_000).Select(quote => quote.UpdateId).ShouldBe([7, 8]);
        intake.Repeated.ShouldBe(1);
        (await GapsAsync())
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                gap => gap.Reason.ShouldBe(GapReason.Sequence),
                gap => (gap.FromUpdateId, gap.ToUpdateId).ShouldBe((1_004_999, 7)),
                gap => (gap.From, gap.To).ShouldBe((Noon + 4_999_000, Noon + 100_000_000))
            );
    }

    [Fact]
    public async Task A_book_begins_anew_when_an_exchange_counts_its_updates_anew()
    {
        await TakeAsync(Depth(first: 101, last: 110, before: 100, time: 1_723_118_400_000), Noon);
        await UntilAsync(() => intake.Books["BTCUSDT"].Fetching.IsCompleted);
        intake.Books["BTCUSDT"].Book.IsLive.ShouldBeTrue();

        await TakeAsync(Depth(first: 3, last: 5, before: 2, time: 1_723_118_500_000), Noon + 100_000_000);

        intake.Books["BTCUSDT"].Book.IsLive.ShouldBeFalse();
        intake.Books["BTCUSDT"].Book.NeedsSnapshot.ShouldBeTrue();
        depth.Gap!.Reason.ShouldBe(GapReason.Sequence);
    }

    [Fact]
    public async Task Whatever_a_request_for_a_snapshot_fails_with_it_is_made_again()
    {
        var failures = new Queue<Exception>([new InvalidOperationException("first"), new NotSupportedException("second")]);
        await using var other = Make(time: new ManualTime { SkipsDelays = true }, fetch: () =>
            failures.TryDequeue(out var failure) ? throw failure : new BookSnapshot(105, [new BookLevel(1, 1)], [])
        );

        await other.TakeAsync(
            Bytes(Depth(first: 101, last: 110, before: 100, time: 1_723_118_400_000)),
            Noon,
            isSecond: false,
            Cancellation
        );
        await other.Books["BTCUSDT"].Fetching;

        other.Books["BTCUSDT"].Book.IsLive.ShouldBeTrue();
        said.Lines.Count(line => line.Contains("snapshot", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task What_an_exchange_refuses_is_said_in_its_words()
    {
        var (kind, feed) = await intake.TakeAsync(
            Bytes("""{"error":{"code":2,"msg":"Invalid request: delisted symbol"},"id":1}"""),
            Noon,
            isSecond: false,
            Cancellation
        );

        (kind, feed).ShouldBe((MessageKind.Refusal, null));
        said.Lines.ShouldContain(line => line.Contains("Invalid request: delisted symbol", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_recording_says_nothing_of_this_machines_clock(bool watches, bool warned)
    {
        await using var other = Make(watches);
        for (var id = 1; id <= 10_000; id++)
        {
            await other.TakeAsync(Bytes(Quote(id)), Noon + 86_400_000_000 + id, isSecond: false, Cancellation);
        }

        said.Lines.Any(line => line.Contains("clock", StringComparison.Ordinal)).ShouldBe(warned);
    }

    public async ValueTask DisposeAsync()
    {
        await intake.DisposeAsync();
        await log.DisposeAsync();
        folder.Dispose();
    }

    private Intake Make(bool watchesClock = true, TimeProvider? time = null, Func<BookSnapshot>? fetch = null) =>
        new(new BinanceExchange(BinanceMarket.UsdFutures), [quotes, depth], log, time ?? TimeProvider.System, said, (_, _) =>
            Task.FromResult(fetch?.Invoke() ?? new BookSnapshot(105, [new BookLevel(1, 1)], [new BookLevel(2, 1)]))
        )
        {
            WatchesClock = watchesClock,
        };

    private static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame);

    private static string Quote(
        long id,
        string symbol = "BTCUSDT",
        string bid = "100.4",
        string bidAmount = "1",
        string ask = "100.5",
        string askAmount = "1",
        long time = 1_723_118_400_000
    ) =>
        $$$"""{"stream":"{{{Stream}}}","data":{"e":"bookTicker","u":{{{id}}},"E":{{{time}}},"T":{{{time}}},"s":"{{{symbol}}}","b":"{{{bid}}}","B":"{{{bidAmount}}}","a":"{{{ask}}}","A":"{{{askAmount}}}"}}""";

    private static string Depth(long first, long last, long before, long time) =>
        $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":{{{time}}},"T":{{{time}}},"s":"BTCUSDT","U":{{{first}}},"u":{{{last}}},"pu":{{{before}}},"b":[["1","1"]],"a":[["2","1"]]}}""";

    private static async Task UntilAsync(Func<bool> isThere)
    {
        while (!isThere())
        {
            await Task.Delay(5, Cancellation);
        }
    }

    private ValueTask<(MessageKind Kind, Feed? Feed)> TakeAsync(string frame, long local) =>
        intake.TakeAsync(Bytes(frame), local, isSecond: false, Cancellation);

    private async Task<List<Quote>> QuotesAsync()
    {
        var records = new QuoteRecords();
        return [.. (await RecordsAsync(RecordKind.Quote)).Select(record => records.ReadQuote(record))];
    }

    private async Task<List<Gap>> GapsAsync()
    {
        var records = new QuoteRecords();
        return [.. (await RecordsAsync(RecordKind.Gap)).Select(record => records.ReadGap(record))];
    }

    private async Task<List<byte[]>> RecordsAsync(RecordKind kind)
    {
        await log.FlushAsync(Cancellation);
        using var reader = log.Read("test", log.First);
        var (batch, found) = (new LogBatch(), new List<byte[]>());
        while (reader.Position < log.Durable && await reader.ReadAsync(batch, Cancellation))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (QuoteRecords.KindOf(batch[i]) == kind)
                {
                    found.Add(batch[i].ToArray());
                }
            }
        }

        return found;
    }
}
