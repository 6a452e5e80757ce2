using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Monitoring;

/// <summary>The program itself, killed while it collects.</summary>
public sealed class KilledMonitorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collection_killed_ten_times_misses_nothing_and_has_nothing_twice()
    {
        string[] skus = [.. Enumerable.Range(1, 120).Select(i => $"{i}")];
        await using var site = ShopSite.OfProducts();
        Directory.CreateDirectory(folder.Combine("sources"));
        await File.WriteAllTextAsync(folder.Combine("sources", "shop.yaml"), MonitorWorld.ProductSource(site.Address, skus), Token);
        var tradepost = new TradepostProcess(folder.Path);
        tradepost.Environment["TRADEPOST_DATA"] = folder.Path;
        await tradepost.RunJsonAsync("db", "setup");
        var dice = new Random(9);
        for (var round = 0; round < 10; round++)
        {
            using var process = tradepost.Start("marketplace", "monitor", "--date", "2026-03-29");
            var before = site.Asked.Count;
            var wanted = before + dice.Next(12);
            while (site.Asked.Count <= wanted && !process.HasExited)
            {
                await Task.Delay(5, Token);
            }

            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        var result = (await tradepost.RunJsonAsync("marketplace", "monitor", "--date", "2026-03-29")).GetProperty("sources")[0];
        var rows = await tradepost.RunJsonAsync("db", "query", "SELECT count(*) AS n, count(DISTINCT sku) AS skus FROM features_daily");

        result.GetProperty("state").GetString().ShouldBe("complete");
        result.GetProperty("products").GetInt64().ShouldBe(120);
        result.GetProperty("comparison").GetRawText().ShouldBe("""{"in_csv":120,"in_store":120,"differing":0}""");
        (await File.ReadAllLinesAsync(result.GetProperty("csv").GetString()!, Token)).Length.ShouldBe(121);
        rows.GetProperty("rows")[0].EnumerateArray().Select(value => value.ToString()).ShouldBe(["120", "120"]);
    }

    public void Dispose() => folder.Dispose();
}
