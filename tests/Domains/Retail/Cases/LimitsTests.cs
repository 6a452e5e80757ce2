using System.Globalization;
using System.Text;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Tests.Etl;

namespace Tradepost.Retail.Tests.Cases;

public sealed class LimitsOnDuckDb() : LimitsContract(StoreKind.DuckDb);

public sealed class LimitsOnPostgres() : LimitsContract(StoreKind.Postgres);

/// <summary>Rows at and beyond every limit of keys, ids, amounts, texts and times: each is carried to the end or kept aside as a row.</summary>
public abstract class LimitsContract(StoreKind kind)
{
    private const string Mapping = """
        tables:
          regions: {from: regions, columns: {id: id, name: name}}
          categories: {from: categories, columns: {id: id, parent_id: parent_id, name: name}}
          products: {from: products, columns: {id: id, sku: sku, name: name, category_id: category_id, brand: name, price: price, cost: cost, is_active: is_active, created_at: at, updated_at: at}}
          employees: {from: employees, columns: {id: id, user_id: id, name: name, position: name, is_manager: is_manager, region_id: region_id}}
          customers: {from: customers, columns: {id: id, user_id: user_id, name: name, email: email, phone: email, region_id: region_id, created_at: at, updated_at: at}}
          orders: {from: orders, columns: {id: id, customer_id: customer_id, manager_id: manager_id, region_id: region_id, status: status, ordered_at: ordered_at, updated_at: at}}
          order_items: {from: order_items, columns: {order_id: order_id, line_number: line_number, product_id: product_id, quantity: quantity, unit_price: unit_price, discount: discount}}
          payments: {from: payments, columns: {id: id, order_id: order_id, method: method, status: status, amount: amount, paid_at: paid_at, updated_at: at}}
        """;

    private const string Tables = """
        CREATE TABLE regions (id {number}, name {text});
        CREATE TABLE categories (id {number}, parent_id {number}, name {text});
        CREATE TABLE products (id {number}, sku {text}, name {text}, category_id {number}, price {money}, cost {money}, is_active {number}, at {time});
        CREATE TABLE employees (id {number}, name {text}, is_manager {number}, region_id {number});
        CREATE TABLE customers (id {number}, user_id {number}, name {text}, email {text}, region_id {number}, at {time});
        CREATE TABLE orders (id {number}, customer_id {number}, manager_id {number}, region_id {number}, status {text}, ordered_at {time}, at {time});
        CREATE TABLE order_items (order_id {number}, line_number {number}, product_id {number}, quantity {number}, unit_price {money}, discount {money});
        CREATE TABLE payments (id {number}, order_id {number}, method {text}, status {text}, amount {money}, paid_at {time}, at {time});
        """;

    private static readonly string[] Numbers =
    [
        "NULL",
        "0",
        "-1",
        "1",
        "2",
        "3",
        "1023",
        "1024",
        "2147483647",
        "2147483648",
        "-2147483648",
        "4294967296",
        "9007199254740993",
        "922337203685476",
        "922337203685477",
        "922337203685478",
        "147248902101323776",
        "148148902101323759",
        "9223372036854775806",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551615",
    ];

    private static readonly string[] Amounts =
    [
        "NULL",
        "0",
        "0.01",
        "-0.01",
        "1",
        "99.99",
        "9999999999.99",
        "10000000000",
        "99999999999999.5",
        "0.001",
        "1.005",
        "-9999999999.99",
        "12345678901234567890123456789.123456",
    ];

    private static readonly string[] Texts =
    [
        "NULL",
        "''",
        "' '",
        "'a'",
        "'paid'",
        "'new'",
        "'card'",
        "'completed'",
        "CONCAT('n', CHAR(0), 'ul')",
        "CHAR(0)",
        "REPEAT('x', 100000)",
        "'Юлія 🚀'",
        "'a|b'",
        "'\\\\N'",
        "'{\"k\": 1}'",
        "'ÐžÐ»'",
        "'line\\nbreak'",
        "UNHEX('EFBFBD')",
        "'%s {{0}} $1'",
        "'''; --'",
    ];

    private static readonly string[] Times =
    [
        "NULL",
        "'0000-00-00'",
        "'1000-01-01'",
        "'1899-12-31 23:59:59.999999'",
        "'1970-01-01'",
        "'1989-12-31'",
        "'1990-01-01'",
        "'2024-02-29 12:00:00.000001'",
        "'2024-02-30'",
        "'2024-05-01'",
        "'9999-12-31'",
        "'9999-12-31 23:59:59.999999'",
    ];

    public static TheoryData<int, string, string, string, string> Mixes() =>
        new()
        {
            { 1, "bigint", "decimal(12,2)", "longtext", "datetime(6)" },
            { 2, "bigint unsigned", "decimal(40,10)", "varchar(100000) CHARACTER SET utf8mb3", "datetime" },
            { 3, "decimal(30,0)", "decimal(65,30)", "longblob", "datetime(3)" },
            { 4, "varchar(40)", "varchar(60)", "longtext", "varchar(40)" },
            { 5, "decimal(40,3)", "double", "longtext CHARACTER SET utf16", "datetime(6)" },
        };

    [Theory]
    [MemberData(nameof(Mixes))]
    public async Task No_row_at_a_limit_stops_a_load(int seed, string number, string money, string text, string time)
    {
        await using var shop = await MappedShop.FromTextAsync(Mapping);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.RunAsync(
            Tables
                .Replace("{number}", number, StringComparison.Ordinal)
                .Replace("{money}", money, StringComparison.Ordinal)
                .Replace("{text}", text, StringComparison.Ordinal)
                .Replace("{time}", time, StringComparison.Ordinal)
        );
        var dice = new Random(seed);
        await shop.RunAsync(Rows(dice));

        await CheckAsync(await warehouse.LoadAsync(Lenient(EtlMode.Full)));
        await CheckAsync(await warehouse.LoadAsync(Lenient(EtlMode.Incremental)));
        var before = await warehouse.SnapshotAsync();
        await CheckAsync(await warehouse.LoadAsync(Lenient(EtlMode.Full)));
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, "a second full run");
        await shop.RunAsync(Rows(dice));
        await CheckAsync(await warehouse.LoadAsync(Lenient(EtlMode.Incremental)));
        await shop.RunAsync(
            "DELETE FROM customers WHERE id IS NULL; DELETE FROM order_items WHERE order_id IS NULL OR line_number IS NULL; DELETE FROM orders WHERE id IS NULL"
        );
        await CheckAsync(await warehouse.LoadAsync(Lenient(EtlMode.Incremental)));
        (
            await warehouse.ScalarAsync<long>(
                "SELECT count(*) FROM etl_rejects WHERE source_table = 'customers' AND natural_key = '' AND problem = 'id is empty, expected a value'"
            )
        ).ShouldBe(0);

        async Task CheckAsync(EtlResult result)
        {
            result.Differing.ShouldBe(0);
            var rows = await shop.ScalarAsync<long>("SELECT COUNT(*) FROM order_items");
            var loaded = await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE NOT is_deleted");
            var held = await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejects WHERE source_table = 'order_items'");
            var rules = string.Join(' ', await warehouse.LinesAsync("SELECT rule, count(*) FROM etl_rejects GROUP BY rule"));
            loaded.ShouldBeGreaterThan(0, rules);
            (loaded + held).ShouldBe(rows, $"every line is in the facts or in the rejects: {rules}");
            (
                await warehouse.ScalarAsync<long>(
                    "SELECT count(*) FROM fact_sales f LEFT JOIN dim_customer c ON c.customer_key = f.customer_key LEFT JOIN dim_product p ON p.product_key = f.product_key WHERE c.customer_key IS NULL OR p.product_key IS NULL"
                )
            ).ShouldBe(0);
            (await warehouse.ScalarAsync<long>("SELECT count(*) - count(DISTINCT customer_key) FROM dim_customer")).ShouldBe(0);
            (await warehouse.ScalarAsync<long>("SELECT count(*) - count(DISTINCT product_key) FROM dim_product")).ShouldBe(0);
        }
    }

    private static EtlOptions Lenient(EtlMode mode) =>
        new()
        {
            Mode = mode,
            MaxDeletes = 100,
            MaxRejectShare = 100,
        };

    /// <summary>For each table rows of which one value is at a limit, a few of which everything is, and sound ones.</summary>
    private static string Rows(Random dice)
    {
        var sql = new StringBuilder();
        sql.Append("INSERT IGNORE INTO orders VALUES (1, 1, 1, 1, 'paid', '2024-05-01 10:00:00', '2024-05-01 10:00:00');\n");
        var number = dice.Next(10, 1_000_000);
        foreach (var (table, columns) in Columns)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                foreach (var value in ValuesOf(columns[column]))
                {
                    Add(table, columns.Select((kind, i) => i == column ? value : Sound(kind, i)));
                }
            }

            for (var i = 0; i < 10; i++)
            {
                Add(table, columns.Select(kind => ValuesOf(kind)[dice.Next(ValuesOf(kind).Length)]));
                Add(table, columns.Select(Sound));
            }
        }

        return sql.ToString();

        void Add(string table, IEnumerable<string> values)
        {
            number++;
            sql.Append(CultureInfo.InvariantCulture, $"INSERT IGNORE INTO {table} VALUES ({string.Join(", ", values)});\n");
        }

        string Sound(string kind, int i) =>
            kind switch
            {
                "n" when i == 0 => number.ToString(),
                "k" => number.ToString(),
                "n" or "o" => "1",
                "m" => "10.00",
                "a" => $"{number}.00",
                "d" => "0",
                "s" => "'paid'",
                "p" => "'completed'",
                "w" => "'card'",
                "t" => "'2024-05-01 10:00:00'",
                _ => $"'text {number}'",
            };
    }

    private static readonly (string Table, string[] Columns)[] Columns =
    [
        ("regions", ["n", "x"]),
        ("categories", ["n", "n", "x"]),
        ("products", ["n", "x", "x", "n", "m", "m", "n", "t"]),
        ("employees", ["n", "x", "n", "n"]),
        ("customers", ["n", "n", "x", "x", "n", "t"]),
        ("orders", ["n", "n", "n", "n", "s", "t", "t"]),
        ("order_items", ["o", "k", "k", "n", "m", "d"]),
        ("payments", ["n", "o", "w", "p", "a", "t", "t"]),
    ];

    private static string[] ValuesOf(string kind) =>
        kind switch
        {
            "n" or "o" or "k" => Numbers,
            "m" or "d" or "a" => Amounts,
            "t" => Times,
            _ => Texts,
        };
}
