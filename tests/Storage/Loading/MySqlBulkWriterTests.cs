using MySqlConnector;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Loading;

public sealed class MySqlBulkWriterTests
{
    private static readonly Column[] Columns =
    [
        new("id", ColumnType.Integer),
        new("name", ColumnType.Text),
        Column.Decimal("amount", 12, 2),
        new("at", ColumnType.Timestamp),
        new("day", ColumnType.Date),
        new("ratio", ColumnType.Double),
        new("flag", ColumnType.Boolean),
        new("data", ColumnType.Binary),
        new("uid", ColumnType.Uuid),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("it's")]
    [InlineData(@"back\slash \' \n \")]
    [InlineData("zero\0byte")]
    [InlineData("line\r\nfeed\u001a")]
    [InlineData("Олена Ґудзь 🦉")]
    [InlineData("@parameter ?mark -- no comment /* */ ; DROP TABLE t")]
    public async Task A_text_survives_the_round_trip(string text)
    {
        await using var connection = await OpenAsync();
        await WriteAsync(connection, 1, batch => batch[1].AsText().Set(0, text));

        (await ScalarAsync(connection, "SELECT name FROM t")).ShouldBe(text);
    }

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(-1, "-0.01")]
    [InlineData(12345, "123.45")]
    [InlineData(-999_999_999_999, "-9999999999.99")]
    public async Task A_decimal_is_exact(long units, string expected)
    {
        await using var connection = await OpenAsync();
        await WriteAsync(connection, 1, batch => batch[2].Values<long>()[0] = units);

        (await ScalarAsync(connection, "SELECT CAST(amount AS CHAR) FROM t")).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, "1970-01-01 00:00:00.000000")]
    [InlineData(-1, "1969-12-31 23:59:59.999999")]
    [InlineData(1_782_864_000_123_456, "2026-07-01 00:00:00.123456")]
    public async Task A_time_keeps_its_microseconds(long microseconds, string expected)
    {
        await using var connection = await OpenAsync();
        await WriteAsync(connection, 1, batch => batch[3].Values<long>()[0] = microseconds);

        (await ScalarAsync(connection, "SELECT CAST(at AS CHAR) FROM t")).ShouldBe(expected);
    }

    [Fact]
    public async Task The_other_types_survive_the_round_trip()
    {
        await using var connection = await OpenAsync();
        var uid = Guid.Parse("0197c2a0-1111-7222-8333-444455556666");
        await WriteAsync(connection, 1, batch =>
        {
            batch[4].Values<int>()[0] = 20_000;
            batch[5].Values<double>()[0] = -0.1875;
            batch[6].Values<bool>()[0] = true;
            batch[7].AsText().Set(0, [0, 39, 92, 255]);
            batch[8].Values<Guid>()[0] = uid;
        });

        (await ScalarAsync(connection, "SELECT CONCAT_WS('|', day, ratio, flag, HEX(data), uid) FROM t")).ShouldBe(
            $"2024-10-04|-0.1875|1|00275CFF|{uid:D}"
        );
    }

    [Fact]
    public async Task A_null_survives_the_round_trip()
    {
        await using var connection = await OpenAsync();
        await WriteAsync(connection, 1, batch =>
        {
            foreach (var column in batch.Columns)
            {
                column.SetNull(0);
            }
        });

        (await ScalarAsync(connection, "SELECT COALESCE(id, name, amount, at, day, ratio, flag, data, uid) FROM t")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Rows_beyond_one_statement_all_arrive()
    {
        await using var connection = await OpenAsync();
        var name = new string('ї', 200);
        await WriteAsync(
            connection,
            2000,
            batch =>
            {
                for (var row = 0; row < 2000; row++)
                {
                    batch[0].Values<int>()[row] = row;
                    batch[1].AsText().Set(row, name);
                }
            },
            batches: 5
        );

        (await ScalarAsync(connection, "SELECT CONCAT(COUNT(*), '|', SUM(id), '|', COUNT(DISTINCT name)) FROM t")).ShouldBe(
            $"10000|{5 * 1999 * 1000}|1"
        );
    }

    [Fact]
    public async Task A_write_that_is_not_completed_leaves_the_table_as_it_was()
    {
        await using var connection = await OpenAsync();
        var batch = new RowBatch(Columns) { Count = 1 };
        await using (var writer = await MySqlBulkWriter.BeginAsync(connection, "t", Columns, Token))
        {
            await writer.WriteAsync(batch, Token);
        }

        (await ScalarAsync(connection, "SELECT COUNT(*) FROM t")).ShouldBe(0L);
        (await ScalarAsync(connection, "SELECT @@foreign_key_checks")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_session_without_backslash_escapes_is_given_them()
    {
        await using var connection = await OpenAsync();
        await ScalarAsync(connection, "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'");
        await WriteAsync(connection, 1, batch => batch[1].AsText().Set(0, @"a\'b"));

        (await ScalarAsync(connection, "SELECT name FROM t")).ShouldBe(@"a\'b");
    }

    private static async Task<MySqlConnection> OpenAsync()
    {
        var server = await Servers.RequireMariaDbAsync();
        var database = await server.CreateDatabaseAsync();
        var connection = new MySqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await ScalarAsync(
            connection,
            "CREATE TABLE t (id int, name text, amount decimal(12,2), at datetime(6), day date, ratio double, flag boolean, data blob, uid char(36))"
        );
        return connection;
    }

    private static async Task WriteAsync(MySqlConnection connection, int rows, Action<RowBatch> fill, int batches = 1)
    {
        await using var writer = await MySqlBulkWriter.BeginAsync(connection, "t", Columns, Token);
        for (var i = 0; i < batches; i++)
        {
            var batch = new RowBatch(Columns) { Count = rows };
            fill(batch);
            await writer.WriteAsync(batch, Token);
        }

        (await writer.CompleteAsync(Token)).ShouldBe(rows * batches);
    }

    private static async Task<object?> ScalarAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
