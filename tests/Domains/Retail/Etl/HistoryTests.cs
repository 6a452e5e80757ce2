using Tradepost.Retail.Etl;
using Tradepost.Retail.Generation;

namespace Tradepost.Retail.Tests.Etl;

public sealed class HistoryOnDuckDb() : HistoryContract(StoreKind.DuckDb);

public sealed class HistoryOnPostgres() : HistoryContract(StoreKind.Postgres);

/// <summary>Facts belong to the version of customer and product that was valid when the order was placed.</summary>
public abstract class HistoryContract(StoreKind kind)
{
    private static readonly DateTime Open = new(1900, 1, 1);
    private static readonly DateTime Never = new(9999, 12, 31);

    [Fact]
    public async Task Versions_leave_no_gap_and_facts_join_the_one_of_their_day()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        for (var round = 0; round < 3; round++)
        {
            await LetDaysPassAsync(shop, 20);
            await shop.OrdersAsync(
                $"UPDATE customers SET region_id = 1 + (region_id % 5), updated_at = {shop.NowLiteral} WHERE id % 7 = {round}"
            );
            await warehouse.IncrementalAsync();
        }

        var customers = await VersionsAsync(warehouse, "customer");
        var products = await VersionsAsync(warehouse, "product");
        customers.Values.ShouldContain(versions => versions.Count > 1);
        products.Values.ShouldContain(versions => versions.Count > 1);
        foreach (var (id, versions) in customers.Concat(products))
        {
            versions[0].From.ShouldBe(Open, $"first version of {id}");
            versions[^1].To.ShouldBe(Never, $"last version of {id}");
            versions.Zip(versions.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
            versions.ShouldAllBe(version => version.From < version.To && version.IsCurrent == (version.To == Never));
        }

        // Brute force: for each line the one version whose interval holds the order's time.
        var orders = (
            await shop.QueryAsync<(long Id, long Customer, DateTime At)>("orders", "SELECT id, customer_id, ordered_at FROM orders")
        ).ToDictionary(o => o.Id);
        var lines = (
            await shop.QueryAsync<(long Order, int Line, long Product)>(
                "orders",
                "SELECT order_id, line_number, product_id FROM order_items"
            )
        ).ToDictionary(l => (l.Order, l.Line));
        var facts = await warehouse.QueryAsync<(long Order, int Line, long Customer, long Product)>(
            "SELECT order_id, line_number, customer_key, product_key FROM fact_sales"
        );
        facts.Count.ShouldBe(lines.Count);
        foreach (var fact in facts)
        {
            var order = orders[fact.Order];
            customers[order.Customer].Single(v => v.From <= order.At && order.At < v.To).Key.ShouldBe(fact.Customer, $"order {fact.Order}");
            products[lines[(fact.Order, fact.Line)].Product]
                .Single(v => v.From <= order.At && order.At < v.To)
                .Key.ShouldBe(fact.Product, $"line {fact.Order}:{fact.Line}");
        }
    }

    [Fact]
    public async Task Several_changes_within_a_day_are_several_versions()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        foreach (var hour in new[] { 9, 13, 17 })
        {
            shop.Clock.Set(new DateTimeOffset(2025, 7, 2, hour, 0, 0, TimeSpan.Zero));
            await shop.OrdersAsync($"UPDATE customers SET email = 'at{hour}@example.com', updated_at = {shop.NowLiteral} WHERE id = 5");
            await shop.OrdersAsync(
                $"INSERT INTO orders VALUES ({2000 + hour}, 5, NULL, 1, 'new', {ShopWorld.Literal(shop.Now.AddHours(1))}, {ShopWorld.Literal(shop.Now)}); INSERT INTO order_items VALUES ({2000 + hour}, 1, 1, 1, 10, 0)"
            );
            shop.Clock.Advance(TimeSpan.FromHours(2));
            await warehouse.IncrementalAsync();
        }

        (
            await warehouse.LinesAsync(
                "SELECT f.order_id, c.email FROM fact_sales f JOIN dim_customer c ON c.customer_key = f.customer_key WHERE f.order_id >= 2000"
            )
        ).ShouldBe(["|2009|at9@example.com", "|2013|at13@example.com", "|2017|at17@example.com"]);
    }

    [Fact]
    public async Task An_order_on_the_stroke_of_a_change_belongs_to_the_new_version()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await shop.OrdersAsync(
            "UPDATE customers SET region_id = 1 + (region_id % 5), updated_at = TIMESTAMP '2025-07-01 06:00:00' WHERE id = 5"
        );
        await shop.OrdersAsync(
            """
            INSERT INTO orders VALUES (2000, 5, NULL, 1, 'new', TIMESTAMP '2025-07-01 05:59:59.999999', TIMESTAMP '2025-07-01 07:00:00'), (2001, 5, NULL, 1, 'new', TIMESTAMP '2025-07-01 06:00:00', TIMESTAMP '2025-07-01 07:00:00');
            INSERT INTO order_items VALUES (2000, 1, 1, 1, 10, 0), (2001, 1, 1, 1, 10, 0)
            """
        );

        await warehouse.IncrementalAsync();

        (
            await warehouse.LinesAsync(
                "SELECT f.order_id, c.is_current FROM fact_sales f JOIN dim_customer c ON c.customer_key = f.customer_key WHERE f.order_id >= 2000"
            )
        ).ShouldBe(["|2000|False", "|2001|True"]);
    }

    [Fact]
    public async Task A_manager_without_position_and_region_is_the_same_in_the_run_that_finds_him_and_the_next()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("ALTER TABLE employees ALTER position DROP NOT NULL; ALTER TABLE employees ALTER region_id DROP NOT NULL");
        await shop.OrdersAsync(
            "INSERT INTO employees (id, user_id, name, position, is_manager, region_id) VALUES (90, 1, 'Temp', NULL, FALSE, NULL); UPDATE orders SET manager_id = 90 WHERE id = 10"
        );
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();

        await warehouse.FullAsync();

        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "the second full run");
    }

    [Theory]
    [InlineData(EtlMode.Full)]
    [InlineData(EtlMode.Incremental)]
    public async Task Unknown_members_are_inferred_and_completed_in_place(EtlMode mode)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            "CREATE TABLE late AS SELECT * FROM customers WHERE id = 3; DELETE FROM customers WHERE id = 3; UPDATE orders SET region_id = 77, manager_id = 78 WHERE id = 10"
        );
        await shop.CatalogAsync("CREATE TABLE late AS SELECT * FROM products WHERE id = 4; DELETE FROM products WHERE id = 4");
        await warehouse.FullAsync();
        (await warehouse.LinesAsync("SELECT customer_key, name, is_inferred FROM dim_customer WHERE customer_id = 3")).ShouldBe([
            "|30001|Unknown|True",
        ]);
        (await warehouse.LinesAsync("SELECT product_key, name, cost, is_inferred FROM dim_product WHERE product_id = 4")).ShouldBe([
            "|40001|Unknown|∅|True",
        ]);
        (await warehouse.LinesAsync("SELECT region_key, name, is_inferred FROM dim_region WHERE region_id = 77")).ShouldBe([
            "|77|Unknown|True",
        ]);
        (await warehouse.LinesAsync("SELECT manager_key, name, is_inferred FROM dim_manager WHERE employee_id = 78")).ShouldBe([
            "|78|Unknown|True",
        ]);
        (
            await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE customer_key = 0 OR product_key = 0 OR region_key = 0")
        ).ShouldBe(0);
        var keys = await warehouse.LinesAsync(
            "SELECT order_id, line_number, customer_key, product_key, region_key, manager_key FROM fact_sales"
        );

        // Their rows arrive, with time stamps that lie long behind the watermark.
        await shop.OrdersAsync(
            "INSERT INTO customers SELECT * FROM late; DROP TABLE late; INSERT INTO regions VALUES (77, 'Late'); INSERT INTO employees VALUES (78, 1, 'Late', 'Manager', true, 77)"
        );
        await warehouse.LoadAsync(new EtlOptions { Mode = mode });
        (
            await warehouse.LinesAsync("SELECT order_id, line_number, customer_key, product_key, region_key, manager_key FROM fact_sales")
        ).ShouldBeRowForRow(keys, "keys of facts");
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM dim_customer WHERE is_inferred")).ShouldBe(0);
        (await warehouse.LinesAsync("SELECT name, is_inferred FROM dim_region WHERE region_id = 77")).ShouldBe(["|Late|False"]);
        (await warehouse.LinesAsync("SELECT name, region, is_inferred FROM dim_manager WHERE employee_id = 78")).ShouldBe([
            "|Late|Late|False",
        ]);

        await shop.CatalogAsync("INSERT INTO products SELECT * FROM late; DROP TABLE late");
        var result = await warehouse.LoadAsync(new EtlOptions { Mode = mode });

        var lines = await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM order_items WHERE product_id = 4");
        result.Tables["fact_sales"].Changed.ShouldBe(lines);
        (
            await warehouse.LinesAsync("SELECT order_id, line_number, customer_key, product_key, region_key, manager_key FROM fact_sales")
        ).ShouldBeRowForRow(keys, "keys of facts");
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE product_key = 40001 AND cost IS NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task A_completed_customer_changes_no_fact()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("CREATE TABLE late AS SELECT * FROM customers WHERE id = 3; DELETE FROM customers WHERE id = 3");
        await warehouse.FullAsync();
        await shop.OrdersAsync("INSERT INTO customers SELECT * FROM late; DROP TABLE late");

        var result = await warehouse.IncrementalAsync();

        result.Tables["customers"].Changed.ShouldBe(1);
        result.Tables["fact_sales"].Changed.ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_manager_is_the_unknown_member()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("UPDATE orders SET manager_id = NULL WHERE id = 11");

        await warehouse.FullAsync();

        (
            await warehouse.LinesAsync(
                "SELECT DISTINCT f.manager_key, m.name FROM fact_sales f JOIN dim_manager m ON m.manager_key = f.manager_key WHERE order_id = 11"
            )
        ).ShouldBe(["|0|Unknown"]);
        (await warehouse.LinesAsync("SELECT date_key, year FROM dim_date WHERE date_key = 0")).ShouldBe(["|0|0"]);
        foreach (
            var (table, key) in new[]
            {
                ("dim_customer", "customer_key"),
                ("dim_product", "product_key"),
                ("dim_region", "region_key"),
                ("dim_manager", "manager_key"),
                ("dim_payment_method", "payment_method_key"),
                ("dim_date", "date_key"),
            }
        )
        {
            (await warehouse.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE {key} = 0")).ShouldBe(1, table);
            (
                await warehouse.ScalarAsync<long>(
                    $"SELECT count(*) FROM fact_sales f WHERE NOT EXISTS (SELECT 1 FROM {table} d WHERE d.{key} = f.{key})"
                )
            ).ShouldBe(0, table);
        }
    }

    [Fact]
    public async Task The_number_zero_at_the_source_does_not_take_the_unknown_members_place()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("INSERT INTO regions VALUES (0, 'Zero'); INSERT INTO employees VALUES (0, 1, 'Zero', 'Manager', true, 1)");
        await shop.OrdersAsync(
            "INSERT INTO customers VALUES (0, 0, 'Zero', 'zero@example.com', '1', 1, TIMESTAMP '2025-01-01', TIMESTAMP '2025-01-01')"
        );
        await shop.CatalogAsync(
            "INSERT INTO products VALUES (0, 'ZERO', 'Zero', 1, 'Z', 1, 1, true, TIMESTAMP '2025-01-01', TIMESTAMP '2025-01-01')"
        );

        await warehouse.FullAsync();

        (
            await warehouse.LinesAsync(
                "SELECT name FROM dim_region WHERE region_key = 0 UNION ALL SELECT name FROM dim_manager WHERE manager_key = 0 UNION ALL SELECT name FROM dim_customer WHERE customer_id = 0 UNION ALL SELECT name FROM dim_product WHERE product_id = 0"
            )
        ).ShouldBe(["|Unknown", "|Unknown", "|Unknown", "|Unknown"]);
        (await warehouse.LinesAsync("SELECT source_table, rule FROM etl_rejects")).ShouldBe([
            "|customers|customers.id.range",
            "|employees|employees.id.range",
            "|products|products.id.range",
            "|regions|regions.id.range",
        ]);
    }

    [Fact]
    public async Task A_restatement_rebuilds_what_lies_after_its_moment_and_nothing_before()
    {
        var moment = new DateTime(2025, 1, 1);
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await shop.OrdersAsync("UPDATE customers SET region_id = 1 + (region_id % 5), updated_at = TIMESTAMP '2024-06-01' WHERE id <= 20");
        await warehouse.IncrementalAsync();
        await shop.OrdersAsync("UPDATE customers SET region_id = 1 + (region_id % 5), updated_at = TIMESTAMP '2025-06-01' WHERE id <= 20");
        await warehouse.IncrementalAsync();
        var sound = await warehouse.SnapshotAsync();
        await warehouse.ExecuteAsync("UPDATE dim_customer SET email = 'wrong' WHERE customer_key <> 0");
        await warehouse.ExecuteAsync("UPDATE fact_sales SET order_status = 'wrong', net = net + 1, product_key = 0");
        var tampered = await warehouse.SnapshotAsync();

        await warehouse.LoadAsync(new EtlOptions { RestateFrom = moment });

        var restated = await warehouse.SnapshotAsync();
        Facts(restated, line => Day(line) >= 20250101)
            .ShouldBeRowForRow(Facts(sound, line => Day(line) >= 20250101), "facts from the moment on");
        Facts(restated, line => Day(line) < 20250101)
            .ShouldBeRowForRow(Facts(tampered, line => Day(line) < 20250101), "facts before the moment");
        Customers(restated, line => ValidTo(line) > moment)
            .ShouldBeRowForRow(Customers(sound, line => ValidTo(line) > moment), "versions that reach past the moment");
        Customers(restated, line => ValidTo(line) <= moment)
            .ShouldBeRowForRow(Customers(tampered, line => ValidTo(line) <= moment), "versions that ended before");
    }

    [Fact]
    public async Task A_restatement_still_loads_every_change()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await using var other = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        await other.FullAsync();
        await shop.OrdersAsync("UPDATE customers SET region_id = 1 + (region_id % 5), updated_at = TIMESTAMP '2025-06-01' WHERE id <= 20");
        await warehouse.IncrementalAsync();
        await other.IncrementalAsync();
        await shop.OrdersAsync(
            "UPDATE customers SET email = 'older@example.com', updated_at = TIMESTAMP '2023-10-01' WHERE id = 1; UPDATE customers SET name = 'Renamed' WHERE id <= 3; UPDATE regions SET name = 'Renamed' WHERE id = 2"
        );
        await shop.OrdersAsync("UPDATE orders SET status = 'cancelled' WHERE id = 20");
        await shop.CatalogAsync(
            "UPDATE products SET name = 'Renamed', price = price + 1, updated_at = TIMESTAMP '2023-10-01' WHERE id = 1; UPDATE categories SET name = 'Renamed' WHERE id = 2"
        );

        await warehouse.LoadAsync(new EtlOptions { RestateFrom = new DateTime(2025, 7, 1) });
        await other.FullAsync();

        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(await other.SnapshotAsync(), "a restatement against a full run");
    }

    private static List<string> Facts(IReadOnlyList<string> lines, Func<string, bool> where) =>
        [.. lines.Where(line => line.StartsWith("fact_sales", StringComparison.Ordinal) && where(line))];

    private static List<string> Customers(IReadOnlyList<string> lines, Func<string, bool> where) =>
        [.. lines.Where(line => line.StartsWith("dim_customer", StringComparison.Ordinal) && where(line))];

    private static int Day(string fact) => int.Parse(fact.Split('|')[3]);

    private static DateTime ValidTo(string customer) => DateTime.Parse(customer.Split('|')[10]);

    private static async Task LetDaysPassAsync(EmbeddedShop shop, int days)
    {
        await new ShopSimulator((database, _) => shop.OpenAsync(database), ShopOptions.DefaultSeed).AdvanceAsync(
            days,
            TestContext.Current.CancellationToken
        );
        shop.Clock.Advance(TimeSpan.FromDays(days));
    }

    private static async Task<Dictionary<long, List<Version>>> VersionsAsync(Warehouse warehouse, string entity) =>
        (
            await warehouse.QueryAsync<(long Id, long Key, DateTime From, DateTime To, bool IsCurrent)>(
                $"SELECT {entity}_id, {entity}_key, valid_from, valid_to, is_current FROM dim_{entity} WHERE {entity}_key <> 0 ORDER BY {entity}_key"
            )
        )
            .GroupBy(row => row.Id)
            .ToDictionary(group => group.Key, group => group.Select(row => new Version(row.Key, row.From, row.To, row.IsCurrent)).ToList());

    private sealed record Version(long Key, DateTime From, DateTime To, bool IsCurrent);
}
