using System.Text.Json;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Marketplaces;

/// <summary>The marketplace in the embedded store.</summary>
internal sealed class EmbeddedMarketplace(Bench bench, string file, long rows)
{
    private const double MostTimes = 2;

    private string Folder => Path.Combine(bench.Folder, "marketplace");

    private string Store => $"duckdb://{Path.Combine(Folder, "tradepost.duckdb")}";

    public CommandLine Program => new(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = Folder, ["DATABASE_URL"] = Store });

    /// <summary>Loads the file, in turn with DuckDB's own reader; what was loaded last stays.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var ours = bench.Start("embedded: marketplace load", rows);
        var theirs = bench.Start("embedded: DuckDB's COPY FROM into a bare table", rows);
        await bench.InTurnAsync(
            "embedded load",
            async () =>
            {
                Delete();
                Directory.CreateDirectory(Folder);
                var (run, result) = await Program.RunAsync(cancellationToken, "marketplace", "load", file);
                Check(result);
                ours.Add(run);
            },
            async () => theirs.Add(await CopyAsync(cancellationToken))
        );
        bench.Findings.Add(Finding.AtMost("times as long as DuckDB's CSV reader", ours.Median / theirs.Median, MostTimes));
    }

    /// <summary>The 99th percentile of each query of the product page, in milliseconds.</summary>
    public async Task<IReadOnlyDictionary<string, double>> AskAsync(long count, CancellationToken cancellationToken)
    {
        var run = await MeasuredProcess.RunAsync(
            "dotnet",
            [typeof(EmbeddedMarketplace).Assembly.Location, ProductQueries.Word, Store, count.ToString()],
            environment: null,
            cancellationToken
        );
        return JsonSerializer.Deserialize<Dictionary<string, double>>(run.Output)!; // the worker prints an object
    }

    public void Delete()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Check(JsonElement result)
    {
        var loaded = result.GetProperty("files")[0];
        if (loaded.GetProperty("days").GetInt64() != rows || loaded.GetProperty("kept_aside").GetInt64() != 0)
        {
            throw new BenchmarkException($"The load did not take every row: {loaded}");
        }
    }

    private async Task<Measurement> CopyAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(bench.Folder, "bare.duckdb");
        var url = $"duckdb://{path}";
        await using (var store = Loads.Open(url))
        {
            await using var connection = await store.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(BareTable.Create, null, cancellationToken);
            bench.Versions["DuckDB"] = (await connection.ScalarAsync<string>("SELECT version()", null, cancellationToken))!;
        }

        var run = await MeasuredProcess.RunAsync(
            "dotnet",
            [typeof(EmbeddedMarketplace).Assembly.Location, "load", "copy", url, file, BareTable.Name],
            environment: null,
            cancellationToken
        );
        File.Delete(path);
        return run;
    }
}
