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

        var incremental = bench.Start("embedded to embedded: incremental, 0.1 % changed and 0.1 % new", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            await using (var orders = await DuckDbStore.OpenFileAsync(PathOf("orders"), cancellationToken))
            await using (var payments = await DuckDbStore.OpenFileAsync(PathOf("payments"), cancellationToken))
            {
                await ShopDay.PassAsync(orders, payments, cancellationToken);
            }

            await Program.LoadAsync(incremental, cancellationToken, "--mode", "incremental");
        }

        var reload = bench.Start("embedded to embedded: full, on top of what is loaded", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            await Program.LoadAsync(reload, cancellationToken, "--mode", "full");
        }

        Directory.Delete(Data, recursive: true);
        var larger = bench.Start($"embedded to embedded: full, {Larger} times as many orders", await GenerateAsync(scale * Larger, cancellationToken));
        await Program.LoadAsync(larger, cancellationToken, "--mode", "full");
        var largerReload = bench.Start($"embedded to embedded: full, {Larger} times as many orders, on top of what is loaded", rows * Larger);
        await Program.LoadAsync(largerReload, cancellationToken, "--mode", "full");
        Directory.Delete(Data, recursive: true);

        var size = scale * EtlBenchmark.OrdersPerScale;
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size:N0} orders: seconds", full.Median, MostSeconds));
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size:N0} orders: peak MB", full.PeakMegabytes, MostMegabytes));
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size * Larger:N0} orders: peak MB", larger.PeakMegabytes, MostMegabytes));
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size:N0} orders on top of as many: peak MB", reload.PeakMegabytes, MostMegabytes));
        bench.Findings.Add(Finding.AtMost($"embedded full load of {size * Larger:N0} orders on top of as many: peak MB", largerReload.PeakMegabytes, MostMegabytes));
        bench.Findings.Add(Finding.Figure("embedded incremental load: of the first full load's time", incremental.Median / full.Median));
        bench.Findings.Add(Finding.Figure("embedded incremental load: of the time of a full load of the same warehouse", incremental.Median / reload.Median));
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
