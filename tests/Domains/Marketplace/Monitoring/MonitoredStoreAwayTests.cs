using Tradepost.Marketplace.Monitoring;

namespace Tradepost.Marketplace.Tests.Monitoring;

/// <summary>A store that goes away while products are collected.</summary>
public sealed class MonitoredStoreAwayTests
{
    [Fact]
    public async Task The_store_catches_up_from_the_file_whenever_it_was_away()
    {
        await using var world = await MonitorWorld.CreateAsync();
        await using var site = ShopSite.OfProducts();
        string[] skus = [.. Enumerable.Range(1, 25).Select(i => $"{i}")];
        world.Write("shop", MonitorWorld.ProductSource(site.Address, skus));
        await world.RunAsync(MonitorTarget.Csv);
        (await world.ReadAsync("SELECT count(*) FROM features_daily")).ShouldBe(["0"]);

        var result = (await world.RunAsync()).Sources.ShouldHaveSingleItem();

        result.State.ShouldBe(CollectionState.CompleteBefore);
        result.Comparison.ShouldBe(new CollectionComparison(25, 25, 0));
        site.Asked.Count.ShouldBe(25);
    }
}
