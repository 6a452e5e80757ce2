using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Tables;
using Tradepost.Streams.Drains;
using Tradepost.Tests.Support;

namespace Tradepost.Streams.Tests.Drains;

/// <summary>A list of tables that is not the quotes', moved to a store and to files by the same loop.</summary>
public sealed class LogDrainTests : IDisposable
{
    private const int Events = 6_000;
    private const long Began = 1_723_118_400_000_000;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_list_of_tables_is_in_the_store_and_in_files_once_and_what_is_no_row_is_passed_over(bool isPostgres)
    {
        await using var store = await OpenAsync(isPostgres);
        await AppendAsync(0, Events / 2);
        await MoveAsync(store);
        await AppendAsync(Events / 2, Events / 2);

        var written = await MoveAsync(store);

        written.ShouldBe([Events / 4, Events / 4]); // of what was left the second time
        await using var connection = await store.OpenAsync(Cancellation);
        var clicks = await connection.ReadAsync(
            "SELECT ad, happened, cost FROM made_clicks ORDER BY happened",
            row => (row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? (decimal?)null : row.GetDecimal(2)),
            Cancellation
        );
        clicks.Count.ShouldBe(Events / 2);
        clicks[0].ShouldBe(("a,\"0\"", Began, 0.05m));
        clicks[1].ShouldBe(("a,\"2\"", Began + 2, null));
        (await connection.ScalarAsync<long>("SELECT count(*) FROM made_views", null, Cancellation)).ShouldBe(Events / 2);
        (await connection.ScalarAsync<long>("SELECT max(position) FROM log_positions", null, Cancellation)).ShouldBe(Events + 2);
        Lines("made_clicks-2024-08-08.csv.gz")
            .Take(3)
            .ShouldBe(["ad,happened,cost", $"\"a,\"\"0\"\"\",{Began},0.05", $"\"a,\"\"2\"\"\",{Began + 2},"]);
        Lines("made_clicks-2024-08-08.csv.gz").Count.ShouldBe(1 + (Events / 2));
        Lines("made_views-2024-08-08.csv.gz").Count.ShouldBe(1 + (Events / 2));
    }

    public void Dispose() => folder.Dispose();

    private async Task<Store> OpenAsync(bool isPostgres)
    {
        var url = isPostgres
            ? (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url
            : $"duckdb://{folder.Combine("store.duckdb")}";
        return Settings
            .Load(
                new SettingSources(
                    new Dictionary<string, string> { [SettingNames.Data] = folder.Path, [SettingNames.DatabaseUrl] = url },
                    new Dictionary<string, string>(),
                    folder.Path,
                    _ => null
                )
            )
            .Store.Open(TimeProvider.System);
    }

    /// <summary>Clicks and views in turn, and behind them a record that is neither.</summary>
    private async Task AppendAsync(int first, int count)
    {
        await using var log = DurableLog.Open(folder.Combine("log"), new LogOptions(), TimeProvider.System);
        for (var i = first; i < first + count; i++)
        {
            var cost = i % 4 == 0 ? "5" : "";
            await log.AppendAsync(
                Encoding.UTF8.GetBytes(i % 2 == 0 ? $"click;a,\"{i % 10}\";{Began + i};{cost}" : $"view;{Began + i}"),
                Cancellation
            );
        }

        await log.AppendAsync("noise"u8.ToArray(), Cancellation);
    }

    /// <summary>Moves what is left to both places; gives how many rows of each table got into the store.</summary>
    private async Task<IReadOnlyList<long>> MoveAsync(Store store)
    {
        await using var log = DurableLog.Open(folder.Combine("log"), new LogOptions(), TimeProvider.System);
        using var toStore = new LogDrain(
            log,
            new MadeTables(),
            new StoreSink(store, log, folder.Combine("log"), _ => false, TimeProvider.System)
            {
                Positions = "log_positions",
                Migrations = [MadeTables.Migrations],
            },
            TimeProvider.System,
            NullLogger.Instance
        );
        var files = FileFolder.Open(folder.Combine("files"), log.First, "the importer");
        using var drains = new LogDrains([
            toStore,
            new LogDrain(log, new MadeTables(), new FileSink(files, log), TimeProvider.System, NullLogger.Instance),
        ]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = drains.RunAsync(stop.Token);
        while (drains.Position < log.Durable && !running.IsCompleted)
        {
            await Task.Delay(5, Cancellation);
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        return toStore.Written;
    }

    private List<string> Lines(string name)
    {
        using var content = new StreamReader(new GZipStream(File.OpenRead(folder.Combine("files", name)), CompressionMode.Decompress));
        return [.. content.ReadToEnd().TrimEnd('\n').Split('\n')];
    }

    /// <summary>Records of text with semicolons.</summary>
    private sealed class MadeTables : LogTables
    {
        public static MigrationSet Migrations { get; } =
            new(
                "made",
                [
                    new(
                        "001_tables.sql",
                        """
                        CREATE TABLE made_clicks (ad varchar(100) NOT NULL, happened bigint NOT NULL, cost decimal(12, 2));
                        CREATE TABLE made_views (happened bigint NOT NULL);
                        CREATE TABLE log_positions (log varchar(1000) NOT NULL, folder varchar(1000), position bigint NOT NULL, written_at timestamp NOT NULL);
                        """
                    ),
                ]
            );

        public override string Name => "made";

        public override IReadOnlyList<LogTable> Tables { get; } =
        [
            new("made_clicks", [new("ad", ColumnType.Text), new("happened", ColumnType.BigInt), Column.Decimal("cost", 12, 2)])
            {
                Topic = "made.clicks",
                KeyColumn = 0,
                TimeColumn = 1,
                Files = new FileLayout(1, [], (_, day) => $"made_clicks-{day:yyyy-MM-dd}"),
            },
            new("made_views", [new("happened", ColumnType.BigInt)])
            {
                Topic = "made.views",
                KeyColumn = 0,
                TimeColumn = 0,
                Files = new FileLayout(0, [], (_, day) => $"made_views-{day:yyyy-MM-dd}"),
            },
        ];

        public override int TableOf(ReadOnlySpan<byte> record) =>
            record.StartsWith("click;"u8) ? 0
            : record.StartsWith("view;"u8) ? 1
            : throw new FormatException("it is neither a click nor a view");

        public override void Add(RowBatch rows, ReadOnlySpan<byte> record)
        {
            var cells = Encoding.UTF8.GetString(record).Split(';');
            var row = rows.Count++;
            if (cells is [_, var ad, var at, var cost])
            {
                rows[0].AsText().Set(row, ad.AsSpan());
                rows[1].Values<long>()[row] = long.Parse(at, CultureInfo.InvariantCulture);
                if (cost.Length == 0)
                {
                    rows[2].SetNull(row);
                }
                else
                {
                    rows[2].Values<long>()[row] = long.Parse(cost, CultureInfo.InvariantCulture);
                }
            }
            else
            {
                rows[0].Values<long>()[row] = long.Parse(cells[1], CultureInfo.InvariantCulture);
            }
        }
    }
}
