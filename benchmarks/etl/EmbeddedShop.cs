using System.Data.Common;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Etl;

/// <summary>From four embedded databases into the embedded store: full, incremental, and how memory grows with the orders.</summary>
internal sealed class EmbeddedShop(Bench bench, long scale)
{
    private const double MostSeconds = 10;
    private const double MostMegabytes = 600;
    private const int Larger = 3;

    private string Data => Path.Combine(bench.Folder, "embedded");

    /// <summary>A copy of what the full load left.</summary>
    private string Loaded => Path.Combine(bench.Folder, "embedded-loaded");

    private CommandLine Program => new(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = Data });

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var rows = await GenerateAsync(scale, cancellationToken);
        var full = bench.Start("embedded to embedded: full", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            DeleteStore();
            await Program.LoadAsync(full, cancellationToken, "--mode", "full");
        }

        Copy(Data, Loaded);
        var changed = await IncrementalAsync(
            "incremental, 0.1 % of the orders changed",
            rows,
            (orders, _) => ShopDay.ChangeAsync(orders, cancellationToken),
            cancellationToken
        );
        var grown = await IncrementalAsync(
            "incremental, 0.1 % changed and 0.1 % new",
            rows,
            async (orders, payments) =>
            {
                await ShopDay.ChangeAsync(orders, cancellationToken);
                await ShopDay.AddAsync(orders, payments, cancellationToken);
            },
            cancellationToken
        );
        Directory.Delete(Loaded, recursive: true);

        var reload = bench.Start("embedded to embedded: full, on top of what is loaded", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            await Program.LoadAsync(reload, cancellationToken, "--mode", "full");
        }

        Directory.Delete(Data, recursive: true);
        var larger = bench.Start(
            $"embedded to embedded: full, {Larger} times as many orders",
            await GenerateAsync(scale * Larger, cancellationToken)
        );
        await Program.LoadAsync(larger, cancellationToken, "--mode", "full");
        var largerReload = bench.Start(
            $"embedded to embedded: full, {Larger} times as many orders, on top of what is loaded",
            rows * Larger
        );
        await Program.LoadAsync(largerReload, cancellationToken, "--mode", "full");
        Directory.Delete(Data, recursive: true);

        var size = scale * EtlBenchmark.OrdersPerScale;
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size:N0} orders: seconds", full.Median, MostSeconds));
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size:N0} orders: peak MB", full.PeakMegabytes, MostMegabytes));
        bench.Findings.Add(
            Finding.AtMost($"embedded full load of {size * Larger:N0} orders: peak MB", larger.PeakMegabytes, MostMegabytes)
        );
        bench.Findings.Add(
            Finding.AtMost($"embedded full load of {size:N0} orders on top of as many: peak MB", reload.PeakMegabytes, MostMegabytes)
        );
        bench.Findings.Add(
            Finding.AtMost(
                $"embedded full load of {size * Larger:N0} orders on top of as many: peak MB",
                largerReload.PeakMegabytes,
                MostMegabytes
            )
        );
        bench.Findings.Add(
            Finding.AtLeast(
                "embedded: a full load takes as long as so many incremental ones with 0.1 % changed",
                full.Median / changed.Median,
                EtlBenchmark.LeastTimesFull
            )
        );
        bench.Findings.Add(Finding.Figure("the same with 0.1 % new besides", full.Median / grown.Median));
        bench.Findings.Add(
            Finding.Figure("the same with 0.1 % changed, the full load on top of what is loaded", reload.Median / changed.Median)
        );
    }

    /// <summary>Each run finds the warehouse as the full load left it: what the run before it changed it would read again.</summary>
    private async Task<Series> IncrementalAsync(
        string name,
        long rows,
        Func<DbConnection, DbConnection, Task> pass,
        CancellationToken cancellationToken
    )
    {
        var series = bench.Start($"embedded to embedded: {name}", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            Directory.Delete(Data, recursive: true);
            Copy(Loaded, Data);
            await using (var orders = await DuckDbStore.OpenFileAsync(PathOf("orders"), cancellationToken))
            await using (var payments = await DuckDbStore.OpenFileAsync(PathOf("payments"), cancellationToken))
            {
                await pass(orders, payments);
            }

            await Program.LoadAsync(series, cancellationToken, "--mode", "incremental");
        }

        return series;
    }

    /// <summary>A file keeps its time, by which the store knows that nobody wrote to it.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(file));
        }
    }

    private string PathOf(string database) => Path.Combine(Data, "retail", $"{database}.duckdb");

    private async Task<long> GenerateAsync(long times, CancellationToken cancellationToken)
    {
        bench.Say($"generating a shop, scale {times}");
        var (_, result) = await Program.RunAsync(cancellationToken, "retail", "generate", "--scale", $"{times}");
        return SourceRows.Of(result);
    }

    private void DeleteStore()
    {
        foreach (var file in Directory.GetFiles(Data, "tradepost.duckdb*"))
        {
            File.Delete(file);
        }
    }
}
