using Tradepost.Retail.Etl;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Indicators;
using Tradepost.Retail.Tests.Etl;

namespace Tradepost.Retail.Tests.Rejects;

public sealed class RejectsOnDuckDb() : RejectsContract(StoreKind.DuckDb);

public sealed class RejectsOnPostgres() : RejectsContract(StoreKind.Postgres);

public abstract class RejectsContract(StoreKind kind)
{
    [Fact]
    public async Task Every_kind_of_bad_row_is_kept_aside_under_its_rule_and_the_rest_loads()
    {
        await using var shop = await EmbeddedShop.CreateAsync(scale: 4, dirty: 0.05);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var dirty = new ShopRowsDirt(0.05).Counts;

        var result = await warehouse.FullAsync();

        var rules = (
            await warehouse.QueryAsync<(string Rule, long Rows)>(
                "SELECT rule, count(*) FROM etl_rejects WHERE replayed_at IS NULL GROUP BY rule"
            )
        ).ToDictionary(row => row.Rule, row => row.Rows);
        dirty.Values.ShouldAllBe(count => count > 0);
        rules.ShouldNotContainKey("customers.email.not_null"); // a person may be erased at the source
        rules["customers.name.encoding"].ShouldBe(dirty["wrong_encoding"]);
        rules["orders.ordered_at.range"].ShouldBe(dirty["future_date"]);
        rules["order_items.quantity.range"].ShouldBe(dirty["negative_quantity"]);
        rules["order_items.product_id.relationship"].ShouldBe(dirty["unknown_product"]);
        rules["payments.payment.duplicate"].ShouldBeLessThanOrEqualTo(dirty["duplicate_payment"]);
        rules["payments.payment.duplicate"].ShouldBeGreaterThan(0);
        result.Rejected.ShouldBe(rules.Values.Sum());
        foreach (
            var (table, rejected) in await warehouse.QueryAsync<(string Table, long Rows)>(
                "SELECT source_table, count(*) FROM etl_rejects GROUP BY source_table"
            )
        )
        {
            result.Tables[table].Rejected.ShouldBe(rejected, table);
            result.Tables[table].Loaded.ShouldBe(result.Tables[table].Read - rejected, table);
        }

        var heldLines = await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejects WHERE source_table = 'order_items'");
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales")).ShouldBe(
            await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM order_items") - heldLines
        );
        var heldPayments = await warehouse.ScalarAsync<decimal>(
            "SELECT sum(amount) FROM etl_rejects WHERE source_table = 'payments' AND (\"row\" ->> 'status') = 'completed'"
        );
        (await warehouse.ScalarAsync<decimal>("SELECT sum(paid_amount) FROM fact_sales")).ShouldBe(
            await shop.ScalarAsync<decimal>("payments", "SELECT SUM(amount) FROM payments WHERE status = 'completed'") - heldPayments
        );
    }

    [Fact]
    public async Task A_replay_accepts_the_values_that_the_mapping_of_the_last_load_accepts()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.PaymentsAsync("UPDATE payments SET method = 'shells' WHERE id = 5");
        await warehouse.FullAsync();
        await warehouse.ExecuteAsync(
            """INSERT INTO etl_state (name, value) VALUES ('accepted_values', '{"payments.method": ["card", "beads"]}')"""
        );
        await warehouse.ExecuteAsync(
            "UPDATE etl_rejects SET \"row\" = CAST(replace(CAST(\"row\" AS text), 'shells', 'beads') AS json) WHERE natural_key = '5' AND source_table = 'payments'"
        );

        var result = await warehouse.ReplayAsync();

        (result.Replayed, result.StillBroken).ShouldBe((1, 0));
    }

    [Fact]
    public async Task The_problem_says_what_was_found_and_what_was_expected()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            "UPDATE customers SET email = 'ÐžÐ»' WHERE id = 1; UPDATE orders SET status = 'lost' WHERE id = 2; UPDATE order_items SET quantity = -3 WHERE order_id = 3 AND line_number = 1"
        );
        await shop.OrdersAsync("UPDATE order_items SET discount = 9999999 WHERE order_id = 4 AND line_number = 1");
        await shop.PaymentsAsync(
            "UPDATE payments SET method = 'shells' WHERE id = 5; UPDATE payments SET amount = -1 WHERE id = 6; UPDATE payments SET order_id = 99999 WHERE id = 7"
        );
        await shop.CatalogAsync(
            "UPDATE products SET price = -1 WHERE id = 8; UPDATE products SET sku = ' ' WHERE id = 9; UPDATE categories SET name = '' WHERE id = 14"
        );

        await warehouse.FullAsync();

        var problems = await warehouse.LinesAsync("SELECT source_table, natural_key, rule, problem FROM etl_rejects");
        problems.ShouldContain("|customers|1|customers.email.encoding|email is ÐžÐ», expected text in one encoding");
        problems.ShouldContain("|orders|2|orders.status.accepted_values|status is lost, expected one of new, paid, shipped, cancelled");
        problems.ShouldContain("|order_items|2:1|order_items.order_id.relationship|order_id is 2, expected an order that was accepted");
        problems.ShouldContain("|order_items|3:1|order_items.quantity.range|quantity is -3, expected a quantity from 1 to 100000");
        problems.ShouldContain(
            "|order_items|4:1|order_items.discount.range|discount is 9999999.00, expected a discount from 0 to the line's price"
        );
        problems.ShouldContain(
            "|payments|5|payments.method.accepted_values|method is shells, expected one of card, paypal, bank_transfer, cash"
        );
        problems.ShouldContain("|payments|6|payments.amount.range|amount is -1.00, expected 0 or more");
        problems.ShouldContain("|payments|7|payments.order_id.relationship|order_id is 99999, expected an accepted order with lines");
        problems.ShouldContain("|products|8|products.price.range|price is -1.00, expected 0 or more");
        problems.ShouldContain("|products|9|products.sku.not_null|sku is  , expected a value");
        problems.ShouldContain("|categories|14|categories.name.not_null|name is , expected a value");
    }

    [Fact]
    public async Task A_mended_row_is_loaded_by_a_replay_and_outlives_full_runs()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await using var sound = await Warehouse.CreateAsync(kind, shop);
        await sound.FullAsync();
        await shop.OrdersAsync(
            "UPDATE order_items SET quantity = -quantity WHERE order_id = 3 AND line_number = 1; UPDATE customers SET email = 'Ð»' || email WHERE id = 1"
        );
        await shop.PaymentsAsync("UPDATE payments SET method = 'shells' WHERE id = 5");
        var quantity = -await shop.ScalarAsync<int>("orders", "SELECT quantity FROM order_items WHERE order_id = 3 AND line_number = 1");
        var email = (await sound.LinesAsync("SELECT email FROM dim_customer WHERE customer_id = 1"))[0][1..];
        var method = (
            await sound.LinesAsync(
                "SELECT m.method FROM fact_sales f JOIN dim_payment_method m ON m.payment_method_key = f.payment_method_key JOIN stg_payments p ON p.order_id = f.order_id WHERE p.id = 5"
            )
        )[0][1..];
        await warehouse.FullAsync();
        await MendAsync(warehouse, "order_items", "3:1", "quantity", quantity.ToString());
        await MendAsync(warehouse, "customers", "1", "email", $"\"{email}\"");
        await MendAsync(warehouse, "payments", "5", "method", $"\"{method}\"");

        var published = await PublishedWarehouse.FindLoadAsync(warehouse.Store, TestContext.Current.CancellationToken);
        var replay = await warehouse.ReplayAsync();

        (replay.Replayed, replay.StillBroken, replay.Untouched).ShouldBe((3, 0, 0));
        (await PublishedWarehouse.FindLoadAsync(warehouse.Store, TestContext.Current.CancellationToken)).ShouldNotBe(published);
        (await StarAsync(warehouse)).ShouldBeRowForRow(await StarAsync(sound), "after the replay");
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejects WHERE replayed_at IS NULL")).ShouldBe(0);
        var before = await warehouse.SnapshotAsync();
        await warehouse.FullAsync();
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after a full run");
        await warehouse.IncrementalAsync();
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after an incremental run");
        (await warehouse.ReplayAsync()).Replayed.ShouldBe(0);
    }

    [Fact]
    public async Task A_mended_row_gives_way_once_its_source_changes()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("UPDATE order_items SET quantity = -1 WHERE order_id = 3 AND line_number = 1");
        await warehouse.FullAsync();
        await MendAsync(warehouse, "order_items", "3:1", "quantity", "7");
        await warehouse.ReplayAsync();
        (await warehouse.ScalarAsync<int>("SELECT quantity FROM fact_sales WHERE order_id = 3 AND line_number = 1")).ShouldBe(7);

        await shop.OrdersAsync("UPDATE order_items SET quantity = 2 WHERE order_id = 3 AND line_number = 1");
        await warehouse.IncrementalAsync();

        (await warehouse.ScalarAsync<int>("SELECT quantity FROM fact_sales WHERE order_id = 3 AND line_number = 1")).ShouldBe(2);
    }

    [Fact]
    public async Task A_row_that_was_mended_badly_stays_where_it_is()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("UPDATE order_items SET quantity = -1 WHERE order_id IN (3, 4) AND line_number = 1");
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await MendAsync(warehouse, "order_items", "3:1", "quantity", "-5");

        var replay = await warehouse.ReplayAsync(new() { Table = "order_items" });

        (replay.Replayed, replay.StillBroken, replay.Untouched).ShouldBe((0, 1, 1));
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after the replay");
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task Mending_at_the_source_closes_the_reject(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var sound = await warehouse.SnapshotAsync();
        await shop.OrdersAsync(
            "CREATE TABLE kept AS SELECT * FROM orders WHERE id = 30; UPDATE orders SET status = 'lost' WHERE id = 30; UPDATE order_items SET quantity = -quantity WHERE order_id = 31"
        );
        await shop.CatalogAsync("UPDATE products SET price = -price WHERE id = 1");

        await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        var lines = await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM order_items WHERE order_id IN (30, 31)");
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejects WHERE source_table = 'order_items'")).ShouldBe(lines);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE order_id IN (30, 31) AND NOT is_deleted")).ShouldBe(0);

        await shop.OrdersAsync(
            "DELETE FROM orders WHERE id = 30; INSERT INTO orders SELECT * FROM kept; DROP TABLE kept; UPDATE order_items SET quantity = -quantity WHERE order_id = 31"
        );
        await shop.CatalogAsync("UPDATE products SET price = -price WHERE id = 1");
        await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(sound, "after the source was mended");
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task Too_many_rejects_stop_the_run_before_anything_is_published(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await shop.PaymentsAsync("UPDATE payments SET method = 'shells' WHERE id <= 3");
        await shop.OrdersAsync("UPDATE customers SET email = 'Ð»' WHERE id <= 2");

        var failure = await Should.ThrowAsync<DataQualityException>(() =>
            warehouse.LoadAsync(new EtlOptions { Mode = mode, MaxRejects = 4 })
        );

        failure.Message.ShouldBe(
            "5 rows break a rule, in customers (2), payments (3); at most 4 are allowed (--max-rejects). Nothing was published."
        );
        failure.ExitCode.ShouldBe(4);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "after the run was stopped");
        (await warehouse.LoadAsync(new EtlOptions { Mode = mode, MaxRejects = 5 })).Rejected.ShouldBe(5);
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task Of_rows_with_one_key_the_latest_is_loaded(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await shop.OrdersAsync(
            "INSERT INTO orders SELECT id, customer_id, manager_id, region_id, 'cancelled', ordered_at, updated_at + INTERVAL 1 HOUR FROM orders WHERE id = 40"
        );
        await shop.OrdersAsync(
            "INSERT INTO orders SELECT id, customer_id, manager_id, region_id, 'new', ordered_at, updated_at - INTERVAL 1 HOUR FROM orders WHERE id = 40 AND status <> 'cancelled'"
        );
        await shop.PaymentsAsync("INSERT INTO payments SELECT * FROM payments WHERE id = 50");

        var result = await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        result.Differing.ShouldBe(0);
        (await warehouse.LinesAsync("SELECT DISTINCT order_status FROM fact_sales WHERE order_id = 40")).ShouldBe(["|cancelled"]);
        (await warehouse.LinesAsync("SELECT source_table, natural_key, rule, problem FROM etl_rejects")).ShouldBe([
            "|orders|40|orders.key.unique|the key occurs more than once, expected once; the latest row was loaded",
            "|orders|40|orders.key.unique|the key occurs more than once, expected once; the latest row was loaded",
            "|payments|50|payments.key.unique|the key occurs more than once, expected once; the latest row was loaded",
        ]);
        var before = await warehouse.SnapshotAsync();
        var again = await warehouse.IncrementalAsync();
        (again.Tables["orders"].Read, again.Tables["orders"].Changed).ShouldBe((0, 0));
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "a second run");
    }

    [Fact]
    public async Task Three_rows_that_are_quite_the_same_are_one()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.PaymentsAsync(
            "INSERT INTO payments SELECT * FROM payments WHERE id = 50; INSERT INTO payments SELECT DISTINCT * FROM payments WHERE id = 50"
        );
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();

        var result = await warehouse.IncrementalAsync();

        result.Differing.ShouldBe(0);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "a second run");
    }

    /// <summary>The star without what a customer's unseen past or an order's past deletion leaves.</summary>
    private static async Task<IReadOnlyList<string>> StarAsync(Warehouse warehouse) =>
        [.. (await warehouse.SnapshotAsync()).Where(line => !line.StartsWith("etl_rejects", StringComparison.Ordinal))];

    private static Task MendAsync(Warehouse warehouse, string table, string key, string column, string json) =>
        warehouse.ExecuteAsync(
            warehouse.Store.Dialect.Name == "postgres"
                ? $"UPDATE etl_rejects SET \"row\" = jsonb_set(\"row\", '{{{column}}}', '{json}') WHERE source_table = '{table}' AND natural_key = '{key}'"
                : $"UPDATE etl_rejects SET \"row\" = json_merge_patch(\"row\", '{{\"{column}\": {json}}}') WHERE source_table = '{table}' AND natural_key = '{key}'"
        );

    private sealed class ShopRowsDirt
    {
        public ShopRowsDirt(double share)
        {
            var dirt = new Dirt(ShopOptions.DefaultSeed, share);
            var rows = new ShopRows(
                new GeneratedShop(
                    new ShopOptions
                    {
                        Scale = 4,
                        DirtyShare = share,
                        Until = ShopWorld.Until,
                    }
                ),
                dirt
            );
            foreach (var batch in ShopTable.Databases.SelectMany(ShopTable.Of).SelectMany(rows.Of))
            {
                batch.Count.ShouldBeGreaterThan(0);
            }

            Counts = dirt.Counts;
        }

        public IReadOnlyDictionary<string, long> Counts { get; }
    }
}
