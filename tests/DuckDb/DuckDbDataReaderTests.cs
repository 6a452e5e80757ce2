using System.Data;
using System.Data.Common;
using System.Text;

namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbDataReaderTests
{
    private const long Many = 100_000_000_000;

    [Fact]
    public void The_first_row_arrives_before_the_query_ends()
    {
        using var connection = Db.Open();
        using var reader = connection.Command($"SELECT range * 2 FROM range({Many})").ExecuteReader();

        reader.Read().ShouldBeTrue();

        reader.GetInt64(0).ShouldBe(0);
    }

    [Fact]
    public void All_rows_arrive_once_and_in_order()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT range FROM range(100000)").ExecuteReader();

        var expected = 0L;
        while (reader.Read())
            reader.GetInt64(0).ShouldBe(expected++);

        expected.ShouldBe(100_000);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void A_reader_disposed_half_way_frees_the_connection()
    {
        using var connection = Db.Open();
        using (var reader = connection.Command($"SELECT range FROM range({Many})").ExecuteReader())
            reader.Read().ShouldBeTrue();

        connection.Get<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void A_second_command_beside_an_unfinished_reader_is_refused_with_a_remedy()
    {
        using var connection = Db.Open();
        using var reader = connection.Command($"SELECT range FROM range({Many})").ExecuteReader();

        Should.Throw<InvalidOperationException>(() => connection.Execute("SELECT 1")).Message.ShouldContain("another connection");

        reader.Read().ShouldBeTrue();
    }

    [Fact]
    public void A_reader_read_to_its_end_no_longer_holds_the_connection()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT 1").ExecuteReader();
        while (reader.Read())
        {
        }

        connection.Get<int>("SELECT 2").ShouldBe(2);
    }

    [Fact]
    public void An_error_half_way_reaches_the_reader()
    {
        using var connection = Db.Open();
        connection.Execute("SET threads = 1");
        using var reader = connection.Command("SELECT CAST(CASE WHEN range < 900000 THEN '1' ELSE 'x' END AS INTEGER) FROM range(1000000)").ExecuteReader();
        reader.Read().ShouldBeTrue();

        Should.Throw<DuckDbException>(() =>
        {
            while (reader.Read())
            {
            }
        }).ErrorType.ShouldBe(DuckDbErrorType.Conversion);
    }

    [Fact]
    public async Task A_cancelled_token_ends_a_reader_half_way()
    {
        await using var connection = Db.Open();
        await using var command = connection.Command($"SELECT range FROM range({Many})");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reader.ReadAsync(cancellation.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => reader.ReadChunkAsync(cancellation.Token));
    }

    [Fact]
    public void Chunks_give_the_columns_as_they_are_stored()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT range AS id, CASE WHEN range % 3 > 0 THEN 'name ' || range || repeat('.', 20) END AS name, range::DECIMAL(18,2) AS price FROM range(5000) ORDER BY id").ExecuteReader();
        long rows = 0;

        while (reader.ReadChunk())
        {
            var ids = reader.Chunk.Column<long>(0);
            var prices = reader.Chunk.Column<long>(2);
            reader.Chunk.HasNulls(0).ShouldBeFalse();
            reader.Chunk.HasNulls(1).ShouldBeTrue();
            for (var row = 0; row < reader.Chunk.Count; row++)
            {
                ids[row].ShouldBe(rows);
                prices[row].ShouldBe(rows * 100);
                reader.Chunk.IsNull(1, row).ShouldBe(rows % 3 == 0);
                Encoding.UTF8.GetString(reader.Chunk.Text(1, row)).ShouldBe(rows % 3 == 0 ? "" : $"name {rows}....................");
                rows++;
            }
        }

        rows.ShouldBe(5000);
        reader.ColumnInfo(2).ShouldBe(new DuckDbColumnInfo("price", DuckDbType.Decimal, "DECIMAL(18,2)", 18, 2));
        reader.Chunk.Count.ShouldBe(0);
    }

    [Fact]
    public void A_chunks_column_refuses_a_type_of_another_size()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT 1::BIGINT, 'x', [1]").ExecuteReader();
        reader.ReadChunk().ShouldBeTrue();

        Should.Throw<InvalidOperationException>(() => reader.Chunk.Column<int>(0).Length).Message.ShouldContain("8 bytes");
        Should.Throw<InvalidOperationException>(() => reader.Chunk.Column<Int128>(1).Length).Message.ShouldContain("Text");
        Should.Throw<InvalidOperationException>(() => reader.Chunk.Column<Int128>(2).Length).Message.ShouldContain("nested");
        Should.Throw<InvalidOperationException>(() => reader.Chunk.Text(0, 0).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Chunk.IsNull(0, 1));
    }

    [Fact]
    public void Values_before_the_first_row_and_after_the_last_are_refused()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT 1").ExecuteReader();

        Should.Throw<InvalidOperationException>(() => reader.GetInt32(0)).Message.ShouldContain("Read");
        reader.Read().ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => reader.GetInt32(1));
        reader.Read().ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => reader.GetInt32(0));
    }

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData("SELECT 1 WHERE false", false)]
    public void HasRows_tells_without_losing_a_row(string sql, bool expected)
    {
        using var connection = Db.Open();
        using var reader = connection.Command(sql).ExecuteReader();

        reader.HasRows.ShouldBe(expected);

        reader.Read().ShouldBe(expected);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void A_DataTable_loads_the_result()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT range AS id, 'n' || range AS name, CASE WHEN range > 0 THEN 1.5 END AS price, range::HUGEINT AS huge FROM range(3)").ExecuteReader();
        using var table = new DataTable();

        table.Load(reader);

        table.Rows.Count.ShouldBe(3);
        table.Rows[0]["price"].ShouldBe(DBNull.Value);
        table.Rows[2].ItemArray.ShouldBe([2L, "n2", 1.5m, new System.Numerics.BigInteger(2)]);
    }

    [Fact]
    public void The_column_schema_has_names_types_and_digits()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT 1.5::DECIMAL(10,3) AS price, '{}'::JSON AS document").ExecuteReader();

        var schema = reader.GetColumnSchema();

        schema[0].ColumnName.ShouldBe("price");
        schema[0].DataType.ShouldBe(typeof(decimal));
        schema[0].NumericPrecision.ShouldBe(10);
        schema[0].NumericScale.ShouldBe(3);
        schema[1].DataTypeName.ShouldBe("JSON");
        reader.GetOrdinal("DOCUMENT").ShouldBe(1);
        Should.Throw<IndexOutOfRangeException>(() => reader.GetOrdinal("other")).Message.ShouldContain("price, document");
    }

    [Fact]
    public void A_reader_may_close_its_connection()
    {
        using var connection = Db.Open();

        using (connection.Command("SELECT 1").ExecuteReader(CommandBehavior.CloseConnection))
        {
        }

        connection.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public void Bytes_and_characters_are_copied_in_parts()
    {
        using var connection = Db.Open();
        using var reader = connection.Command(@"SELECT '\x01\x02\x03\x04'::BLOB, 'duck'").ExecuteReader();
        reader.Read().ShouldBeTrue();
        var bytes = new byte[4];
        var characters = new char[4];

        reader.GetBytes(0, 0, null, 0, 0).ShouldBe(4);
        reader.GetBytes(0, 1, bytes, 1, 2).ShouldBe(2);
        reader.GetChars(1, 2, characters, 0, 10).ShouldBe(2);

        bytes.ShouldBe([0, 2, 3, 0]);
        characters.ShouldBe(['c', 'k', '\0', '\0']);
    }

    [Fact]
    public void Records_are_enumerated()
    {
        using var connection = Db.Open();
        using var reader = connection.Command("SELECT range FROM range(3)").ExecuteReader();

        reader.Cast<DbDataRecord>().Select(record => record.GetInt64(0)).ShouldBe([0, 1, 2]);
    }
}
