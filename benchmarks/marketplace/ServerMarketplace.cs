using System.Text.Json;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Marketplaces;

/// <summary>The marketplace in PostgreSQL.</summary>
internal sealed class ServerMarketplace(Bench bench, Servers servers, string file, long rows)
{
    private const string Ours = "bench_marketplace";
    private const string Theirs = "bench_bare";
    private const double LeastOfPsql = 0.8;
    private const double LeastTimesPandas = 15;
    private const string Python = "/usr/bin/python3";

    private CommandLine Program =>
        new(
            bench,
            new Dictionary<string, string?>
            {
                ["TRADEPOST_DATA"] = Path.Combine(bench.Folder, "none"),
                ["DATABASE_URL"] = bench.PostgresUrl(Ours),
            }
        );

    /// <summary>Loads the file, in turn with psql, and its first rows by pandas.</summary>
    /// <param name="peerRows">How many rows pandas writes.</param>
    /// <param name="write">Writes a file of those.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LoadAsync(long peerRows, Func<string, Task> write, CancellationToken cancellationToken)
    {
        var ours = bench.Start("PostgreSQL: marketplace load", rows);
        var theirs = bench.Start("PostgreSQL: psql \\copy into a bare table", rows);
        await bench.InTurnAsync(
            "PostgreSQL load",
            async () =>
            {
                await servers.RenewPostgresAsync(Ours, cancellationToken);
                ours.Add((await Program.RunAsync(cancellationToken, "marketplace", "load", file)).Run);
            },
            async () =>
            {
                await RenewBareAsync(cancellationToken);
                theirs.Add(
                    await MeasuredProcess.RunAsync(
                        "psql",
                        [
                            bench.PostgresUrl(Theirs),
                            "-X",
                            "-q",
                            "-c",
                            $"\\copy {BareTable.Name} from '{file}' with (format csv, header true)",
                        ],
                        environment: null,
                        cancellationToken
                    )
                );
            }
        );
        await servers.DropPostgresAsync(Ours, cancellationToken);
        bench.Findings.Add(Finding.AtLeast("rows/s into PostgreSQL, of psql's", theirs.Median / ours.Median, LeastOfPsql));
        await ComparePandasAsync(ours, peerRows, write, cancellationToken);
        await servers.DropPostgresAsync(Theirs, cancellationToken);
    }

    private async Task RenewBareAsync(CancellationToken cancellationToken)
    {
        await servers.RenewPostgresAsync(Theirs, cancellationToken);
        await using var store = Loads.Open(bench.PostgresUrl(Theirs));
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(BareTable.Create, null, cancellationToken);
    }

    private async Task ComparePandasAsync(Series ours, long peerRows, Func<string, Task> write, CancellationToken cancellationToken)
    {
        var goldens = Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared", "goldens");
        var script = Path.Combine(goldens, "peers", "csvload.py");
        if (!File.Exists(script))
        {
            bench.Notes.Add($"pandas.to_sql was not run: {script} is not there.");
            return;
        }

        // A copy that finds this run's file and server where the original expects its own.
        var data = Directory.CreateDirectory(Path.Combine(bench.Folder, "pandas", "peers", "data")).FullName;
        var copy = Path.Combine(bench.Folder, "pandas", "csvload.py");
        var text = await File.ReadAllTextAsync(script, cancellationToken);
        var moved = text.Replace("127.0.0.1:15433/bench", $"{bench.Postgres}/{Theirs}", StringComparison.Ordinal);
        if (moved == text)
        {
            throw new BenchmarkException($"{script} does not name the server that is to be replaced.");
        }

        await File.WriteAllTextAsync(copy, moved, cancellationToken);
        await write(Path.Combine(data, "product_days.csv"));
        bench.Say($"pandas.to_sql of {peerRows:N0} rows");
        var series = bench.Start("PostgreSQL: pandas.to_sql, many rows a statement, of the first rows", peerRows);
        var run = await MeasuredProcess.RunAsync(
            Python,
            [copy, "multi", "--runs", "1", "--rows", $"{peerRows}"],
            new Dictionary<string, string?> { ["GOLDENS"] = Path.Combine(bench.Folder, "pandas") },
            cancellationToken
        );
        using var result = JsonDocument.Parse(run.Output);
        series.Add(run with { Seconds = result.RootElement.GetProperty("seconds_median").GetDouble() });
        bench.Findings.Add(
            Finding.AtLeast("times the rows/s of pandas.to_sql", ours.RowsPerSecond / series.RowsPerSecond, LeastTimesPandas)
        );
    }
}
