using MySqlConnector;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Sources;

/// <summary>
/// Every type of MariaDB, sign and width, with ordinary and odd values, read as each of our types: what is read has the text that
/// MariaDB itself gives the value, or the row has a problem.
/// </summary>
public sealed class MySqlTypesTests
{
    private static readonly string[] Whole =
    [
        "0",
        "1",
        "-1",
        "5",
        "127",
        "-128",
        "255",
        "32767",
        "65535",
        "2147483647",
        "4294967295",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
    ];

    private static readonly string[] Decimals =
    [
        .. Whole,
        "1.5",
        "2.5",
        "-0.01",
        "0.001",
        "9999999999.99",
        "10000000000",
        "99999999999999.5",
        "0.30000000000000004",
        "12345678901234567890.123456789",
    ];

    private static readonly string[] Floats =
    [
        .. Decimals,
        "9.99",
        "0.1",
        "1e-20",
        "1e15",
        "1e16",
        "1e30",
        "16777216",
        "16777217",
        "9007199254740992",
        "9007199254740993",
        "1234567.9",
    ];

    private static readonly string[] Texts =
    [
        "''",
        "' '",
        "'5'",
        "' 5'",
        "'5 '",
        "'+5'",
        "'007'",
        "'5.0'",
        "'1,5'",
        "'1e3'",
        "'0x10'",
        "'1.005'",
        "'12.50'",
        "'-0'",
        "'Zoë'",
        "'a|b'",
        "'\\\\N'",
        "'5\\n'",
        "CONCAT('5', CHAR(0))",
        "REPEAT('9', 70)",
        "'2024-02-05'",
        "'2024-02-05 10:00'",
        "'2024-02-05T10:00:00+02:00'",
        "'2024-02-05T10:00:00.5Z'",
        "'2024-02-05 10:00:00.123456-05:30'",
        "'05.02.2024 10:00:00'",
        "'10:30'",
        "'2024-02-30'",
        "'2024-2-5'",
        "'20240205'",
        "'Feb 5, 2024'",
    ];

    private static readonly string[] Days =
    [
        "'0000-00-00'",
        "'0001-01-01'",
        "'1000-01-01'",
        "'1970-01-01'",
        "'2024-02-29'",
        "'2024-02-30'",
        "'2024-00-00'",
        "'9999-12-31'",
    ];

    private static readonly string[] Moments =
    [
        .. Days,
        "'2024-02-05 10:00:00'",
        "'2024-02-05 10:00:00.5'",
        "'2024-02-05 10:00:00.123456'",
        "'2024-03-31 03:30:00'",
        "'2038-01-19 03:14:07.999999'",
        "'9999-12-31 23:59:59.999999'",
    ];

    private static readonly string[] Clocks =
    [
        "'00:00:00'",
        "'10:30:00'",
        "'-10:30:00.5'",
        "'838:59:59'",
        "'-838:59:59'",
        "'00:00:00.000001'",
    ];

    private static readonly string[] Bits = ["b'0'", "b'1'", "b'101'", "b'11111111'", "0xFFFFFFFFFFFFFFFF"];

    private static readonly Column[] Targets =
    [
        new("v", ColumnType.BigInt),
        new("v", ColumnType.Integer),
        Column.Decimal("v", 12, 2),
        new("v", ColumnType.Boolean),
        new("v", ColumnType.Timestamp),
        new("v", ColumnType.Text),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Types()
    {
        var data = new TheoryData<string>();
        foreach (var type in new[] { "tinyint", "smallint", "mediumint", "int", "bigint" })
        {
            data.AddRange(type, $"{type} unsigned", $"{type}(12) unsigned zerofill", $"{type}(1)");
        }

        foreach (
            var type in new[]
            {
                "decimal(10,0)",
                "decimal(12,2)",
                "decimal(6,1)",
                "decimal(20,4)",
                "decimal(65,0)",
                "decimal(65,30)",
                "decimal(38,38)",
                "float",
                "double",
                "float(7,2)",
                "double(12,2)",
            }
        )
        {
            data.AddRange(type, $"{type} unsigned", $"{type} unsigned zerofill");
        }

        data.AddRange(
            "boolean",
            "bit(1)",
            "bit(8)",
            "bit(63)",
            "bit(64)",
            "year",
            "date",
            "datetime",
            "datetime(1)",
            "datetime(3)",
            "datetime(6)",
            "timestamp NULL",
            "timestamp(6) NULL",
            "time",
            "time(3)",
            "time(6)",
            "char(40)",
            "varchar(80)",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "varchar(80) CHARACTER SET latin1",
            "text CHARACTER SET utf16",
            "varchar(80) CHARACTER SET cp1251",
            "char(40) COLLATE utf8mb4_bin",
            "binary(20)",
            "varbinary(80)",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "json",
            "enum('1','2','5','x','2024-02-05')",
            "set('5','x')",
            "uuid",
            "inet6"
        );
        return data;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_value_is_read_as_what_it_is_or_not_at_all(string type)
    {
        var database = (await (await Servers.RequireMariaDbAsync()).CreateDatabaseAsync()).ConnectionString + ";Pooling=false"; // or the many databases would keep connections
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Token);
        await ExecuteAsync(connection, "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
        await ExecuteAsync(connection, $"CREATE TABLE t (v {type})");
        foreach (var value in ValuesOf(type))
        {
            await ExecuteAsync(connection, $"INSERT IGNORE INTO t VALUES ({value})");
        }

        var source = new MySqlSource("orders", database, "mysql://127.0.0.1/orders");
        await using var snapshot = await source.OpenSnapshotAsync(Token);
        var found = (await snapshot.ColumnsOfAsync("SELECT v FROM t", Token)).ToDictionary(column => column.Name);
        foreach (var target in Targets)
        {
            Column[] columns = [target, new("hash", ColumnType.BigInt)];
            var hash = source.Dialect.RowHash([target], found);
            await using var reader = await snapshot.ReadAsync($"SELECT v, {hash} AS hash FROM t", columns, Token);
            var batch = new RowBatch(columns);
            (await reader.FillAsync(batch, Token)).ShouldBeTrue();
            var expected = batch[1].Values<long>()[..batch.Count].ToArray();

            source.Dialect.StoredHash([target], found)!.Replace(batch, 1);

            for (var row = 0; row < batch.Count; row++)
            {
                var isSame = batch[1].Values<long>()[row] == expected[row];
                isSame.ShouldBeTrue(
                    $"{type} as {target.Type}: row {row} of {string.Join(", ", await TextsAsync(connection))}, {hash}, read {Shown(batch[0], row)}"
                );
            }
        }
    }

    private static string[] ValuesOf(string type) =>
        type.Split('(', ' ')[0] switch
        {
            "tinyint" or "smallint" or "mediumint" or "int" or "bigint" or "boolean" => [.. Whole, "NULL"],
            "decimal" => Decimals,
            "float" or "double" => Floats,
            "bit" => Bits,
            "year" => ["0", "1970", "2024", "2155"],
            "date" => Days,
            "datetime" or "timestamp" => Moments,
            "time" => Clocks,
            "json" => ["'5'", "'\"5\"'", "'[1, 2]'", "'null'", "NULL"],
            "uuid" => ["'0197c2a0-1111-7222-8333-444455556666'"],
            "inet6" => ["'::1'"],
            "enum" or "set" => ["'1'", "'5'", "'x'", "''", "'2024-02-05'"],
            "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => [.. Texts, "x'C328'", "x'D0B4D0B0'"],
            _ => Texts,
        };

    private static string Shown(ColumnBuffer buffer, int row) =>
        buffer.IsNull(row)
            ? "nothing"
            : buffer switch
            {
                TextBuffer text => System.Text.Encoding.UTF8.GetString(text[row]),
                ValueBuffer<bool> flag => flag.Values[row].ToString(),
                ValueBuffer<int> number => number.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => buffer.Values<long>()[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
            };

    private static async Task<IReadOnlyList<string>> TextsAsync(MySqlConnection connection)
    {
        await using var command = new MySqlCommand("SELECT COALESCE(CONCAT(v, ''), 'NULL') FROM t", connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var texts = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            texts.Add(reader.GetValue(0) as string ?? "bytes");
        }

        return texts;
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
