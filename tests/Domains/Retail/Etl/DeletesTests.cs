using Tradepost.Retail.Etl;

namespace Tradepost.Retail.Tests.Etl;

public sealed class DeletesOnDuckDb() : DeletesContract(StoreKind.DuckDb);

public sealed class DeletesOnPostgres() : DeletesContract(StoreKind.Postgres);

public abstract class DeletesContract(StoreKind kind)
{
    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task A_line_that_vanished_marks_its_fact_deleted_and_comes_back_with_it(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await shop.OrdersAsync(
            "CREATE TABLE kept AS SELECT * FROM order_items WHERE order_id IN (7, 8); DELETE FROM order_items WHERE order_id IN (7, 8) AND line_number = 1"
        );

        var deleted = await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        deleted.Tables["order_items"].Deleted.ShouldBe(2);
        deleted.Deleted.ShouldBe(2);
        (await warehouse.LinesAsync("SELECT order_id, line_number FROM fact_sales WHERE is_deleted")).ShouldBe(["|7|1", "|8|1"]);

        await shop.OrdersAsync(
            "DELETE FROM order_items WHERE order_id IN (7, 8); INSERT INTO order_items SELECT * FROM kept; DROP TABLE kept"
        );
        await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after the lines came back");
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task Deleted_customers_and_products_stay_as_members(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await shop.OrdersAsync("DELETE FROM customers WHERE id = 3");
        await shop.CatalogAsync("DELETE FROM products WHERE id = 4");

        await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        (await warehouse.ScalarAsync<bool>("SELECT bool_and(is_deleted) FROM dim_customer WHERE customer_id = 3")).ShouldBeTrue();
        (await warehouse.ScalarAsync<bool>("SELECT bool_and(is_deleted) FROM dim_product WHERE product_id = 4")).ShouldBeTrue();
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_customer WHERE is_deleted AND customer_id <> 3")).ShouldBe(0);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE is_deleted")).ShouldBe(0);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE customer_key = 0 OR product_key = 0")).ShouldBe(0);
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task Too_many_missing_rows_stop_the_run(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await shop.OrdersAsync("DELETE FROM order_items WHERE order_id <= 61; DELETE FROM orders WHERE id <= 61");

        var failure = await Should.ThrowAsync<DataQualityException>(() => warehouse.LoadAsync(new EtlOptions { Mode = mode }));

        failure.Message.ShouldBe(
            "Source orders: 61 of the 600 rows of orders that the warehouse knows are missing; at most 10 % may be. "
                + "If they were deleted on purpose, run again with a higher --max-deletes. Nothing was published."
        );
        failure.ExitCode.ShouldBe(4);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after the run was stopped");
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM stg_orders")).ShouldBe(600);

        (await warehouse.LoadAsync(new EtlOptions { Mode = mode, MaxDeletes = 20 })).Tables["orders"].Deleted.ShouldBe(61);
        (await warehouse.ScalarAsync<long>("SELECT count(DISTINCT order_id) FROM fact_sales WHERE is_deleted")).ShouldBe(61);
    }

    [Theory]
    [InlineData(
        EtlMode.Full,
        "Source orders: table orders is empty, so there is nothing to build a warehouse from; nothing was published."
    )]
    [InlineData(
        EtlMode.Incremental,
        "Source orders: 600 of the 600 rows of orders that the warehouse knows are missing; at most 10 % may be. If they were deleted on purpose, run again with a higher --max-deletes. Nothing was published."
    )]
    public async Task A_source_that_was_emptied_stops_the_run(EtlMode mode, string message)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await shop.OrdersAsync("DELETE FROM order_items; DELETE FROM orders");

        var failure = await Should.ThrowAsync<DataQualityException>(() => warehouse.LoadAsync(new EtlOptions { Mode = mode }));

        failure.Message.ShouldBe(message);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE NOT is_deleted")).ShouldBeGreaterThan(600);
    }
}
