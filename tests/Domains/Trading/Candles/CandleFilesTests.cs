using System.Globalization;
using System.IO.Compression;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Tests.Support;
using Tradepost.Trading.Candles;

namespace Tradepost.Trading.Tests.Candles;

/// <summary>Files of candles by the names of their columns.</summary>
public sealed class CandleFilesTests
{
    private const string Header = "unix,open,high,low,close,Volume BTC";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_dirty_hourly_file_gives_one_candle_an_hour_and_a_report_that_equals_a_count_by_hand(StoreKind kind)
    {
        var path = TapeWorld.Shared("candles/cdd_Binance_BTCUSDT_1h_DIRTY.csv.gz");
        var counted = DirtyCount.Of(path);
        await using var world = await CandleWorld.CreateAsync(kind);

        var file = (await CandleWorld.CandlesAsync(world, path)).Files.ShouldHaveSingleItem();

        (file.Exchange, file.Symbol, file.Timeframe, file.Comments).ShouldBe(("binance-futures", "BTCUSDT", "1h", 1));
        (file.Rows, file.Candles, file.Duplicates, file.Conflicts).ShouldBe(
            (counted.Rows, counted.Hours, counted.Duplicates, counted.Conflicts)
        );
        (file.Missing, file.Gaps, file.TimeConflicts).ShouldBe((counted.Missing, counted.Gaps, counted.OtherDates));
        file.Units.ShouldBe(new Dictionary<string, long> { ["seconds"] = counted.Seconds, ["milliseconds"] = counted.Milliseconds });
        file.KeptAside.ShouldBe(counted.Duplicates);
        (await TapeWorld.CountAsync(world, "candles")).ShouldBe(counted.Hours);
        (await TapeWorld.CountAsync(world, "(SELECT DISTINCT open_time FROM candles) AS hours")).ShouldBe(counted.Hours);
        (await TapeWorld.CountAsync(world, "rejects WHERE source_table = 'candles'")).ShouldBe(counted.Duplicates);
        (await TapeWorld.CountAsync(world, "rejects WHERE rule = 'conflicting_candle'")).ShouldBe(counted.Conflicts);
    }

    [Theory]
    [InlineData("pixelalpha_BTCUSDT_1h_2020_2024.csv.gz", "BTCUSDT", "1h", 37_660)]
    [InlineData("pixelalpha_ETHUSDT_1h_2020_2024.csv.gz", "ETHUSDT", "1h", 37_660)]
    [InlineData("nautilus_btc-perp_1m_20211231-20220201.csv.gz", "BTC-PERP", "1m", 45_031)]
    public async Task Clean_files_are_taken_whole(string name, string symbol, string timeframe, long candles)
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);

        var file = (await CandleWorld.CandlesAsync(world, TapeWorld.Shared($"candles/{name}"))).Files.ShouldHaveSingleItem();

        (file.Symbol, file.Timeframe, file.Rows, file.Candles).ShouldBe((symbol, timeframe, candles, candles));
        (file.Duplicates, file.Conflicts, file.Missing, file.KeptAside, file.Changed).ShouldBe((0, 0, 0, 0, candles));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_file_that_is_read_again_changes_nothing(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        var path = TapeWorld.Write(world, "BTCUSDT_1h.csv", [Header, .. CandleWorld.Lines(300), .. CandleWorld.Lines(5), "1,2"]);
        var first = await CandleWorld.CandlesAsync(world, path);
        var before = await CandleWorld.RowsAsync(world, "SELECT * FROM candles ORDER BY open_time");
        var aside = await TapeWorld.CountAsync(world, "rejects");

        var again = await CandleWorld.CandlesAsync(world, path);

        (first.Changed, again.Changed).ShouldBe((300, 0));
        (again.Files[0] with { Changed = 300 }).ToString().ShouldBe(first.Files[0].ToString());
        (await CandleWorld.RowsAsync(world, "SELECT * FROM candles ORDER BY open_time")).ShouldBe(before);
        (await TapeWorld.CountAsync(world, "rejects")).ShouldBe(aside);
        aside.ShouldBe(6);
    }

    [Fact]
    public async Task Columns_are_found_by_name_in_any_order_and_times_in_any_unit()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        string[] lines =
        [
            "https://example.com",
            "Close;Taker buy base asset volume;date;Volume USDT;Low;High;Open;Volume BTC;symbol;tradecount;note",
            "101.5;1;2024-01-01 00:00:00;200;99;102;100;2;BTC/USDT;7;a",
            "# a comment",
            "102;1;2024-01-01 01-AM;200;99;103;101;2;BTC/USDT;7;b",
            "103;1;1704074400;200;99;104;102;2;BTC/USDT;7;c",
            "104;1;1704078000000;200;99;105;103;2;BTC/USDT;NULL;d",
            "105;1;1704081600000000;200;99;106;104;2;BTC/USDT;7;e",
            "106;1;2024-01-01T06:00:00+01:00;200;99;107;105;2;BTC/USDT;7;f",
        ];

        var file = (
            await CandleWorld.CandlesAsync(
                world,
                new CandlesOptions { Files = [CandleWorld.Zip(world, "all.zip", "candles.csv", lines)], Exchange = "binance" }
            )
        ).Files.ShouldHaveSingleItem();

        (file.Symbol, file.Rows, file.Candles, file.Missing, file.Comments).ShouldBe(("BTCUSDT", 6, 6, 0, 2));
        file.Units.ShouldBe(
            new Dictionary<string, long>
            {
                ["text"] = 3,
                ["seconds"] = 1,
                ["milliseconds"] = 1,
                ["microseconds"] = 1,
            }
        );
        var stored = await CandleWorld.StoredAsync(world, new CandleKey("binance", "BTCUSDT", Timeframe.Hour, CandleKey.File));
        stored[0]
            .ShouldBe(
                new Candle(CandleWorld.Start * Moment.Second, 100, 102, 99, 101.5)
                {
                    Volume = 2,
                    QuoteVolume = 200,
                    Trades = 7,
                    TakerBuyVolume = 1,
                }
            );
        stored.Select(candle => (candle.OpenTime / Moment.Hour) % 24).ShouldBe([0, 1, 2, 3, 4, 5]);
        stored[3].Trades.ShouldBe(double.NaN);
    }

    [Fact]
    public async Task Of_two_rows_of_one_hour_the_one_with_more_values_counts_then_the_greater_volume_then_the_first()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var path = TapeWorld.Write(
            world,
            "BTCUSDT_1h.csv",
            [
                "unix,open,high,low,close,volume,trades",
                "1704067200,10,12,9,11,5,NULL",
                "1704067200,10,12,9,11.5,4,3",
                "1704070800,10,12,9,11,5,3",
                "1704070800,10,12,9,11.5,6,3",
                "1704074400,10,12,9,11,5.000,3",
                "1704074400.0,10.0,12,9,11,5,3",
                "1704078000,10,12,9,11,5,3",
            ]
        );

        var file = (await CandleWorld.CandlesAsync(world, path)).Files[0];

        (file.Candles, file.Duplicates, file.Conflicts).ShouldBe((4, 3, 2));
        var key = new CandleKey("binance-futures", "BTCUSDT", Timeframe.Hour, CandleKey.File);
        (await CandleWorld.StoredAsync(world, key))
            .Select(candle => (candle.Close, candle.Volume))
            .ShouldBe([(11.5, 4), (11.5, 6), (11, 5), (11, 5)]);
        (await CandleWorld.RowsAsync(world, "SELECT problem FROM rejects ORDER BY natural_key")).ShouldBe([
            "BTCUSDT_1h.csv, line 2: line 3 says something else of 2024-01-01 00:00:00, and is taken because it has more values",
            "BTCUSDT_1h.csv, line 4: line 5 says something else of 2024-01-01 01:00:00, and is taken because it has the greater volume",
            "BTCUSDT_1h.csv, line 7: line 6 says the same of 2024-01-01 02:00:00, and is taken because it stands first",
        ]);
    }

    [Theory]
    [InlineData("1704067200,10,12,9,x,5", "wrong_type", "close is 'x'; expected is a number")]
    [InlineData("1704067200,10,12,9,,5", "missing_value", "close has no value")]
    [InlineData("1704067200,10,12,9,11", "wrong_cell_count", "the row has 5 cells; expected are 6, as in the header")]
    [InlineData(
        "yesterday,10,12,9,11,5",
        "wrong_time",
        "the time is 'yesterday'; expected is a date, or seconds, milliseconds or microseconds since 1970"
    )]
    [InlineData("1704067200,10,10.5,9,11,5", "impossible_candle", "high is 10.5, below open or close")]
    [InlineData("1704067200,10,12,10.5,11,5", "impossible_candle", "low is 10.5, above open or close")]
    [InlineData("1704067200,10,12,0,11,5", "impossible_candle", "low is 0; expected is a price above 0")]
    [InlineData("1704067200,10,12,9,11,-5", "impossible_candle", "an amount is below 0")]
    [InlineData("1704067201,10,12,9,11,5", "not_aligned", "2024-01-01 00:00:01 is no whole hour")]
    [InlineData("32503680000,10,12,9,11,5", "not_ended", "the time is '32503680000', which has not come yet")]
    [InlineData(Header, "repeated_header", "the header stands there again")]
    [InlineData("\"1704067200,10,12,9,11,5", "quotes_do_not_match", "a quote begins or ends where none may")]
    public async Task A_row_that_is_no_candle_is_kept_aside_with_its_line_and_the_reason(string line, string rule, string problem)
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var path = TapeWorld.Write(world, "BTCUSDT_1h.csv", [Header, .. CandleWorld.Lines(5, first: 1), line]);

        var file = (await CandleWorld.CandlesAsync(world, path)).Files[0];

        (file.Rows, file.Candles, file.KeptAside).ShouldBe((6, 5, 1));
        file.Rules.ShouldBe(new Dictionary<string, long> { [rule] = 1 });
        (await CandleWorld.RowsAsync(world, "SELECT rule, problem FROM rejects")).ShouldBe([$"{rule} BTCUSDT_1h.csv, line 7: {problem}"]);
    }

    [Fact]
    public async Task A_candle_that_has_not_ended_is_none_yet()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var path = TapeWorld.Write(world, "BTCUSDT_1h.csv", [Header, .. CandleWorld.Lines(5)]);
        var time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(CandleWorld.Start + (4 * 3600) + 3599));
        var context = TapeWorld.Context(world);

        var file = (
            await CandlesJob.RunAsync(
                new CandlesOptions { Files = [path] },
                new JobContext
                {
                    Settings = context.Settings,
                    Store = context.Store,
                    Time = time,
                    Progress = context.Progress,
                    Logger = context.Logger,
                },
                Cancellation
            )
        ).Files[0];

        (file.Candles, file.Rules.ShouldHaveSingleItem().Key).ShouldBe((4, "not_ended"));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Minutes_give_hours_as_they_come(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        var lines = Enumerable
            .Range(0, 180)
            .Where(minute => minute is < 70 or >= 80)
            .Select(minute => $"{CandleWorld.Start + (minute * 60)},{100 + minute},{101 + minute},{99 + minute},{100 + minute},2")
            .ToList();

        await CandleWorld.CandlesAsync(world, TapeWorld.Write(world, "BTCUSDT_1m_a.csv", [Header, .. lines.Take(150)]));
        var key = new CandleKey("binance-futures", "BTCUSDT", Timeframe.Hour, CandleKey.Minutes);
        var before = await CandleWorld.StoredAsync(world, key);
        await CandleWorld.CandlesAsync(world, TapeWorld.Write(world, "BTCUSDT_1m_b.csv", [Header, .. lines.Skip(150)]));
        var after = await CandleWorld.StoredAsync(world, key);

        before
            .Select(hour => (hour.Open, hour.High, hour.Low, hour.Close, hour.Volume, hour.IsWhole))
            .ShouldBe([(100, 160, 99, 159, 120, true), (160, 220, 159, 219, 100, false)]);
        after.Take(2).ShouldBe(before);
        (after[2].Open, after[2].Close, after[2].IsWhole).ShouldBe((220, 279, true));
        (await TapeWorld.CountAsync(world, "candle_changes")).ShouldBe(2);
    }

    [Fact]
    public async Task Times_of_the_end_are_moved_to_the_beginning()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var path = TapeWorld.Write(world, "BTCUSDT_1h.csv", [Header, .. CandleWorld.Lines(5)]);

        var file = (await CandleWorld.CandlesAsync(world, new CandlesOptions { Files = [path], Stamp = CandleStamp.Close })).Files[0];

        (file.From, file.To).ShouldBe((new DateTime(2023, 12, 31, 23, 0, 0), new DateTime(2024, 1, 1, 4, 0, 0)));
    }

    [Theory]
    [InlineData(
        "a,b\n1,2",
        "BTCUSDT_1h.csv",
        1,
        "BTCUSDT_1h.csv has no header of candles; expected are columns such as unix or date, open, high, low, close and volume."
    )]
    [InlineData(
        "unix,open,high,low\n1,2,3,4",
        "BTCUSDT_1h.csv",
        1,
        "BTCUSDT_1h.csv has no header of candles; expected are columns such as unix or date, open, high, low, close and volume, of which close is not there."
    )]
    [InlineData(
        Header + "\n1704067200,10,12,9,11,5",
        "candles.csv",
        2,
        "Neither a column nor the name of candles.csv says which symbol its candles are of; say it with --symbol."
    )]
    [InlineData(
        Header + "\n1704067200,10,12,9,11,5\n1704068100,10,12,9,11,5",
        "BTCUSDT_15m.csv",
        2,
        "Neither a column nor the name of BTCUSDT_15m.csv says which symbol its candles are of; say it with --symbol."
    )]
    [InlineData(
        Header + "\n1704067200,10,12,9,11,5\n1704068100,10,12,9,11,5",
        "BTCUSDT_1h.csv",
        1,
        "Candles of BTCUSDT_1h.csv are 00:15:00 apart; expected are candles of a minute or an hour."
    )]
    [InlineData(
        Header + "\n1704067200,10,12,9,x,5",
        "BTCUSDT_1h.csv",
        1,
        "BTCUSDT_1h.csv has no candles. BTCUSDT_1h.csv, line 2: close is 'x'; expected is a number."
    )]
    public async Task A_file_that_is_none_of_candles_is_refused_in_a_sentence(string text, string name, int exitCode, string sentence)
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var path = TapeWorld.Write(world, name, text.Split('\n'));

        var refusal = await Should.ThrowAsync<JobFailedException>(() => CandleWorld.CandlesAsync(world, path));

        (refusal.ExitCode, refusal.Message).ShouldBe((exitCode, sentence));
        (await TapeWorld.CountAsync(world, "candles")).ShouldBe(0);
    }

    /// <summary>What is wrong with the dirty file, counted line by line without anything of the program.</summary>
    private sealed record DirtyCount(
        long Rows,
        long Hours,
        long Duplicates,
        long Conflicts,
        long Missing,
        long Gaps,
        long OtherDates,
        long Seconds,
        long Milliseconds
    )
    {
        public static DirtyCount Of(string path)
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            var lines = text.ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(2)
                .Select(line => line.Split(','))
                .ToList();
            var hours = lines.GroupBy(cells => SecondsOf(cells[0])).OrderBy(hour => hour.Key).ToList();
            var steps = hours.Zip(hours.Skip(1), (one, next) => ((next.Key - one.Key) / 3600) - 1).Where(missing => missing > 0).ToList();
            return new DirtyCount(
                lines.Count,
                hours.Count,
                hours.Sum(hour => hour.Count() - 1),
                hours.Count(hour => hour.Count() == 2 && !AreTheSame(hour.First(), hour.Last())),
                (long)steps.Sum(),
                steps.Count,
                lines.Count(cells => DateOf(cells[1]) != DateTime.UnixEpoch.AddSeconds((double)SecondsOf(cells[0]))),
                lines.Count(cells => cells[0].Contains('.', StringComparison.Ordinal)),
                lines.Count(cells => !cells[0].Contains('.', StringComparison.Ordinal))
            );
        }

        private static decimal Number(string cell) => decimal.Parse(cell, CultureInfo.InvariantCulture);

        private static decimal SecondsOf(string cell) =>
            Number(cell) is > 100_000_000_000 and var milliseconds ? milliseconds / 1000 : Number(cell);

        private static DateTime DateOf(string cell) =>
            cell[^1] == 'M'
                ? DateTime.ParseExact(cell, "yyyy-MM-dd hh-tt", CultureInfo.InvariantCulture)
                : DateTime.ParseExact(cell, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        /// <summary>Prices are equal; the rougher volume is the finer one rounded.</summary>
        private static bool AreTheSame(string[] a, string[] b)
        {
            var places = Math.Min(PlacesOf(a[7]), PlacesOf(b[7]));
            return Enumerable.Range(3, 4).All(i => Number(a[i]) == Number(b[i]))
                && Math.Abs(Number(a[7]) - Number(b[7])) <= 0.5m * (decimal)Math.Pow(10, -places);
        }

        private static int PlacesOf(string cell) =>
            cell.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? cell.Length - point - 1 : 0;
    }
}
