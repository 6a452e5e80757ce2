using System.Globalization;
using System.Text;
using Tradepost.Tests.Support;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Tests.Replaying;

/// <summary>Captures of several symbols, with and without order books, as a replay serves them.</summary>
public sealed class RecordingTests : IDisposable
{
    private const long Began = 1_723_118_400_000_000_000;

    private readonly TemporaryFolder folder = new();
    private readonly BinanceExchange exchange = new(BinanceMarket.UsdFutures);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"lastUpdateId":%ID%,"bids":[["%BID%","1"]],"asks":[["%ASK%","1"]]}""")]
    [InlineData("""{"symbol":"%SYMBOL%","lastUpdateId":%ID%,"bids":[["%BID%","1"]],"asks":[["%ASK%","1"]]}""")]
    [InlineData("""{"stream":"%STREAM%@depthSnapshot","data":{"lastUpdateId":%ID%,"bids":[["%BID%","1"]],"asks":[["%ASK%","1"]]}}""")]
    public async Task Each_symbol_of_a_capture_has_its_own_snapshot(string form)
    {
        string Snapshot(string symbol, long id, string bid, string ask) =>
            form.Replace("%SYMBOL%", symbol, StringComparison.Ordinal)
                .Replace("%STREAM%", symbol.ToLowerInvariant(), StringComparison.Ordinal)
                .Replace("%ID%", id.ToString(), StringComparison.Ordinal)
                .Replace("%BID%", bid, StringComparison.Ordinal)
                .Replace("%ASK%", ask, StringComparison.Ordinal);

        // One sequence of numbers for both, as on the exchange: only the prices tell whose a nameless snapshot is.
        var file = Write(
            Depth("BTCUSDT", 100, 110, 99, "57000.1"),
            Depth("ETHUSDT", 111, 120, 98, "2400.5"),
            Snapshot("ETHUSDT", 115, "2400.4", "2400.6"),
            Snapshot("BTCUSDT", 105, "57000.0", "57000.2"),
            Depth("BTCUSDT", 121, 130, 110, "57000.1"),
            Depth("ETHUSDT", 131, 140, 120, "2400.5")
        );
        var recording = Recording.Open(file, exchange);
        recording.Frames.Where(frame => frame.IsSnapshot).Select(frame => frame.Symbol).ShouldBe(["ETHUSDT", "BTCUSDT"]);
        await using var server = new ReplayServer(exchange, recording.Frames, speed: 0, [], TimeProvider.System);
        using var http = new HttpClient();

        async Task<BookSnapshot> Ask(string symbol) =>
            exchange.ReadSnapshot(await http.GetByteArrayAsync(new Uri($"{server.Rest}?symbol={symbol}"), Cancellation));

        (await Ask("BTCUSDT")).ShouldSatisfyAllConditions(
            book => book.LastUpdateId.ShouldBe(105),
            book => book.Bids.Single().Price.ShouldBe(5_700_000_000_000)
        );
        (await Ask("ETHUSDT")).ShouldSatisfyAllConditions(
            book => book.LastUpdateId.ShouldBe(115),
            book => book.Bids.Single().Price.ShouldBe(240_040_000_000)
        );
        (await http.GetAsync(new Uri($"{server.Rest}?symbol=XRPUSDT"), Cancellation)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.BadRequest
        );
    }

    [Fact]
    public async Task A_capture_with_a_snapshot_and_no_changes_of_books_is_played()
    {
        var file = Write(Quote("BTCUSDT", 1), """{"lastUpdateId":5,"bids":[["57000.0","1"]],"asks":[]}""", Quote("BTCUSDT", 2));

        var recording = Recording.Open(file, exchange);
        await using var server = new ReplayServer(exchange, recording.Frames, speed: 0, [], TimeProvider.System);

        (recording.Summary.Frames, recording.Summary.HasDepth).ShouldBe((2, false));
        recording.Summary.Symbols.ShouldBe(["BTCUSDT"]);
    }

    [Fact]
    public void Changes_that_were_recorded_at_another_speed_are_offered_under_the_usual_name_however_that_is_written()
    {
        var file = Write(
            """{"stream":"\u725b\u89d2usdt@depth@0ms","data":{"e":"depthUpdate","E":1723118400000,"T":1723118400000,"s":"\u725b\u89d2USDT","U":1,"u":2,"pu":0,"b":[["1","1"]],"a":[]}}"""
        );

        var frame = Recording.Open(file, exchange).Frames.ShouldHaveSingleItem();

        (frame.Stream, frame.Symbol).ShouldBe(("牛角usdt@depth@100ms", "牛角USDT"));
        var message = new MarketMessage();
        exchange.Read(frame.Frame, message);
        (message.Stream, message.UpdateId).ShouldBe(("牛角usdt@depth@100ms", 2));
    }

    [Fact]
    public void Lines_of_a_file_of_quotes_that_are_no_rows_are_said_and_not_played()
    {
        var file = folder.Write(
            "quotes.csv",
            string.Join('\n', [TapeWorld.Header, .. TapeWorld.Lines(3), "not,a,row", "", .. TapeWorld.Lines(2, first: 3)]) + "\n"
        );

        var recording = Recording.Open(file, exchange);

        recording.Summary.Frames.ShouldBe(5);
        recording.Summary.LeftOut.ShouldBe(
            $"2 lines of {file} are no rows and are not played, the first line 5 (wrong_column_count); `tradepost trading import` keeps such lines with their reasons."
        );
        recording.Frames.Count().ShouldBe(5);
    }

    [Theory]
    [InlineData("stall@0", "lasts for no time")]
    [InlineData("silence@0:2", "names no stream")]
    [InlineData("drop@2", "comes after 2 frames, and the recording has 2")]
    [InlineData("drop@0:0:ethusdt@bookTicker", "befalls ethusdt@bookTicker, and the recording has btcusdt@bookTicker")]
    [InlineData("too-many@0:1", "befalls snapshots of order books, and the recording has no changes of any")]
    public void A_fault_that_would_never_come_is_refused(string fault, string reason)
    {
        var summary = Recording.Open(Write(Quote("BTCUSDT", 1), Quote("BTCUSDT", 2)), exchange).Summary;

        var refusal = Should.Throw<RecordingException>(() => ReplayService.FaultsOf([fault], summary));

        refusal.Message.ShouldStartWith($"--fault {fault} {reason}");
        refusal.ExitCode.ShouldBe(2);
    }

    public void Dispose() => folder.Dispose();

    private static string Quote(string symbol, long id) =>
        $$$"""{"stream":"{{{symbol.ToLowerInvariant()}}}@bookTicker","data":{"e":"bookTicker","u":{{{id}}},"E":1723118400000,"T":1723118400000,"s":"{{{symbol}}}","b":"57000.1","B":"1","a":"57000.2","A":"2"}}""";

    private static string Depth(string symbol, long first, long last, long before, string price) =>
        $$$"""{"stream":"{{{symbol.ToLowerInvariant()}}}@depth@100ms","data":{"e":"depthUpdate","E":1723118400000,"T":1723118400000,"s":"{{{symbol}}}","U":{{{first}}},"u":{{{last}}},"pu":{{{before}}},"b":[["{{{price}}}","1"]],"a":[]}}""";

    private string Write(params string[] frames)
    {
        var capture = new StringBuilder();
        foreach (var (number, frame) in frames.Index())
        {
            capture.Append(CultureInfo.InvariantCulture, $"{Began + (number * 1_000_000L)} {frame}\n");
        }

        return folder.Write("capture.txt", capture.ToString());
    }
}
