using Tradepost.Retail.Etl;

namespace Tradepost.Retail.Tests.Etl;

public sealed class ReconciliationOnDuckDb() : ReconciliationContract(StoreKind.DuckDb);

public sealed class ReconciliationOnPostgres() : ReconciliationContract(StoreKind.Postgres);

/// <summary>What was done to the warehouse behind the ETL's back is found by the next incremental run.</summary>
public abstract class ReconciliationContract(StoreKind kind)
{
    internal static readonly string[] Tamperings =
    [
        "DELETE FROM stg_orders WHERE id IN (10, 400)",
        "DELETE FROM stg_order_items WHERE order_id = 10",
        "DELETE FROM stg_order_items WHERE order_id = 10 AND line_number = 1",
        "DELETE FROM stg_payments WHERE order_id = 10",
        "DELETE FROM stg_customers WHERE id = 10",
        "DELETE FROM stg_products",
        "DELETE FROM stg_regions WHERE id = 2",
        "UPDATE stg_orders SET status = 'cancelled', row_hash = row_hash + 1 WHERE id = 10",
        "UPDATE stg_orders SET bucket = bucket + 3 WHERE id = 10",
        "UPDATE stg_order_items SET unit_price = unit_price + 1 WHERE order_id = 10",
        "UPDATE stg_payments SET amount = amount + 1 WHERE order_id = 10",
        "UPDATE stg_products SET price = price + 1 WHERE id = 5",
        "INSERT INTO stg_orders SELECT 5000, customer_id, manager_id, region_id, status, ordered_at, updated_at, bucket, row_hash FROM stg_orders WHERE id = 10",
        "INSERT INTO stg_order_items SELECT order_id, 9, product_id, quantity, unit_price, discount, bucket, row_hash FROM stg_order_items WHERE order_id = 10 AND line_number = 1",
        "INSERT INTO stg_payments SELECT 5000, order_id, method, status, amount, paid_at, updated_at, bucket, row_hash FROM stg_payments WHERE order_id = 11",
        "DELETE FROM fact_sales WHERE order_id IN (10, 400)",
        "DELETE FROM fact_sales",
        "UPDATE fact_sales SET quantity = quantity + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET unit_price = unit_price + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET discount = discount + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET net = net + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET gross = gross + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET margin = margin + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET paid_amount = paid_amount + 1 WHERE order_id = 10",
        "UPDATE fact_sales SET is_deleted = TRUE WHERE order_id = 10",
        "UPDATE fact_sales SET product_key = 0 WHERE order_id = 10",
        "UPDATE dim_customer SET region = 'Nowhere' WHERE customer_id = 10; UPDATE stg_customers SET row_hash = row_hash + 1 WHERE id = 10",
        "UPDATE dim_product SET price = 0 WHERE product_id = 5",
        "UPDATE dim_region SET name = 'Nowhere' WHERE region_id = 2",
    ];

    [Fact]
    public async Task Tampering_is_found_and_mended()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        var staged = await StagedAsync(warehouse);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var sql in Tamperings)
        {
            await warehouse.ExecuteAsync(sql);

            var result = await warehouse.LoadAsync(new EtlOptions { MaxDeletes = 100 });

            result.Differing.ShouldBe(0, sql);
            (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, sql);
            (await StagedAsync(warehouse)).ShouldBeRowForRow(staged, sql);
        }
    }

    [Fact]
    public async Task A_fact_of_no_order_is_marked_deleted()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await warehouse.ExecuteAsync(
            "INSERT INTO fact_sales SELECT 77777, line_number, date_key, customer_key, product_key, region_key, manager_key, payment_method_key, order_status, quantity, unit_price, discount, gross, net, cost, margin, paid_amount, payment_status, is_deleted FROM fact_sales WHERE order_id = 10"
        );

        await warehouse.IncrementalAsync();

        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE order_id = 77777 AND NOT is_deleted")).ShouldBe(0);
        await warehouse.ExecuteAsync("DELETE FROM fact_sales WHERE order_id = 77777");
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "without the invented order");
    }

    [Fact]
    public async Task A_commit_that_came_late_with_an_old_time_stamp_is_found()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await warehouse.IncrementalAsync();
        await shop.OrdersAsync(
            "INSERT INTO orders VALUES (900, 3, 1, 1, 'paid', TIMESTAMP '2025-06-30 10:00:00', TIMESTAMP '2025-06-30 10:00:00'); INSERT INTO order_items VALUES (900, 1, 2, 3, 10.10, 0.30)"
        );
        await shop.PaymentsAsync(
            "INSERT INTO payments VALUES (9000, 900, 'card', 'completed', 30.00, TIMESTAMP '2025-06-30 10:00:01', TIMESTAMP '2025-06-30 10:00:01')"
        );

        var result = await warehouse.IncrementalAsync();

        (result.Tables["orders"].Changed, result.Tables["order_items"].Changed, result.Tables["payments"].Changed).ShouldBe((1, 1, 1));
        result.Differing.ShouldBe(0);
        (await warehouse.LinesAsync("SELECT order_id, line_number, net, paid_amount FROM fact_sales WHERE order_id = 900")).ShouldBe([
            "|900|1|30.00|30.00",
        ]);
    }

    [Fact]
    public async Task An_incremental_run_reads_only_what_changed()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.OrdersAsync($"UPDATE orders SET status = 'shipped', updated_at = {shop.NowLiteral} WHERE id = 300");

        var result = await warehouse.IncrementalAsync();

        result.Tables["orders"].Read.ShouldBe(1);
        result.Tables["customers"].Read.ShouldBe(0);
        result.Tables["payments"].Read.ShouldBe(0);
        result
            .Tables["order_items"]
            .Read.ShouldBe(await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM order_items WHERE order_id = 300"));
    }

    [Fact]
    public async Task Orders_that_are_read_again_and_are_the_same_keep_their_facts()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.OrdersAsync($"UPDATE orders SET status = 'shipped', updated_at = {shop.NowLiteral} WHERE id = 300");
        await warehouse.IncrementalAsync();
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await shop.OrdersAsync($"UPDATE orders SET status = 'shipped', updated_at = {shop.NowLiteral} WHERE id = 301");

        var result = await warehouse.IncrementalAsync();

        result.Tables["orders"].Read.ShouldBe(2);
        result
            .Tables["fact_sales"]
            .Changed.ShouldBe(await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM order_items WHERE order_id = 301"));
    }

    [Fact]
    public async Task A_payment_that_moves_to_another_order_changes_the_facts_of_both()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        shop.Clock.Advance(TimeSpan.FromDays(1));
        var from = await shop.ScalarAsync<long>("payments", "SELECT min(order_id) FROM payments");
        var to = await shop.ScalarAsync<long>("orders", $"SELECT min(order_id) FROM order_items WHERE order_id > {from}");
        await shop.PaymentsAsync($"UPDATE payments SET order_id = {to}, updated_at = {shop.NowLiteral} WHERE order_id = {from}");

        var result = await warehouse.IncrementalAsync();

        result
            .Tables["fact_sales"]
            .Changed.ShouldBe(await shop.ScalarAsync<long>("orders", $"SELECT COUNT(*) FROM order_items WHERE order_id IN ({from}, {to})"));
        (
            await warehouse.ScalarAsync<long>($"SELECT count(*) FROM fact_sales WHERE order_id = {from} AND payment_status <> 'none'")
        ).ShouldBe(0);
    }

    private static Task<IReadOnlyList<string>> StagedAsync(Warehouse warehouse) =>
        warehouse.LinesAsync(
            """
            SELECT 'o', id, 0, customer_id, status, bucket, row_hash FROM stg_orders
            UNION ALL SELECT 'i', order_id, line_number, product_id, CAST(unit_price AS text), bucket, row_hash FROM stg_order_items
            UNION ALL SELECT 'p', id, 0, order_id, CAST(amount AS text), bucket, row_hash FROM stg_payments
            UNION ALL SELECT 'c', id, 0, region_id, email, bucket, row_hash FROM stg_customers
            UNION ALL SELECT 'x', id, 0, category_id, CAST(price AS text), bucket, row_hash FROM stg_products
            """
        );
}
