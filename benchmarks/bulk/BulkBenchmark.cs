using System.Globalization;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Bulk;

/// <summary>
/// Our bulk writer against what loads files today: psql's \copy into PostgreSQL and DuckDB's own CSV reader. Both sides write
/// the same rows into a new table, in turn.
/// </summary>
internal sealed class BulkBenchmark(Bench bench)
{
    private const double OfPsql = 0.9;
    private const double OfDuckDb = 0.5;
    private const string Database = "bench_bulk";

    private readonly long rows = Bench.Number("ROWS", 5_000_000);

    private string File => Path.Combine(bench.Folder, "quotes.csv");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bench.Say($"writing a CSV file of {rows:N0} rows");
        await QuotesFile.WriteAsync(File, rows, cancellationToken);
        await PostgresAsync(cancellationToken);
        await DuckDbAsync(cancellationToken);
        System.IO.File.Delete(File);
        bench.Notes.Add(
            FormattableString.Invariant(
                $"{rows:N0} rows of 2 texts, 2 bigint, 4 decimal(18,8) and a timestamp into a new table without indexes; runs in turn; sums compared after each."
            )
        );
        bench.Notes.Add(
            "Our seconds include making the rows and the commit; psql's are those of its whole process. CPU and memory are the client's process, for DuckDB the whole process. DuckDB reads the CSV file with the settings of our store."
        );
    }

    private async Task PostgresAsync(CancellationToken cancellationToken)
    {
        await using var admin = Loads.Open(bench.PostgresUrl("postgres"));
        await using var connection = await admin.OpenAsync(cancellationToken);
        bench.Versions["PostgreSQL"] = (await connection.ScalarAsync<string>("SHOW server_version", null, cancellationToken))!;
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", null, cancellationToken);
        await connection.ExecuteAsync($"CREATE DATABASE {Database}", null, cancellationToken);
        var url = bench.PostgresUrl(Database);
        await using var store = Loads.Open(url);
        var ours = bench.Start("PostgreSQL: our bulk writer", rows);
        var theirs = bench.Start("PostgreSQL: psql \\copy of the CSV file", rows);
        var sums = new HashSet<string>();
        await bench.InTurnAsync(
            "PostgreSQL",
            async () =>
            {
                await CreateTableAsync(store, sums, cancellationToken);
                ours.Add(await OursAsync("write", url, rows.ToString(), cancellationToken));
            },
            async () =>
            {
                await CreateTableAsync(store, sums, cancellationToken);
                theirs.Add(
                    await MeasuredProcess.RunAsync(
                        "psql",
                        [url, "-X", "-q", "-c", $"\\copy quotes from '{File}' with (format csv)"],
                        null,
                        cancellationToken
                    )
                );
            }
        );

        await CreateTableAsync(store, sums, cancellationToken);
        Check("PostgreSQL", sums);
        await store.DisposeAsync();
        await connection.ExecuteAsync($"DROP DATABASE {Database} WITH (FORCE)", null, cancellationToken);
        bench.Findings.Add(Finding.AtLeast("rows/s into PostgreSQL, of psql's", theirs.Median / ours.Median, OfPsql));
    }

    private async Task DuckDbAsync(CancellationToken cancellationToken)
    {
        var ours = bench.Start("DuckDB: our bulk writer", rows);
        var theirs = bench.Start("DuckDB: COPY FROM of the CSV file", rows);
        var sums = new HashSet<string>();
        await bench.InTurnAsync(
            "DuckDB",
            async () =>
                ours.Add(
                    await IntoFileAsync(path => OursAsync("write", path, rows.ToString(), cancellationToken), sums, cancellationToken)
                ),
            async () => theirs.Add(await IntoFileAsync(path => OursAsync("copy", path, File, cancellationToken), sums, cancellationToken))
        );

        Check("DuckDB", sums);
        bench.Findings.Add(Finding.AtLeast("rows/s into DuckDB, of its CSV reader's", theirs.Median / ours.Median, OfDuckDb));
    }

    /// <summary>Starts with a new database file, and deletes it.</summary>
    private async Task<Measurement> IntoFileAsync(
        Func<string, Task<Measurement>> load,
        HashSet<string> sums,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(bench.Folder, "bulk.duckdb");
        var url = $"duckdb://{path}";
        await using (var store = Loads.Open(url))
        {
            await CreateTableAsync(store, sums, cancellationToken);
        }

        var run = await load(url);
        await using (var store = Loads.Open(url))
        {
            await using var connection = await store.OpenAsync(cancellationToken);
            bench.Versions["DuckDB"] = (await connection.ScalarAsync<string>("SELECT version()", null, cancellationToken))!;
            sums.Add((await connection.ScalarAsync<string>(Quotes.Sums, null, cancellationToken))!);
        }

        System.IO.File.Delete(path);
        return run;
    }

    /// <summary>Notes what the table holds, if there is one, and makes an empty one.</summary>
    private static async Task CreateTableAsync(Store store, HashSet<string> sums, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        if (
            await connection.ScalarAsync<long>(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'quotes'",
                null,
                cancellationToken
            ) == 1
        )
        {
            sums.Add((await connection.ScalarAsync<string>(Quotes.Sums, null, cancellationToken))!);
            await connection.ExecuteAsync("DROP TABLE quotes", null, cancellationToken);
        }

        await connection.ExecuteAsync($"CREATE TABLE quotes ({store.Dialect.ColumnDefinitions(Quotes.Columns)})", null, cancellationToken);
        await connection.ExecuteAsync("CHECKPOINT", null, cancellationToken);
    }

    private static async Task<Measurement> OursAsync(string how, string url, string what, CancellationToken cancellationToken)
    {
        var run = await MeasuredProcess.RunAsync(
            "dotnet",
            [typeof(BulkBenchmark).Assembly.Location, "load", how, url, what],
            new Dictionary<string, string?>(),
            cancellationToken
        );
        return run with { Seconds = double.Parse(run.Output, CultureInfo.InvariantCulture) };
    }

    private void Check(string store, HashSet<string> sums)
    {
        if (sums.Count != 1 || !sums.Single().StartsWith($"{rows} ", StringComparison.Ordinal))
        {
            throw new BenchmarkException($"{store}: the runs did not write the same rows: {string.Join("; ", sums)}");
        }
    }
}
