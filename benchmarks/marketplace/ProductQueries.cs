using System.Diagnostics;
using System.Text.Json;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Marketplace.Products;
using Tradepost.Marketplace.Sales;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Marketplaces;

/// <summary>
/// The process that asks what a product's page asks, <c>product-queries STORE COUNT</c>: prints the 99th percentile of each query in milliseconds, as JSON.
/// </summary>
internal static class ProductQueries
{
    public const string Word = "product-queries";

    private const int WarmUp = 20;
    private const int PageSize = 50;
    private const int SearchedDigits = 5;
    private const double Percentile = 0.99;

    public static async Task<int> RunAsync(string url, int count, CancellationToken cancellationToken)
    {
        await using var store = Loads.Open(url);
        var watch = new ProductWatch(store);
        long products;
        await using (var connection = await store.OpenAsync(cancellationToken))
        {
            products = await connection.ScalarAsync<long>("SELECT count(*) FROM products", null, cancellationToken);
        }

        var queries = new Dictionary<string, Func<string, Task>>
        {
            ["list"] = sku => watch.ListAsync(new ProductQuery { Cursor = sku, Limit = PageSize }, cancellationToken),
            ["search"] = sku => watch.ListAsync(new ProductQuery { Search = sku[^SearchedDigits..], Limit = PageSize }, cancellationToken),
            ["history"] = sku => watch.FindHistoryAsync(sku, new ProductDaysQuery(), cancellationToken),
            ["offers"] = sku => watch.FindOffersAsync(sku, cancellationToken),
            ["estimates"] = sku => SalesReports.OfProductAsync(store, sku, limit: 365, cancellationToken),
        };
        var percentiles = new Dictionary<string, double>();
        foreach (var (name, ask) in queries)
        {
            var milliseconds = new List<double>();
            for (var i = 0; i < WarmUp + count; i++)
            {
                var sku = ProductDays.Sku((long)(Numbers.Mix((ulong)i) % (ulong)products));
                var began = Stopwatch.GetTimestamp();
                await ask(sku);
                if (i >= WarmUp)
                {
                    milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }

            milliseconds.Sort();
            percentiles[name] = milliseconds[(int)Math.Ceiling(Percentile * count) - 1];
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(percentiles));
        return 0;
    }
}
