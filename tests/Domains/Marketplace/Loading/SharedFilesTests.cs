using System.Globalization;
using Tradepost.Marketplace.Loading;
using Tradepost.Storage;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Loading;

/// <summary>Files that people have of four marketplaces, loaded without a word about their columns, beside a plain count of them.</summary>
public sealed class SharedFilesTests
{
    public static TheoryData<StoreKind, string, ListingKind, string, string?, string?> Files()
    {
        var files = new TheoryData<StoreKind, string, ListingKind, string, string?, string?>();
        foreach (var store in Enum.GetValues<StoreKind>())
        {
            files.Add(store, "kaspi/Perfume_scrape_4.10.25.csv", ListingKind.Offers, "product_code", "seller_name", null);
            files.Add(store, "kaspi/offers_full.csv", ListingKind.Offers, "product_code", "seller_name", null);
            files.Add(store, "wildberries/wb_price-history.csv", ListingKind.Prices, "product_id", null, "date");
            files.Add(store, "wildberries/wb_products.csv", ListingKind.Products, "product_id", null, "date");
            files.Add(store, "wish/products.csv", ListingKind.Products, "product_id", "merchant_id", null);
            foreach (
                var product in new[]
                {
                    "10664696259",
                    "10753341705",
                    "11859453588",
                    "3391609027",
                    "3947807313",
                    "4393922363",
                    "5660743161",
                    "5873954476",
                }
            )
            {
                files.Add(store, $"shopee/{product}.csv", ListingKind.Products, "itemid", null, "date");
            }
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_becomes_what_a_plain_count_of_it_says_and_a_second_load_changes_nothing(
        StoreKind kind,
        string name,
        ListingKind expected,
        string sku,
        string? merchant,
        string? day
    )
    {
        var path = SharedData.Path($"data/marketplace/{name}");
        var rows = PlainCsv.Read(path);
        await using var world = await MarketplaceWorld.CreateAsync(kind);

        var result = await world.LoadAsync(path);
        var before = await world.EverythingAsync();
        var again = await world.LoadAsync(path);

        var file = result.Files.ShouldHaveSingleItem();
        (file.Kind, file.Rows, file.KeptAside).ShouldBe((expected, rows.Count, 0));
        file.Products.ShouldBe(rows.Select(row => row[sku]).Distinct().Count());
        file.Days.ShouldBe(rows.Select(row => (row[sku], day is null ? "" : row[day])).Distinct().Count());
        file.Offers.ShouldBe(merchant is null ? 0 : rows.Select(row => (row[sku], row[merchant])).Distinct().Count());
        (await world.CountAsync("products")).ShouldBe(file.Products);
        (await world.CountAsync("offers")).ShouldBe(file.Offers);
        (await world.CountAsync("features_daily")).ShouldBe(expected == ListingKind.Prices ? 0 : file.Days);
        result.Changed.ShouldBeGreaterThan(0);
        (again.Changed, again.Files[0].State).ShouldBe((0, "unchanged"));
        (await world.EverythingAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_last_snapshot_of_a_day_counts_and_prices_are_in_the_currency(StoreKind kind)
    {
        var path = SharedData.Path("data/marketplace/shopee/5873954476.csv");
        var expected = PlainCsv
            .Read(path)
            .GroupBy(row => row["date"])
            .Select(day => day.MaxBy(row => long.Parse(row["time"], CultureInfo.InvariantCulture))!)
            .Select(row =>
                $"{row["date"][..4]}-{row["date"][4..6]}-{row["date"][6..]} {row["cmt_count"]} {row["sold"]} {decimal.Parse(row["price"], CultureInfo.InvariantCulture) / 100_000m:0.#####}"
            );
        await using var world = await MarketplaceWorld.CreateAsync(kind);

        await world.LoadAsync(path);

        (
            await world.TextsAsync(
                "SELECT CAST(feature_date AS text) || ' ' || (features->>'reviews') || ' ' || (features->>'sold') || ' ' || (features->>'price') FROM features_daily"
            )
        ).ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Units_in_steps_are_known_sales_of_all_time(StoreKind kind)
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);

        await world.LoadAsync(SharedData.Path("data/marketplace/wish/products.csv"));

        (await world.CountAsync("known_sales")).ShouldBe(669);
        (await world.CountAsync("known_sales WHERE units = 1000 AND most_units = 4999")).ShouldBeGreaterThan(100);
        (await world.CountAsync("known_sales WHERE units = 3 AND most_units IS NULL")).ShouldBeGreaterThan(0);
        (await world.CountAsync("known_sales WHERE first_day = DATE '1970-01-01' AND last_day = DATE '2020-08-01'")).ShouldBe(669);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Plain_queries_on_features_run_as_people_write_them(StoreKind kind)
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);
        var path = SharedData.Path("data/marketplace/wish/products.csv");
        var most = PlainCsv
            .Read(path)
            .GroupBy(row => row["product_id"])
            .Select(product => int.Parse(product.Last()["rating_count"], CultureInfo.InvariantCulture))
            .ToList();
        await world.LoadAsync(path);
        await using var connection = await world.Store.OpenAsync(TestContext.Current.CancellationToken);

        var top = await connection.ReadAsync(
            "SELECT p.title, (f.features->>'reviews')::int AS reviews FROM products p JOIN features_daily f ON p.sku = f.sku ORDER BY (f.features->>'reviews')::int DESC LIMIT 10",
            row => (Title: row.GetString(0), Reviews: row.GetInt32(1)),
            TestContext.Current.CancellationToken
        );
        var days = await connection.ReadAsync(
            "SELECT feature_date, SUM((features->>'reviews')::int) FROM features_daily GROUP BY feature_date ORDER BY feature_date",
            row => long.Parse($"{row.GetValue(1)}", CultureInfo.InvariantCulture),
            TestContext.Current.CancellationToken
        );

        top.Select(row => row.Reviews).ShouldBe(most.OrderDescending().Take(10));
        days.ShouldBe([most.Sum(one => (long)one)]);
    }
}
