using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Marketplaces;

/// <summary>A marketplace at full size: its load beside what loads files today, estimates for all products, and the product page's queries.</summary>
internal sealed class MarketplaceBenchmark(Bench bench)
{
    /// <summary>How often each thing is run: all of it takes a quarter of an hour then.</summary>
    public const int Runs = 3;

    private const double MostSecondsOfEstimates = 10;
    private const double MostMegabytesOfEstimates = 1024;
    private const double MostMillisecondsOfQuery = 50;
    private const long KnownProducts = 1_000;

    private readonly long products = Bench.Number("PRODUCTS", 1_000_000);
    private readonly long days = Bench.Number("DAYS", 30);
    private readonly long peerRows = Bench.Number("PEER_ROWS", 1_000_000);
    private readonly long queries = Bench.Number("QUERIES", 200);

    private string File => Path.Combine(bench.Folder, "product_days.csv");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bench.Say($"writing a CSV file of {products:N0} products x {days} days");
        await ProductDays.WriteAsync(File, products, days, long.MaxValue, cancellationToken);
        using var servers = new Servers(bench);
        await servers.NoteVersionsAsync(cancellationToken);
        var embedded = new EmbeddedMarketplace(bench, File, products * days);
        await embedded.LoadAsync(cancellationToken);
        await EstimateAsync(embedded, cancellationToken);
        await AskAsync(embedded, cancellationToken);
        embedded.Delete();
        await new ServerMarketplace(bench, servers, File, products * days).LoadAsync(
            Math.Min(peerRows, products * days),
            path => ProductDays.WriteAsync(path, products, days, peerRows, cancellationToken),
            cancellationToken
        );
        System.IO.File.Delete(File);
        bench.Notes.Add(
            FormattableString.Invariant(
                $"{products * days:N0} rows of sku, date, reviews, rating and price, day after day, by `marketplace load` into the domain's tables; seconds, CPU and memory are those of whole processes, and of servers none."
            )
        );
    }

    private async Task EstimateAsync(EmbeddedMarketplace embedded, CancellationToken cancellationToken)
    {
        var sales = Path.Combine(bench.Folder, "sales.csv");
        await ProductDays.WriteSalesAsync(sales, Math.Min(KnownProducts, products), days, cancellationToken);
        await embedded.Program.RunAsync(cancellationToken, "marketplace", "load", sales, "--kind", "sales");
        var series = bench.Start("embedded: estimates for all products", products);
        for (var run = 1; run <= bench.Runs; run++)
        {
            bench.Say($"estimates, run {run} of {bench.Runs}");
            var (measured, result) = await embedded.Program.RunAsync(cancellationToken, "marketplace", "sales");
            if (result.GetProperty("products").GetInt64() != products || result.GetProperty("estimated").GetInt64() == 0)
            {
                throw new BenchmarkException($"Estimates were made of other products than there are: {result.GetProperty("products")}.");
            }

            series.Add(measured);
        }

        bench.Findings.Add(Finding.AtMost("seconds of the estimates", series.Median, MostSecondsOfEstimates));
        bench.Findings.Add(Finding.AtMost("MB at the peak of the estimates", series.PeakMegabytes, MostMegabytesOfEstimates));
    }

    private async Task AskAsync(EmbeddedMarketplace embedded, CancellationToken cancellationToken)
    {
        bench.Say("asking the product page's queries");
        foreach (var (name, milliseconds) in await embedded.AskAsync(queries, cancellationToken))
        {
            bench.Findings.Add(
                Finding.AtMost($"milliseconds of the product page's {name}, 99th percentile", milliseconds, MostMillisecondsOfQuery)
            );
        }
    }
}
