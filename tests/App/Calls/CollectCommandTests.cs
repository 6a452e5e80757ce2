using System.Diagnostics;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

/// <summary><c>trading collect</c> and <c>trading replay</c> as programs.</summary>
public sealed class CollectCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path) { Environment = { ["TRADEPOST_DATA"] = "data" } };

    [Fact]
    public async Task A_replay_ends_by_itself_when_everything_is_in_the_store()
    {
        WriteQuotes(5_000, microsecondsApart: 1_000);

        var result = await Tradepost.RunJsonAsync("trading", "collect", "--replay", "quotes.csv", "--speed", "0");

        result.GetProperty("recorded").GetInt64().ShouldBe(5_000);
        result.GetProperty("waiting").GetInt64().ShouldBe(0);
        (await CountAsync()).ShouldBe(5_000);
    }

    [Fact]
    public async Task Told_to_stop_it_writes_what_it_has_and_ends_well()
    {
        WriteQuotes(100_000, microsecondsApart: 1_000);
        using var process = Tradepost.Start("trading", "collect", "--replay", "quotes.csv", "--json");
        await UntilRecordedAsync();

        var result = await TerminateAsync(process);

        result.ExitCode.ShouldBe(0, result.Errors);
        var recorded = result.Json().GetProperty("recorded").GetInt64();
        recorded.ShouldBeInRange(1, 99_999);
        result.Json().GetProperty("waiting").GetInt64().ShouldBe(0);
        (await CountAsync()).ShouldBe(recorded);
    }

    [Fact]
    public async Task Told_to_stop_while_the_store_is_away_it_leaves_all_in_the_log()
    {
        WriteQuotes(100_000, microsecondsApart: 1_000);
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] = "postgresql://app:secret@127.0.0.1:1/db?sslmode=disable";
        using var process = tradepost.Start("trading", "collect", "--replay", "quotes.csv", "--json");
        await UntilRecordedAsync();

        var result = await TerminateAsync(process);

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Json().GetProperty("recorded").GetInt64().ShouldBePositive();
        result.Json().GetProperty("waiting").GetInt64().ShouldBe(result.Json().GetProperty("recorded").GetInt64());
    }

    [Theory]
    [InlineData("The recording cannot be opened: Could not find file", 1, "--replay", "missing.csv")]
    [InlineData("garbled.csv, line 1: expected is a time in nanoseconds", 1, "--replay", "garbled.csv")]
    [InlineData("garbled.csv.gz is no whole gzip file", 1, "--replay", "garbled.csv.gz")]
    [InlineData("--fault is 'earthquake@3'; expected is KIND@FRAMES", 2, "--replay", "garbled.csv", "--fault", "earthquake@3")]
    [InlineData("--speed is -1; expected is a number from 0", 2, "--replay", "garbled.csv", "--speed=-1")]
    [InlineData("--replay takes the place of an exchange", 2, "--replay", "garbled.csv", "--exchange", "simulator")]
    [InlineData("--symbols is missing; expected are names such as BTCUSDT", 2)]
    [InlineData("--symbols has 'A\"B'; expected is a name of 1 to 20 characters", 2, "--symbols", "A\"B")]
    [InlineData("--fault is of a recording that is played", 2, "--exchange", "simulator", "--fault", "drop@3")]
    [InlineData("--fault is of a recording that is played", 2, "--symbols", "BTCUSDT", "--fault", "drop@3")]
    [InlineData("--speed is of a recording that is played", 2, "--exchange", "simulator", "--speed", "10")]
    [InlineData("--rate is of the simulator", 2, "--symbols", "BTCUSDT", "--rate", "10")]
    [InlineData("--seed is of the simulator", 2, "--replay", "garbled.csv", "--seed", "10")]
    [InlineData("--seed is of the simulator", 2, "--exchange", "simulator", "--stream-url", "ws://127.0.0.1:1", "--seed", "10")]
    [InlineData("leave --rest-url out", 2, "--exchange", "simulator", "--rest-url", "http://127.0.0.1:1")]
    [InlineData("leave --flush-interval out", 2, "--exchange", "simulator", "--storage", "file", "--flush-interval", "5")]
    [InlineData("leave --retain out", 2, "--exchange", "simulator", "--storage", "file", "--retain", "5")]
    [InlineData("--fault stall@3 lasts for no time", 2, "--replay", "garbled.csv", "--fault", "stall@3")]
    [InlineData("has quotes and nothing else; leave --depth and --trades out", 2, "--replay", "rows.csv", "--depth")]
    [InlineData("has quotes and nothing else; leave --depth and --trades out", 2, "--replay", "rows.csv", "--trades")]
    [InlineData(
        "names the exchange of each of its rows (coinbase); leave --exchange out",
        2,
        "--replay",
        "rows.csv",
        "--exchange",
        "binance"
    )]
    [InlineData("has nothing of ETH-USD; it has BTC-USD", 2, "--replay", "rows.csv", "--symbols", "ETH-USD")]
    [InlineData("--fault drop@3 comes after 3 frames, and the recording has 1", 2, "--replay", "rows.csv", "--fault", "drop@3")]
    public async Task What_cannot_be_collected_is_said_in_one_sentence(string sentence, int code, params string[] arguments)
    {
        folder.Write("garbled.csv", "not,a,recording\n");
        folder.Write(
            "rows.csv",
            "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount\ncoinbase,BTC-USD,1700000000000123,1700000000000456,1.5,37000.5,37000.4,2.25\n"
        );
        folder.Write("garbled.csv.gz", "not a gzip file either\n");

        var result = await Tradepost.RunAsync(["trading", "collect", .. arguments]);

        result.ExitCode.ShouldBe(code);
        result.Errors.ReplaceLineEndings(" ").ShouldContain(sentence);
        result.Errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task The_same_request_to_stop_sent_twice_within_milliseconds_is_one()
    {
        WriteQuotes(100_000, microsecondsApart: 1_000);
        using var process = Tradepost.Start("trading", "collect", "--replay", "quotes.csv", "--json");
        await UntilRecordedAsync();

        var id = process.Id.ToString();
        await Commands.RunAsync("sh", ["-c", $"kill -TERM {id}; kill -TERM {id}; kill -INT {id}"]);
        var result = await TradepostProcess.FinishAsync(process);

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Json().GetProperty("recorded").GetInt64().ShouldBePositive();
        result.Json().GetProperty("waiting").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Gaps_are_said_apart_from_quotes_and_a_recording_says_nothing_of_the_clock()
    {
        WriteQuotes(10_000, microsecondsApart: 1_000);

        // A connection that is cut is a gap once the stream is heard again, for which there are nine seconds; the times of the file are long past.
        var result = await Tradepost.RunAsync("trading", "collect", "--replay", "quotes.csv", "--speed", "1", "--fault", "drop@500");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldNotContain("clock");
        result.Output.ShouldMatch(@"gaps noted\s+1\b");
        var recorded = await CountAsync();
        result.Output.ShouldMatch(FormattableString.Invariant($@"recorded\s+{recorded:N0}\b"));
        result.Output.ShouldMatch(FormattableString.Invariant($@"in the store\s+{recorded:N0}\b"));
    }

    [Fact]
    public async Task A_symbol_that_is_not_there_is_not_exported()
    {
        WriteQuotes(10, microsecondsApart: 1_000);
        await Tradepost.RunJsonAsync("trading", "collect", "--replay", "quotes.csv", "--speed", "0");

        var result = await Tradepost.RunAsync("trading", "export", "--symbol", "NOSUCH", "--out", "out.csv");

        result.ExitCode.ShouldBe(1);
        result.Errors.ReplaceLineEndings(" ").ShouldContain("There is nothing of NOSUCH in ");
        File.Exists(folder.Combine("out.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_replay_server_says_how_to_collect_from_it()
    {
        WriteQuotes(2_000, microsecondsApart: 1_000);
        using var server = Tradepost.Start("trading", "replay", "quotes.csv", "--speed", "0");
        (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!.ShouldContain("2,000 frames of BTCUSDT");
        var call = (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!.Trim().Split(' ');

        using var collector = Tradepost.Start([.. call[1..], "--json"]);
        (await TradepostProcess.FinishAsync(server)).ExitCode.ShouldBe(0);
        var result = await TerminateAsync(collector);

        result.Json().GetProperty("recorded").GetInt64().ShouldBe(2_000);
        (await CountAsync()).ShouldBe(2_000);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<TradepostResult> TerminateAsync(Process process)
    {
        await Commands.RunAsync("kill", ["-TERM", process.Id.ToString()]);
        return await TradepostProcess.FinishAsync(process);
    }

    private async Task<long> CountAsync() =>
        (await Tradepost.RunJsonAsync("db", "query", "SELECT count(*) AS n FROM orderbook_data")).GetProperty("rows")[0][0].GetInt64();

    /// <summary>Some of it is in the log.</summary>
    private async Task UntilRecordedAsync()
    {
        var log = folder.Combine("data/trading/log");
        while (!Directory.Exists(log) || Directory.GetFiles(log, "*.log").Sum(file => new FileInfo(file).Length) < 20_000)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    private void WriteQuotes(int count, int microsecondsApart)
    {
        const long from = 1_723_100_000_000_000;
        var lines = Enumerable
            .Range(0, count)
            .Select(i =>
                $"binance-futures,BTCUSDT,{from + (i * (long)microsecondsApart)},{from + (i * (long)microsecondsApart) + 500},1.{i % 1000:000},57000.2,57000.1,2.{i % 1000:000}"
            );
        folder.Write(
            "quotes.csv",
            "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount\n" + string.Join('\n', lines) + "\n"
        );
    }
}
