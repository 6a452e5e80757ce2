using Tradepost.Marketplace.Products;

namespace Tradepost.Marketplace.Tests.Products;

/// <summary>What somebody who watches products asks.</summary>
public sealed class ProductWatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Products_are_found_by_text_brand_and_category_a_page_at_a_time(StoreKind kind)
    {
        await using var world = await FilledAsync(kind);
        var watch = new ProductWatch(world.Store);

        var first = await watch.ListAsync(new ProductQuery { Limit = 2 }, Cancellation);
        var second = await watch.ListAsync(new ProductQuery { Limit = 2, Cursor = first[^1].Sku }, Cancellation);
        var found = await watch.ListAsync(new ProductQuery { Search = "ДУХИ" }, Cancellation);
        var branded = await watch.ListAsync(new ProductQuery { Brand = "B", Category = "Soap" }, Cancellation);

        first.Select(product => product.Sku).ShouldBe(["1", "2"]);
        second.Select(product => product.Sku).ShouldBe(["3"]);
        found.Select(product => product.Title).ShouldBe(["Духи Ночь"]);
        branded.Select(product => product.Sku).ShouldBe(["2"]);
        first[0].Features!["reviews"]!.GetValue<int>().ShouldBe(9);
        first
            .Select(product => product.RecentReviews)
            .ShouldBe([
                [7, 9],
                [1],
            ]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Recent_reviews_are_those_of_the_last_30_days_on_which_a_product_was_seen(StoreKind kind)
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);
        var days = Enumerable
            .Range(0, 40)
            .Select(day => $"1,{new DateOnly(2025, 1, 1).AddDays(2 * day):yyyy-MM-dd},{(day == 20 ? "" : day)},5\n");
        await world.LoadAsync(world.Write("a.csv", $"sku,date,reviews,price\n{string.Concat(days)}2,2025-01-01,,5\n"));

        var products = await new ProductWatch(world.Store).ListAsync(new ProductQuery(), Cancellation);

        products
            .Select(product => product.RecentReviews)
            .ShouldBe([
                [.. Enumerable.Range(10, 30).Where(day => day != 20).Select(day => (double)day)],
                [],
            ]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_history_has_days_and_prices_and_offers_are_the_last_of_each_merchant(StoreKind kind)
    {
        await using var world = await FilledAsync(kind);
        await world.LoadAsync(
            world.Write("offers.csv", "sku,merchant,price,date\n1,m,10,2025-01-01\n1,m,12,2025-01-02\n1,n,11,2025-01-01\n")
        );
        var watch = new ProductWatch(world.Store);

        var history = await watch.FindHistoryAsync("1", new ProductDaysQuery { From = new DateOnly(2025, 1, 2) }, Cancellation);
        var offers = await watch.FindOffersAsync("1", Cancellation);

        history!.Days.Select(day => (day.Date, (int)day.Features["reviews"]!)).ShouldBe([(new DateOnly(2025, 1, 2), 9)]);
        history.Prices.ShouldBe([
            new PriceSpan("m", 10m, new DateOnly(2025, 1, 1), new DateOnly(2025, 1, 2)),
            new PriceSpan("n", 11m, new DateOnly(2025, 1, 1), null),
            new PriceSpan("m", 12m, new DateOnly(2025, 1, 2), null),
        ]);
        offers!.Select(offer => (offer.Name, offer.Price)).ShouldBe([("n", 11m), ("m", 12m)]);
        (await watch.FindHistoryAsync("none", new ProductDaysQuery(), Cancellation)).ShouldBeNull();
        (await watch.FindOffersAsync("none", Cancellation)).ShouldBeNull();
    }

    private static async Task<MarketplaceWorld> FilledAsync(StoreKind kind)
    {
        var world = await MarketplaceWorld.CreateAsync(kind);
        await world.LoadAsync(
            world.Write(
                "products.csv",
                "sku,date,title,brand,category,reviews\n1,2025-01-01,Духи Ночь,A,Scent,7\n1,2025-01-02,Духи Ночь,A,Scent,9\n2,2025-01-01,Soap,B,Soap,1\n3,2025-01-01,Cream,B,Cream,2\n"
            )
        );
        return world;
    }
}
