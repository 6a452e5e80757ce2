using MySqlConnector;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Sources;

/// <summary>What a MariaDB column holds arrives as it is, or is told to be unreadable; never as something near it.</summary>
public sealed class MySqlSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tinyint(1)", "2", 2L)]
    [InlineData("tinyint(1)", "-1", -1L)]
    [InlineData("tinyint unsigned", "255", 255L)]
    [InlineData("int unsigned", "4294967295", 4_294_967_295L)]
    [InlineData("bigint unsigned", "9223372036854775807", long.MaxValue)]
    [InlineData("bit(63)", "b'101'", 5L)]
    [InlineData("year", "2026", 2026L)]
    [InlineData("decimal(30,0)", "12345678901", 12_345_678_901L)]
    [InlineData("decimal(65,30)", "-7.000", -7L)]
    [InlineData("decimal(10,2)", "2.00", 2L)]
    [InlineData("double", "3", 3L)]
    [InlineData("varchar(20)", "'42'", 42L)]
    public async Task A_number_is_read_whatever_it_is_kept_as(string type, string literal, long expected) =>
        (await ReadAsync(type, literal, new Column("v", ColumnType.BigInt))).ShouldBe(batch => batch[0].Values<long>()[0], expected);

    [Theory]
    [InlineData("decimal(12,2)", "1234567890.12", 123_456_789_012L)]
    [InlineData("decimal(65,30)", "-0000000012.340000000000000000000000000000", -1234L)]
    [InlineData("decimal(12,1)", "-0.1", -10L)]
    [InlineData("int", "7", 700L)]
    [InlineData("double", "0.25", 25L)]
    [InlineData("varchar(20)", "'1.5'", 150L)]
    public async Task A_decimal_is_exact_whatever_it_is_kept_as(string type, string literal, long expected) =>
        (await ReadAsync(type, literal, Column.Decimal("v", 12, 2))).ShouldBe(batch => batch[0].Values<long>()[0], expected);

    [Theory]
    [InlineData("datetime(6)", "'2026-07-01 12:34:56.000001'", "2026-07-01T12:34:56.0000010")]
    [InlineData("date", "'2024-02-29'", "2024-02-29T00:00:00.0000000")]
    [InlineData("datetime", "'9999-12-31 23:59:59'", "9999-12-31T23:59:59.0000000")]
    [InlineData("datetime", "'1000-01-01'", "1000-01-01T00:00:00.0000000")]
    [InlineData("varchar(30)", "'2026-01-31 12:00:00'", "2026-01-31T12:00:00.0000000")]
    public async Task A_time_keeps_its_microseconds_and_the_whole_range_of_years(string type, string literal, string expected) =>
        (await ReadAsync(type, literal, new Column("v", ColumnType.Timestamp))).ShouldBe(
            batch => DateTime.UnixEpoch.AddMicroseconds(batch[0].Values<long>()[0]).ToString("O"),
            expected + "Z"
        );

    [Theory]
    [InlineData("char(36)", "'no UUID'", "no UUID")]
    [InlineData("char(36)", "'0197c2a0-1111-7222-8333-444455556666'", "0197c2a0-1111-7222-8333-444455556666")]
    [InlineData("varchar(20) CHARACTER SET latin1", "'naïve €'", "naïve €")]
    [InlineData("text CHARACTER SET utf16", "'東京 🚀'", "東京 🚀")]
    [InlineData("varbinary(20)", "x'D0B4D0B0'", "да")]
    [InlineData("enum('a','b')", "'b'", "b")]
    [InlineData(
        "decimal(65,30)",
        "12345678901234567890.123456789012345678901234567890",
        "12345678901234567890.123456789012345678901234567890"
    )]
    [InlineData("decimal(10,2)", "1.50", "1.50")]
    [InlineData("bigint unsigned", "18446744073709551615", "18446744073709551615")]
    [InlineData("datetime(3)", "'2026-07-01 12:34:56.120'", "2026-07-01 12:34:56.12")]
    public async Task A_text_is_what_the_column_says(string type, string literal, string expected) =>
        (await ReadAsync(type, literal, new Column("v", ColumnType.Text))).ShouldBe(
            batch => System.Text.Encoding.UTF8.GetString(batch[0].AsText()[0]),
            expected
        );

    [Theory]
    [InlineData(ColumnType.Boolean, "tinyint(1)", "2")]
    [InlineData(ColumnType.Boolean, "bit(1)", "b'1'")]
    public async Task A_flag_is_set_by_anything_but_zero(ColumnType as_, string type, string literal) =>
        (await ReadAsync(type, literal, new Column("v", as_))).ShouldBe(batch => batch[0].Values<bool>()[0], true);

    [Theory]
    [InlineData(ColumnType.Timestamp, "datetime", "'0000-00-00'", "v cannot be read as Timestamp: 0000-00-00 00:00:00 is not a date")]
    [InlineData(
        ColumnType.Timestamp,
        "datetime",
        "'2026-02-30 01:02:03'",
        "v cannot be read as Timestamp: 2026-02-30 01:02:03 is not a date"
    )]
    [InlineData(ColumnType.Date, "date", "'2026-00-00'", "v cannot be read as Date: 2026-00-00 00:00:00 is not a date")]
    [InlineData(ColumnType.Timestamp, "int", "5", "v cannot be read as Timestamp: the source has it as int")]
    [InlineData(
        ColumnType.BigInt,
        "bigint unsigned",
        "18446744073709551615",
        "v cannot be read as BigInt: Value was either too large or too small for an Int64."
    )]
    [InlineData(
        ColumnType.Integer,
        "bigint",
        "2147483648",
        "v cannot be read as Integer: Value was either too large or too small for an Int32."
    )]
    [InlineData(ColumnType.BigInt, "decimal(10,2)", "2.50", "v cannot be read as BigInt: 2.50 is not a whole number")]
    [InlineData(ColumnType.Integer, "double", "0.5", "v cannot be read as Integer: 0.5 is not a whole number")]
    [InlineData(ColumnType.BigInt, "varbinary(20)", "x'00'", "v cannot be read as BigInt: the source has it as blob")]
    [InlineData(
        ColumnType.Decimal,
        "decimal(65,30)",
        "0.000000000000000000000000000001",
        "v cannot be read as Decimal: 0.000000000000000000000000000001 has more digits than can be kept"
    )]
    [InlineData(
        ColumnType.Decimal,
        "decimal(65,0)",
        "99999999999999999999999999999999999999999",
        "v cannot be read as Decimal: 99999999999999999999999999999999999999999 has more digits than can be kept"
    )]
    [InlineData(
        ColumnType.Decimal,
        "double",
        "1e300",
        "v cannot be read as Decimal: Value was either too large or too small for a Decimal."
    )]
    [InlineData(
        ColumnType.Text,
        "varbinary(20)",
        "x'C328'",
        "v cannot be read as Text: Unable to translate bytes [C3] at index 0 from specified code page to Unicode."
    )]
    public async Task What_cannot_be_represented_is_null_and_told(ColumnType as_, string type, string literal, string problem)
    {
        var (batch, _) = await ReadAsync(type, literal, as_ == ColumnType.Decimal ? Column.Decimal("v", 12, 2) : new Column("v", as_));

        batch[0].IsNull(0).ShouldBeTrue();
        batch.Problems.ShouldHaveSingleItem().Problem.ShouldBe(problem);
    }

    [Fact]
    public async Task A_timestamp_is_read_in_UTC_whatever_zone_the_server_is_in()
    {
        var database = await CreateAsync(
            "SET time_zone = '+03:00'; CREATE TABLE t (v timestamp NOT NULL); INSERT INTO t VALUES ('2026-07-01 03:00:00')"
        );
        var source = SourceOf(database);

        await using var snapshot = await source.OpenSnapshotAsync(Token);

        (await RowsAsync(snapshot, "SELECT v FROM t", new Column("v", ColumnType.Timestamp))).ShouldBe(
            batch => DateTime.UnixEpoch.AddMicroseconds(batch[0].Values<long>()[0]).ToString("O"),
            "2026-07-01T00:00:00.0000000Z"
        );
    }

    [Fact]
    public async Task A_server_in_another_zone_says_how_far_it_is_from_UTC_and_which_columns_have_no_zone()
    {
        await using var server = await Servers.RequireAsync(MariaDbServer.StartDedicatedAsync);
        var database = await server.CreateDatabaseAsync();
        await using (var connection = new MySqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(Token);
            await using var command = new MySqlCommand(
                "SET GLOBAL time_zone = '+02:00'; CREATE TABLE t (local datetime(6), zoned timestamp(6) NOT NULL, day date)",
                connection
            );
            await command.ExecuteNonQueryAsync(Token);
        }

        var source = new MySqlSource("orders", database.ConnectionString + ";Pooling=false", "mysql://orders");
        var inUtc = new MySqlSource("orders", database.ConnectionString + ";Pooling=false", "mysql://orders") { Zone = "UTC" };
        await using var snapshot = await source.OpenSnapshotAsync(Token);
        await using var known = await inUtc.OpenSnapshotAsync(Token);

        (snapshot.ZoneOffset, known.ZoneOffset).ShouldBe((TimeSpan.FromHours(2), TimeSpan.Zero));
        (await source.ProbeAsync([], Token)).ZoneOffset.ShouldBe(TimeSpan.FromHours(2));
        (await inUtc.ProbeAsync([], Token)).ZoneOffset.ShouldBe(TimeSpan.Zero);
        (await snapshot.ColumnsOfAsync("SELECT local, zoned, day FROM t", Token))
            .Where(source.Dialect.HasNoZone)
            .Select(column => column.Name)
            .ShouldBe(["local"]);
    }

    [Fact]
    public async Task Rows_of_every_length_arrive()
    {
        await using var snapshot = await SourceOf(await CreateAsync("SELECT 1")).OpenSnapshotAsync(Token);

        var (batch, _) = await RowsAsync(
            snapshot,
            "SELECT repeat('x', seq * seq) AS v FROM seq_1_to_400",
            new Column("v", ColumnType.Text)
        );

        Enumerable.Range(0, batch.Count).Select(row => batch[0].AsText()[row].Length).ShouldBe(Enumerable.Range(1, 400).Select(i => i * i));
    }

    [Fact]
    public async Task A_snapshot_is_as_usable_after_a_read_that_was_given_up_as_before()
    {
        await using var snapshot = await SourceOf(await CreateAsync("SELECT 1")).OpenSnapshotAsync(Token);
        var column = new Column("v", ColumnType.BigInt);
        await using (var reader = await snapshot.ReadAsync("SELECT seq AS v FROM seq_1_to_5000000", [column], Token))
        {
            (await reader.FillAsync(new RowBatch([column]), Token)).ShouldBeTrue();
        }

        (await RowsAsync(snapshot, "SELECT 4 AS v", column)).ShouldBe(batch => batch[0].Values<long>()[0], 4L);
    }

    [Fact]
    public async Task A_server_that_goes_while_it_is_read_is_unavailable()
    {
        await using var server = await Servers.RequireAsync(MariaDbServer.StartDedicatedAsync);
        await using var snapshot = await SourceOf(await server.CreateDatabaseAsync()).OpenSnapshotAsync(Token);
        var batch = new RowBatch([new Column("v", ColumnType.BigInt)]);
        await using var reader = await snapshot.ReadAsync(
            "SELECT seq AS v FROM seq_1_to_5000000",
            [new Column("v", ColumnType.BigInt)],
            Token
        );
        (await reader.FillAsync(batch, Token)).ShouldBeTrue();

        await server.StopAsync();

        (
            await Should.ThrowAsync<SourceUnavailableException>(async () =>
            {
                while (await reader.FillAsync(batch, Token))
                {
                    batch.Clear();
                }
            })
        ).Message.ShouldStartWith("Source orders cannot be read at mysql://127.0.0.1/orders: ");
    }

    [Fact]
    public async Task Columns_say_whether_they_may_be_null()
    {
        await using var snapshot = await SourceOf(await CreateAsync("CREATE TABLE t (a int NOT NULL, B text)")).OpenSnapshotAsync(Token);

        (await snapshot.ColumnsOfAsync("SELECT * FROM t", Token))
            .Select(column => (column.Name, column.IsNullable, column.Type))
            .ShouldBe([("a", false, "Int32"), ("B", true, "Text")]);
    }

    [Fact]
    public async Task A_probe_tells_the_servers_own_version()
    {
        var probe = await SourceOf(await CreateAsync("CREATE TABLE t (a int)")).ProbeAsync(["t", "u"], Token);

        probe.Version.ShouldContain("MariaDB");
        probe.Version.ShouldNotStartWith("5.5.5-");
        probe.MissingTables.ShouldBe(["u"]);
    }

    private static async Task<ReadRow> ReadAsync(string type, string literal, Column column)
    {
        var database = await CreateAsync(
            $"SET sql_mode = 'ALLOW_INVALID_DATES'; CREATE TABLE t (v {type}); INSERT INTO t VALUES ({literal})"
        );
        await using var snapshot = await SourceOf(database).OpenSnapshotAsync(Token);
        return await RowsAsync(snapshot, "SELECT v FROM t", column);
    }

    private static async Task<ReadRow> RowsAsync(SourceSnapshot snapshot, string query, Column column)
    {
        await using var reader = await snapshot.ReadAsync(query, [column], Token);
        var batch = new RowBatch([column]);
        (await reader.FillAsync(batch, Token)).ShouldBeTrue();
        return new ReadRow(batch, query);
    }

    private static MySqlSource SourceOf(TestDatabase database) => new("orders", database.ConnectionString, "mysql://127.0.0.1/orders");

    private static async Task<TestDatabase> CreateAsync(string sql)
    {
        var database = await (await Servers.RequireMariaDbAsync()).CreateDatabaseAsync();
        await using var connection = new MySqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
        return database;
    }

    private sealed record ReadRow(RowBatch Batch, string Query)
    {
        public void ShouldBe<T>(Func<RowBatch, T> value, T expected)
        {
            Batch.Problems.ShouldBeEmpty();
            value(Batch).ShouldBe(expected, Query);
        }
    }
}
