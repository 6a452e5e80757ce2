using Tradepost.Jobs;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Sources;

public sealed class BadSourcesOnDuckDb() : BadSourcesContract(StoreKind.DuckDb);

public sealed class BadSourcesOnPostgres() : BadSourcesContract(StoreKind.Postgres);

/// <summary>Sources that are not there or not as expected, and the sentences that say so.</summary>
public abstract class BadSourcesContract(StoreKind kind)
{
    [Fact]
    public async Task An_empty_shop_is_refused()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("DELETE FROM order_items; DELETE FROM orders");

        (await Should.ThrowAsync<DataQualityException>(() => warehouse.IncrementalAsync())).Message.ShouldBe(
            "Source orders: table orders is empty, so there is nothing to build a warehouse from; nothing was published."
        );
    }

    [Fact]
    public async Task A_missing_file_is_unavailable()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        File.Delete(shop.PathOf("catalog"));

        (await Should.ThrowAsync<SourceUnavailableException>(() => warehouse.FullAsync())).Message.ShouldBe(
            $"Source catalog cannot be read at DuckDB {shop.PathOf("catalog")}: there is no such file"
        );
    }

    [Fact]
    public async Task A_closed_port_is_unavailable()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var sources = With(
            shop,
            "payments",
            new MySqlSource(
                "payments",
                "Server=127.0.0.1;Port=1;User ID=u;Password=secret;Database=payments_db",
                "mysql://u@127.0.0.1:1/payments_db"
            )
        );

        var failure = await Should.ThrowAsync<SourceUnavailableException>(() => warehouse.LoadAsync(Warehouse.Full, sources));

        failure.SourceName.ShouldBe("payments");
        failure.Message.ShouldBe(
            "Source payments cannot be read at mysql://u@127.0.0.1:1/payments_db: no server answers there, or its name is unknown"
        );
    }

    [Fact]
    public async Task A_wrong_password_is_unavailable()
    {
        var server = await Servers.RequireMariaDbAsync();
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var connectionString = server.ConnectionString("mysql").Replace(MariaDbServer.Password, "wrong", StringComparison.Ordinal);

        var failure = await Should.ThrowAsync<SourceUnavailableException>(() =>
            warehouse.LoadAsync(
                Warehouse.Full,
                With(shop, "auth", new MySqlSource("auth", connectionString, "mysql://app@127.0.0.1/mysql"))
            )
        );

        failure.Message.ShouldBe(
            $"Source auth cannot be read at mysql://app@127.0.0.1/mysql: Access denied for user '{MariaDbServer.User}'@'127.0.0.1' (using password: YES)"
        );
    }

    [Fact]
    public async Task A_table_that_lacks_columns_is_named_with_them()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync("ALTER TABLE customers DROP COLUMN phone; ALTER TABLE customers DROP COLUMN updated_at");

        (await Should.ThrowAsync<SourceSchemaException>(() => warehouse.FullAsync())).Message.ShouldBe(
            "Source orders: table customers lacks phone and updated_at; expected id, user_id, name, email, phone, region_id, created_at, updated_at."
        );
    }

    [Fact]
    public async Task A_missing_table_is_named()
    {
        await using var shop = await MariaDbShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.PaymentsAsync("DROP TABLE payments");

        (await Should.ThrowAsync<SourceSchemaException>(() => warehouse.FullAsync())).Message.ShouldBe(
            $"Source payments at mysql://127.0.0.1/payments: Table '{shop.NameOf("payments")}.payments' doesn't exist"
        );
    }

    [Fact]
    public async Task A_missing_embedded_table_is_named()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.PaymentsAsync("DROP TABLE payments");

        (await Should.ThrowAsync<SourceSchemaException>(() => warehouse.FullAsync())).Message.ShouldStartWith(
            $"Source payments at DuckDB {shop.PathOf("payments")}: Catalog Error: Table with name payments does not exist!"
        );
    }

    [Fact]
    public async Task Values_that_cannot_be_read_are_kept_aside_with_their_rows()
    {
        await using var shop = await MariaDbShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            "UPDATE orders SET ordered_at = '0000-00-00 00:00:00' WHERE id = 10; UPDATE orders SET updated_at = '0000-00-00 00:00:00' WHERE id = 11"
        );
        await shop.OrdersAsync(
            "ALTER TABLE customers MODIFY name varbinary(300) NOT NULL; UPDATE customers SET name = x'C328' WHERE id = 12"
        );
        await shop.PaymentsAsync(
            "ALTER TABLE payments MODIFY amount decimal(20,4) NOT NULL; UPDATE payments SET amount = 99999999999999.5 WHERE id = 13; UPDATE payments SET amount = 1.2345 WHERE id = 14"
        );

        var result = await warehouse.FullAsync();

        result.Differing.ShouldBe(0);
        (
            await warehouse.LinesAsync("SELECT source_table, natural_key, rule, problem FROM etl_rejects WHERE rule LIKE '%readable'")
        ).ShouldBe([
            "|customers|12|customers.row.readable|name cannot be read as Text: Unable to translate bytes [C3] at index 0 from specified code page to Unicode.",
            "|orders|10|orders.row.readable|ordered_at cannot be read as Timestamp: 0000-00-00 00:00:00 is not a date",
            "|orders|11|orders.row.readable|updated_at cannot be read as Timestamp: 0000-00-00 00:00:00 is not a date",
            "|payments|13|payments.row.readable|amount cannot be read as Decimal: 99999999999999.5000 does not fit a decimal(12,2)",
            "|payments|14|payments.row.readable|amount cannot be read as Decimal: 1.2345 does not fit a decimal(12,2)",
        ]);
        var before = await warehouse.SnapshotAsync();
        (await warehouse.IncrementalAsync()).Differing.ShouldBe(0);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "an incremental run");

        await shop.OrdersAsync(
            "UPDATE orders SET ordered_at = '2025-01-01', updated_at = '2025-01-01' WHERE id IN (10, 11); UPDATE customers SET name = 'Mended', updated_at = '2025-01-01' WHERE id = 12"
        );
        await shop.PaymentsAsync("UPDATE payments SET amount = 1, updated_at = '2025-01-01' WHERE id IN (13, 14)");
        await warehouse.IncrementalAsync();

        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejects")).ShouldBe(0);
        (await warehouse.LinesAsync("SELECT DISTINCT order_id, date_key FROM fact_sales WHERE order_id IN (10, 11)")).ShouldBe([
            "|10|20250101",
            "|11|20250101",
        ]);
    }

    [Fact]
    public async Task Unsigned_numbers_and_tinyint_flags_are_read_as_what_they_mean()
    {
        await using var shop = await MariaDbShop.CreateAsync();
        await using var plain = await Warehouse.CreateAsync(kind, shop);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await plain.FullAsync();
        await shop.OrdersAsync("ALTER TABLE order_items DROP FOREIGN KEY fk_order_items_order");
        await shop.OrdersAsync(
            "ALTER TABLE order_items MODIFY quantity smallint unsigned NOT NULL, MODIFY line_number tinyint unsigned NOT NULL, MODIFY product_id int unsigned NOT NULL"
        );
        await shop.OrdersAsync(
            "ALTER TABLE employees MODIFY is_manager tinyint(1) NOT NULL; UPDATE employees SET is_manager = 2 WHERE is_manager = 1"
        );
        await shop.CatalogAsync("ALTER TABLE products MODIFY is_active bit(1) NOT NULL");

        await warehouse.FullAsync();

        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(await plain.SnapshotAsync(), "other types of the same values");
    }

    [Fact]
    public async Task A_number_beyond_ours_is_kept_aside()
    {
        await using var shop = await MariaDbShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            "ALTER TABLE order_items MODIFY quantity bigint unsigned NOT NULL; UPDATE order_items SET quantity = 18446744073709551615 WHERE order_id = 10 AND line_number = 1"
        );

        await warehouse.FullAsync();

        (await warehouse.LinesAsync("SELECT natural_key, rule FROM etl_rejects")).ShouldBe(["|10:1|order_items.row.readable"]);
    }

    [Theory]
    [InlineData("", "it maps no table; name at least where orders come from, as tables: orders: from.")]
    [InlineData("tables:\n", "it maps no table; name at least where orders come from, as tables: orders: from.")]
    [InlineData("tables:\n  regions:\n", "it maps no table; name at least where orders come from, as tables: orders: from.")]
    [InlineData("tables:\n  regions:\n    from: r\n    columns:\n", "regions does not say where its id comes from.")]
    [InlineData(
        "tables:\n  orderz:\n    from: o\n",
        "there is no table orderz; expected roles, users, categories, products, regions, employees, customers, orders, order_items, payments."
    )]
    [InlineData("tables:\n  regions:\n    from: r\n    columns: {id: 1, nam: x}\n", "regions has no column nam; expected id, name.")]
    [InlineData("tables:\n  regions:\n    from: r\n    columns: {name: x}\n", "regions does not say where its id comes from.")]
    [InlineData(
        "tables:\n  order_items:\n    from: l\n    columns: {order_id: o, line_number: n, product_id: p, quantity: q, unit_price: u}\n",
        "order_items does not say where its discount comes from."
    )]
    [InlineData(
        "tables:\n  orders:\n    from: o\n    columns: {id: id, customer_id: , status: s, ordered_at: t}\n",
        "orders does not say where its customer_id comes from."
    )]
    [InlineData(
        "accepted_values:\n  payments.metod: [a]\n",
        "accepted_values names payments.metod, expected a table.column of ours such as payments.method."
    )]
    public void A_mapping_that_does_not_fit_is_refused(string yaml, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mapping.yaml", yaml);

        var failure = Should.Throw<JobFailedException>(() => MappingFile.Read(path));

        failure.Message.ShouldBe($"Mapping file {path}: {message}");
        failure.ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("tables:\n  regions: [\n")]
    [InlineData("tables:\n  regions:\n    frm: r\n")]
    [InlineData("tables: 5\n")]
    public void A_broken_mapping_file_is_named_with_its_line(string yaml)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mapping.yaml", yaml);

        var failure = Should.Throw<JobFailedException>(() => MappingFile.Read(path));

        failure.Message.ShouldMatch($"^Mapping file {path}, line [1-3]: .+");
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_missing_mapping_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Combine("none.yaml");

        var failure = Should.Throw<JobFailedException>(() => MappingFile.Read(path));

        failure.Message.ShouldBe($"Mapping file {path} cannot be read: Could not find file '{path}'.");
        failure.ExitCode.ShouldBe(2);
    }

    private static ShopSources With(EmbeddedShop shop, string database, Source source) =>
        shop.Sources with
        {
            Databases = new Dictionary<string, Source>(shop.Sources.Databases) { [database] = source },
        };
}
