using Tradepost.Retail.Etl;
using Tradepost.Retail.Tests.Etl;

namespace Tradepost.Retail.Tests.Cases;

public sealed class SourceTypesOnDuckDb() : SourceTypesContract(StoreKind.DuckDb);

public sealed class SourceTypesOnPostgres() : SourceTypesContract(StoreKind.Postgres);

/// <summary>Shops whose columns have other types than ours: what is loaded comes to what MariaDB itself says of the rows that were not kept aside.</summary>
public abstract class SourceTypesContract(StoreKind kind)
{
    private const string Mapping = """
        tables:
          regions: {from: areas, columns: {id: id, name: title}}
          products: {from: goods, columns: {id: id, sku: sku, name: sku, price: price, cost: cost, is_active: active, updated_at: at}}
          customers: {from: clients, columns: {id: id, name: name, email: name, region_id: area, updated_at: at}}
          orders: {from: o, columns: {id: id, customer_id: client, region_id: area, status: status, ordered_at: ordered_at, updated_at: at}}
          order_items: {from: li, columns: {order_id: o, line_number: n, product_id: good, quantity: q, unit_price: price, discount: discount}}
        """;

    private static readonly string[] Keys =
    [
        "tinyint",
        "smallint",
        "mediumint",
        "int",
        "bigint",
        "tinyint(1)",
        "int unsigned",
        "bigint unsigned",
        "int(8) unsigned zerofill",
        "decimal(12,0)",
        "decimal(20,4)",
        "double",
        "float",
        "varchar(20)",
        "bit(32)",
        "year",
    ];

    private static readonly string[] OrderKeys = [.. Keys.Except(["year"])];

    private static readonly string[] Quantities =
    [
        .. Keys,
        "tinyint unsigned",
        "smallint(6) zerofill",
        "decimal(8,1)",
        "decimal(65,30)",
        "char(9)",
        "bit(8)",
        "enum('1','2','7','1.5','x')",
        "set('1','2')",
    ];

    private static readonly string[] Prices =
    [
        "decimal(12,2)",
        "decimal(12,2) unsigned zerofill",
        "decimal(6,1)",
        "decimal(20,4)",
        "decimal(65,30)",
        "double",
        "float",
        "int",
        "bigint unsigned",
        "varchar(20)",
        "tinytext CHARACTER SET latin1",
    ];

    private static readonly string[] Times =
    [
        "datetime",
        "datetime(3)",
        "datetime(6)",
        "timestamp(6) NULL",
        "timestamp NULL",
        "date",
        "varchar(40)",
        "text CHARACTER SET utf16",
    ];

    private static readonly string[] Texts =
    [
        "varchar(40)",
        "char(40) CHARACTER SET latin1",
        "text CHARACTER SET utf16",
        "varbinary(40)",
        "blob",
        "varchar(40) CHARACTER SET cp1251",
        "mediumtext",
        "time(3)",
        "double",
        "int(9) zerofill",
        "decimal(9,3)",
    ];

    private static readonly string[] Flags = ["tinyint(1)", "bit(1)", "boolean", "int", "char(1)", "decimal(3,1)"];

    private static readonly string[] OddNumbers =
    [
        "0",
        "1",
        "2",
        "3",
        "5",
        "7",
        "100",
        "127",
        "1.5",
        "2.5",
        "-1",
        "255",
        "'x'",
        "'0x10'",
        "' 4'",
        "'4 '",
        "'1e2'",
        "'1,5'",
        "NULL",
        "16777217",
        "99999",
    ];

    private static readonly string[] OddPrices =
    [
        "0",
        "1",
        "9.99",
        "0.1",
        "0.5",
        "1234.5",
        "1.005",
        "2.675",
        "1234567.89",
        "'0,5'",
        "'1e3'",
        "' 5'",
        "NULL",
        "-1",
        "0.30000000000000004",
        "16777217.25",
    ];

    private static readonly string[] OddTimes =
    [
        "'2024-02-05 10:00:00'",
        "'2024-02-05T10:00:00+02:00'",
        "'2024-02-05T10:00:00.5Z'",
        "'2024-02-05'",
        "'2024-02-05 10:00:00.123456'",
        "'05.02.2024 10:00'",
        "'10:30'",
        "'2024-02-30'",
        "'0000-00-00'",
        "'2024-03-31 03:30:00'",
        "'2024-02-05T10:00:00.1234567Z'",
        "'2024-02-05 10:00-05:30'",
        "'1989-12-31 23:59:59'",
        "NULL",
    ];

    private static readonly string[] OddTexts =
    [
        "'Ann'",
        "'Zoë'",
        "'Юлія'",
        "'🚀'",
        "'a|b'",
        "'\\\\N'",
        "''",
        "NULL",
        "'12:30:00.5'",
        "'12.50'",
        "'2024-02-05 10:00:00.5'",
        "'[1, 2]'",
        "'trailing '",
    ];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_loaded_is_what_the_source_holds_or_is_kept_aside(int seed)
    {
        var dice = new Random(seed);
        await using var shop = await MappedShop.FromTextAsync(Mapping);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        var (order, quantity, price, discount) = (Of(dice, OrderKeys), Of(dice, Quantities), Of(dice, Prices), Of(dice, Prices));
        var types = Types(dice, order, quantity, price, discount);
        await shop.RunAsync(types + Rows(dice));

        await CheckAsync(await warehouse.LoadAsync(Warehouse.Full with { MaxDeletes = 100 }));
        await CheckAsync(await warehouse.LoadAsync(Warehouse.Incremental with { MaxDeletes = 100 }));
        await shop.RunAsync("UPDATE li SET q = 3 WHERE n > 30; UPDATE clients SET name = 'Other' WHERE id IN (2, 3)");
        await CheckAsync(await warehouse.LoadAsync(Warehouse.Incremental with { MaxDeletes = 100 }));

        async Task CheckAsync(EtlResult result)
        {
            result.Differing.ShouldBe(0, types);
            var held = await warehouse.LinesAsync("SELECT natural_key FROM etl_rejects WHERE source_table = 'order_items'");
            var lines = held.Select(key => key[1..].Split(':')[^1]).Append("-1");
            var theirs = $"FROM li WHERE n + 0 NOT IN ({string.Join(", ", lines)})";
            (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE NOT is_deleted")).ShouldBe(
                await shop.ScalarAsync<long>($"SELECT COUNT(*) {theirs}"),
                types
            );
            foreach (
                var (mine, source) in new[]
                {
                    ("quantity", Number("q", quantity)),
                    ("unit_price", Number("price", price)),
                    ("discount", Number("discount", discount)),
                    ("line_number", "n"),
                    ("order_id", Number("o", order)),
                }
            )
            {
                var loaded = await warehouse.ScalarAsync<decimal>(
                    $"SELECT CAST(COALESCE(sum({mine}), 0) AS decimal(30,2)) FROM fact_sales WHERE NOT is_deleted"
                );
                loaded.ShouldBe(
                    await shop.ScalarAsync<decimal>(
                        $"SELECT CAST(COALESCE(SUM(CAST({source} AS DECIMAL(65,12))), 0) AS DECIMAL(40,2)) {theirs}"
                    ),
                    $"{mine}: {types}"
                );
            }

            foreach (var line in await warehouse.LinesAsync("SELECT problem FROM etl_rejects"))
            {
                line.Length.ShouldBeGreaterThan(3);
            }
        }
    }

    [Fact]
    public async Task A_reader_that_changes_a_value_is_found_out()
    {
        await using var shop = await MappedShop.FromTextAsync(Mapping, ";Treat Tiny As Boolean=true");
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.RunAsync(
            """
            CREATE TABLE areas (id int, title varchar(20)); INSERT INTO areas VALUES (1, 'one');
            CREATE TABLE goods (id int, sku varchar(20), price decimal(12,2), cost decimal(12,2), active int, at datetime); INSERT INTO goods VALUES (1, 'tea', 1, 1, 1, '2024-01-01');
            CREATE TABLE clients (id int, name varchar(20), area int, at datetime); INSERT INTO clients VALUES (1, 'Ann', 1, '2024-01-01');
            CREATE TABLE o (id int, client int, area int, status varchar(20), ordered_at datetime, at datetime); INSERT INTO o VALUES (1, 1, 1, 'paid', '2024-05-01', '2024-05-01');
            CREATE TABLE li (o int, n int, good int, q tinyint(1), price decimal(12,2), discount decimal(12,2)); INSERT INTO li VALUES (1, 1, 1, 1, 10, 0);
            """
        );
        (await warehouse.FullAsync()).Differing.ShouldBe(0);
        await shop.RunAsync("UPDATE li SET q = 5");

        (await Should.ThrowAsync<DataQualityException>(() => warehouse.FullAsync())).Message.ShouldContain("still differ");
        (await Should.ThrowAsync<DataQualityException>(() => warehouse.IncrementalAsync())).Message.ShouldContain("order_items (1)");
        (await warehouse.LinesAsync("SELECT quantity FROM fact_sales")).ShouldBe(["|1"]);
    }

    /// <summary>A column's number as MariaDB itself has it: an ENUM's is that of its text.</summary>
    private static string Number(string column, string type) =>
        type[..3] switch
        {
            "bit" or "yea" => $"{column} + 0",
            "flo" => column,
            _ => $"CONCAT({column}, '')",
        };

    private static string Of(Random dice, string[] types) => types[dice.Next(types.Length)];

    private static string Types(Random dice, string order, string quantity, string price, string discount)
    {
        string Of(string[] types) => types[dice.Next(types.Length)];
        return $"""
            CREATE TABLE areas (id {Of(Keys)}, title {Of(["varchar(20)", "char(20) CHARACTER SET latin1"])});
            CREATE TABLE goods (id {Of(Keys)}, sku varchar(20), price {Of(Prices)}, cost {Of(Prices)}, active {Of(Flags)}, at {Of(Times)});
            CREATE TABLE clients (id {Of(Keys)}, name {Of(Texts)}, area {Of(Keys)}, at {Of(Times)});
            CREATE TABLE o (id {order}, client {Of(Keys)}, area {Of(Keys)}, status {Of([
                "varchar(20)",
                "enum('paid','new','odd')",
                "varbinary(10)",
            ])}, ordered_at {Of(Times)}, at {Of(Times)});
            CREATE TABLE li (o {order}, n int, good {Of(Keys)}, q {quantity}, price {price}, discount {discount});

            """;
    }

    private static string Rows(Random dice)
    {
        var sql = new List<string>();
        string Of(string[] values, string sound) => dice.Next(4) == 0 ? values[dice.Next(values.Length)] : sound;
        for (var i = 1; i <= 12; i++)
        {
            sql.Add($"INSERT IGNORE INTO areas VALUES ({i}, 'area {i}')");
            sql.Add(
                $"INSERT IGNORE INTO goods VALUES ({i}, 'good {i}', {Of(OddPrices, "10")}, {Of(OddPrices, "5")}, {Of(["0", "1"], "1")}, {Of(OddTimes, "'2024-01-01'")})"
            );
            sql.Add(
                $"INSERT IGNORE INTO clients VALUES ({i}, {Of(OddTexts, "'Ann'")}, {Of(OddNumbers, "1")}, {Of(OddTimes, "'2024-01-01'")})"
            );
            sql.Add(
                $"INSERT IGNORE INTO o VALUES ({i}, {Of(OddNumbers, "1")}, {Of(OddNumbers, "2")}, {Of(["'odd'", "'new'"], "'paid'")}, {Of(OddTimes, "'2024-05-01'")}, {Of(OddTimes, "'2024-05-01'")})"
            );
        }

        for (var n = 1; n <= 40; n++)
        {
            sql.Add(
                $"INSERT IGNORE INTO li VALUES ({dice.Next(1, 13)}, {n}, {Of(OddNumbers, "1")}, {Of(OddNumbers, "2")}, {Of(OddPrices, "10")}, {Of(["0", "0.5", "'0.25'", "NULL"], "0")})"
            );
        }

        return string.Join(";\n", sql);
    }
}
