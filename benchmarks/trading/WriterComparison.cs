using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Streams;
using Tradepost.Trading;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Benchmarks.Trading;

/// <summary>The same quotes from a log into PostgreSQL's partitioned table with its three indexes, and from a CSV file by psql; then the usual collector in Python.</summary>
internal sealed class WriterComparison(Bench bench, Servers servers)
{
    private const double OfPsql = 0.9;
    private const double TimesAsyncpg = 3;
    private const string Database = "bench";
    private const string Python = "/usr/bin/python3";
    private const string PeersPort = "15433";
    private const string Sums =
        "SELECT concat_ws(' ', count(*), sum(timestamp), sum(ask_amount), sum(ask_price), sum(bid_price), sum(bid_amount)) FROM orderbook_data";
    private const long From = 1_790_000_000_000_000;

    private readonly long rows = Bench.Number("ROWS", 2_000_000);

    private string File => Path.Combine(bench.Folder, "quotes.csv");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bench.Say($"making {rows:N0} quotes");
        await WriteFileAsync(cancellationToken);
        var ours = bench.Start("quotes from the log into PostgreSQL with three indexes", rows);
        var theirs = bench.Start("the same by psql \\copy", rows);
        var sums = new HashSet<string>();
        await bench.InTurnAsync(
            "writer",
            async () => ours.Add(await OursAsync(sums, cancellationToken)),
            async () => theirs.Add(await PsqlAsync(sums, cancellationToken))
        );
        if (sums.Count != 1)
        {
            throw new BenchmarkException($"The runs did not write the same quotes: {string.Join("; ", sums)}");
        }

        System.IO.File.Delete(File);
        bench.Findings.Add(Finding.AtLeast("rows/s of the writer, of psql's \\copy", theirs.Median / ours.Median, OfPsql));
        await AsyncpgAsync(ours.RowsPerSecond, cancellationToken);
        await servers.DropPostgresAsync(Database, cancellationToken);
    }

    /// <summary>A quote as the archives write it.</summary>
    public static string Line(long i)
    {
        var quote = Make(i);
        return $"{quote.Exchange},{quote.Symbol},{quote.Timestamp},{quote.LocalTimestamp},{Exact.Format(quote.AskAmount)},{Exact.Format(quote.AskPrice)},{Exact.Format(quote.BidPrice)},{Exact.Format(quote.BidAmount)}";
    }

    private static Quote Make(long i) =>
        new(
            "binance-futures",
            SymbolOf(i),
            i + 1,
            From + (i * 500),
            From + (i * 500) + 20_000,
            100_000 * (1 + (i * 7919 % 90_000)),
            5_700_000_000_000 + (i * 31 % 100_000 * 1_000_000),
            5_699_990_000_000 + (i * 31 % 100_000 * 1_000_000),
            100_000 * (1 + (i * 104_729 % 90_000))
        );

    private static string SymbolOf(long i) => $"SIM{i % 100:000}USDT";

    private async Task WriteFileAsync(CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(File);
        for (var i = 0L; i < rows; i++)
        {
            await file.WriteLineAsync(Line(i).AsMemory(), cancellationToken);
        }
    }

    private async Task<Store> RenewAsync(CancellationToken cancellationToken)
    {
        await servers.RenewPostgresAsync(Database, cancellationToken);
        var store = Loads.Open(bench.PostgresUrl(Database));
        await new Migrator(store, [TradingMigrations.Set], TimeProvider.System).MigrateAsync(cancellationToken);
        await using var connection = await store.OpenAsync(cancellationToken);
        await new DayPartitions(store, TimeProvider.System).EnsureAsync(connection, [From], cancellationToken);
        await connection.ExecuteAsync("CHECKPOINT", null, cancellationToken);
        return store;
    }

    private async Task<Measurement> OursAsync(HashSet<string> sums, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(bench.Folder, "writer-log");
        await using var store = await RenewAsync(cancellationToken);
        await using (var log = DurableLog.Open(folder, new LogOptions(), TimeProvider.System))
        {
            await FillAsync(log, cancellationToken);
            using var writer = QuoteDrains.ToStore(store, log, folder, TimeProvider.System, NullLogger.Instance, [TradingMigrations.Set]);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var writing = writer.RunAsync(stop.Token);
            while (writer.Position < rows && !writing.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
            }

            var run = new Measurement(
                Stopwatch.GetElapsedTime(began).TotalSeconds,
                (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
                Environment.WorkingSet / 1048576.0,
                ""
            );
            await stop.CancelAsync();
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await NoteAsync(store, sums, cancellationToken);
            Directory.Delete(folder, recursive: true);
            return run;
        }
    }

    private async Task FillAsync(DurableLog log, CancellationToken cancellationToken)
    {
        var record = new byte[256];
        for (var i = 0L; i < rows; i++)
        {
            _ = await log.AppendAsync(record.AsMemory(0, QuoteRecords.Write(record, Make(i))), cancellationToken)
                ?? throw new BenchmarkException("The log is full.");
        }

        await log.FlushAsync(cancellationToken);
    }

    private async Task<Measurement> PsqlAsync(HashSet<string> sums, CancellationToken cancellationToken)
    {
        await using var store = await RenewAsync(cancellationToken);
        var run = await MeasuredProcess.RunAsync(
            "psql",
            [
                bench.PostgresUrl(Database),
                "-X",
                "-q",
                "-c",
                $"\\copy orderbook_data (exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount) from '{File}' with (format csv)",
            ],
            null,
            cancellationToken
        );
        await NoteAsync(store, sums, cancellationToken);
        return run;
    }

    private static async Task NoteAsync(Store store, HashSet<string> sums, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        sums.Add((await connection.ScalarAsync<string>(Sums, null, cancellationToken))!);
    }

    private async Task AsyncpgAsync(double ours, CancellationToken cancellationToken)
    {
        var goldens = Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared", "goldens");
        var script = Path.GetFullPath(Path.Combine(goldens, "peers", "collector.py"));
        if (!System.IO.File.Exists(script))
        {
            bench.Notes.Add($"asyncpg was left out: there is no {Path.GetFileName(script)}.");
            return;
        }

        var copy = Path.Combine(bench.Folder, "collector.py");
        var (host, port) = (bench.Postgres.Split(':')[0], bench.Postgres.Split(':')[1]);
        await System.IO.File.WriteAllTextAsync(
            copy,
            (await System.IO.File.ReadAllTextAsync(script, cancellationToken))
                .Replace(PeersPort, port, StringComparison.Ordinal)
                .Replace("127.0.0.1", host, StringComparison.Ordinal),
            cancellationToken
        );
        await servers.RenewPostgresAsync(Database, cancellationToken);
        bench.Say("asyncpg, 50 rows a batch");
        try
        {
            var run = await MeasuredProcess.RunAsync(
                Python,
                [copy, "--indexes", "3", "--rows", "50000", "--runs", bench.Runs.ToString()],
                null,
                cancellationToken
            );
            using var result = JsonDocument.Parse(run.Output);
            var theirs = result.RootElement.GetProperty("rows_per_s_median").GetDouble();
            bench.Findings.Add(Finding.Figure("asyncpg executemany, 50 rows a batch, rows/s", theirs));
            bench.Findings.Add(Finding.AtLeast("times as fast as asyncpg", ours / theirs, TimesAsyncpg));
        }
        catch (Exception missing) when (missing is BenchmarkException or System.ComponentModel.Win32Exception)
        {
            bench.Notes.Add($"asyncpg was left out: {Python} lacks it, or it failed.");
        }
    }
}
