using Tradepost.Retail.Sources;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>The shop at its default size, into both stores from both kinds of source.</summary>
public sealed class CountsTests
{
    private const string WarehouseTotals =
        "SELECT count(*) AS lines, count(DISTINCT order_id) AS orders, sum(quantity) AS quantity, sum(gross) AS gross, sum(discount) AS discount, sum(net) AS net, sum(paid_amount) AS paid FROM fact_sales WHERE NOT is_deleted";

    [Fact]
    public async Task An_embedded_shop_arrives_whole_in_the_embedded_store()
    {
        await using var shop = await EmbeddedShop.CreateAsync();

        await ArrivesWholeAsync(StoreKind.DuckDb, shop);
    }

    [Fact]
    public async Task An_embedded_shop_arrives_whole_in_PostgreSQL()
    {
        await using var shop = await EmbeddedShop.CreateAsync();

        await ArrivesWholeAsync(StoreKind.Postgres, shop);
    }

    [Fact]
    public async Task Four_MariaDB_databases_arrive_whole_in_the_embedded_store()
    {
        await using var shop = await MariaDbShop.CreateAsync();

        await ArrivesWholeAsync(StoreKind.DuckDb, shop);
    }

    [Fact]
    public async Task Four_MariaDB_databases_arrive_whole_in_PostgreSQL()
    {
        await using var shop = await MariaDbShop.CreateAsync();

        await ArrivesWholeAsync(StoreKind.Postgres, shop);
    }

    [Fact]
    public async Task Equal_shops_give_equal_warehouses_whatever_they_are_kept_in()
    {
        await using var embedded = await EmbeddedShop.CreateAsync(dirty: 0.05);
        await using var served = await MariaDbShop.CreateAsync(dirty: 0.05);
        await using var first = await Warehouse.CreateAsync(StoreKind.DuckDb, embedded);
        await using var second = await Warehouse.CreateAsync(StoreKind.Postgres, served);

        // The two have different clocks, and what is of the future for the one need not be for the other.
        await embedded.OrdersAsync(
            "UPDATE orders SET ordered_at = TIMESTAMP '1980-01-01', updated_at = TIMESTAMP '2025-01-01' WHERE ordered_at > TIMESTAMP '2025-07-01'"
        );
        await served.OrdersAsync("UPDATE orders SET ordered_at = '1980-01-01', updated_at = '2025-01-01' WHERE ordered_at > '2025-07-01'");
        await first.FullAsync();
        await second.FullAsync();

        (await second.SnapshotAsync()).ShouldBeRowForRow(await first.SnapshotAsync(), "PostgreSQL from MariaDB against DuckDB from DuckDB");
    }

    private static async Task ArrivesWholeAsync(StoreKind kind, ShopWorld shop)
    {
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);

        var result = await warehouse.FullAsync();

        result.Differing.ShouldBe(0);
        result.Rejected.ShouldBe(0);
        result.Deleted.ShouldBe(0);
        result.Tables["regions"].Loaded.ShouldBe(5);
        result.Tables["categories"].Loaded.ShouldBe(14);
        result.Tables["products"].Loaded.ShouldBe(25);
        result.Tables["employees"].Loaded.ShouldBe(10);
        result.Tables["customers"].Loaded.ShouldBe(50);
        result.Tables["orders"].Loaded.ShouldBe(600);
        result.Tables["payments"].Loaded.ShouldBeGreaterThanOrEqualTo(540);
        result.Tables["users"].Loaded.ShouldBe(61);
        result.Tables["roles"].Loaded.ShouldBe(4);
        foreach (var table in Shop.Tables)
        {
            var expected = await shop.ScalarAsync<long>(table.Database, $"SELECT COUNT(*) FROM {table.Name}");
            result.Tables[table.Name].Loaded.ShouldBe(expected, table.Name);
            (await warehouse.ScalarAsync<long>($"SELECT count(*) FROM {table.Staging}")).ShouldBe(expected, table.Staging);
        }

        var lines = await warehouse.QueryAsync<Totals>(WarehouseTotals);
        var source = (
            await shop.QueryAsync<Totals>(
                "orders",
                "SELECT COUNT(*) AS `lines`, COUNT(DISTINCT order_id) AS orders, SUM(quantity) AS quantity, SUM(quantity * unit_price) AS gross, SUM(discount) AS discount, SUM(quantity * unit_price - discount) AS net, 0 AS paid FROM order_items".Replace(
                    '`',
                    shop is EmbeddedShop ? '"' : '`'
                )
            )
        )[0];
        source.Paid = await shop.ScalarAsync<decimal>("payments", "SELECT SUM(amount) FROM payments WHERE status = 'completed'");
        lines[0].ShouldBe(source);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_manager WHERE manager_key <> 0")).ShouldBe(5);
    }

    private sealed record Totals
    {
        public long Lines { get; set; }

        public long Orders { get; set; }

        public decimal Quantity { get; set; }

        public decimal Gross { get; set; }

        public decimal Discount { get; set; }

        public decimal Net { get; set; }

        public decimal Paid { get; set; }
    }
}
