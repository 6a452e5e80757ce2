using System.Data;
using System.Data.Common;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class EmbeddedReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private const long Many = 100_000_000_000;

    [Fact]
    public void The_first_row_arrives_before_the_query_ends()
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command($"SELECT range * 2 FROM range({Many})").ExecuteReader();

        reader.Read().ShouldBeTrue();

        reader.GetInt64(0).ShouldBe(0);
    }

    [Fact]
    public void All_rows_arrive_once_and_in_order()
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command("SELECT range FROM range(100000)").ExecuteReader();

        var expected = 0L;
        while (reader.Read())
        {
            reader.GetInt64(0).ShouldBe(expected++);
        }

        expected.ShouldBe(100_000);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void A_reader_disposed_half_way_frees_the_connection()
    {
        using var connection = Db.Open(folder);
        using (var reader = connection.Command($"SELECT range FROM range({Many})").ExecuteReader())
        {
            reader.Read().ShouldBeTrue();
        }

        connection.Get<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void A_second_command_beside_an_unfinished_reader_is_refused_with_a_remedy()
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command($"SELECT range FROM range({Many})").ExecuteReader();

        Should.Throw<InvalidOperationException>(() => connection.Run("SELECT 1")).Message.ShouldContain("another connection");

        reader.Read().ShouldBeTrue();
    }

    [Fact]
    public void A_reader_read_to_its_end_no_longer_holds_the_connection()
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command("SELECT 1").ExecuteReader();
        while (reader.Read()) { }

        connection.Get<int>("SELECT 2").ShouldBe(2);
    }

    [Fact]
    public void An_error_half_way_reaches_the_reader()
    {
        using var connection = Db.Open(folder);
        connection.Run("SET threads = 1");
        using var reader = connection
            .Command("SELECT CAST(CASE WHEN range < 900000 THEN '1' ELSE 'x' END AS INTEGER) FROM range(1000000)")
            .ExecuteReader();
        reader.Read().ShouldBeTrue();

        Should
            .Throw<EmbeddedException>(() =>
            {
                while (reader.Read()) { }
            })
            .ErrorType.ShouldBe(DuckDBErrorType.Conversion);
    }

    [Fact]
    public async Task A_cancelled_token_ends_a_reader_half_way()
    {
        await using var connection = Db.Open(folder);
        await using var command = connection.Command($"SELECT range FROM range({Many})");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reader.ReadAsync(cancellation.Token));
    }

    [Fact]
    public void Values_before_the_first_row_and_after_the_last_are_refused()
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command("SELECT 1").ExecuteReader();

        Should.Throw<InvalidOperationException>(() => reader.GetInt32(0)).Message.ShouldContain("Read");
        reader.Read().ShouldBeTrue();
        Should.Throw<Exception>(() => reader.GetInt32(1)).ShouldBeOfType<IndexOutOfRangeException>();
        reader.Read().ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => reader.GetInt32(0));
    }

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData("SELECT 1 WHERE false", false)]
    public void HasRows_tells_without_losing_a_row(string sql, bool expected)
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command(sql).ExecuteReader();

        reader.HasRows.ShouldBe(expected);

        reader.Read().ShouldBe(expected);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void The_columns_have_names_types_and_digits()
    {
        using var connection = Db.Open(folder);
        using var reader = connection.Command("SELECT 1.5::DECIMAL(10,3) AS price, '{}'::JSON AS document").ExecuteReader();

        reader.GetName(0).ShouldBe("price");
        reader.GetFieldType(0).ShouldBe(typeof(decimal));
        reader.GetDataTypeName(0).ShouldBe("DECIMAL(10,3)");
        reader.GetOrdinal("DOCUMENT").ShouldBe(1);
        Should.Throw<ArgumentException>(() => reader.GetOrdinal("other")).Message.ShouldContain("price, document");
    }

    [Fact]
    public void A_reader_may_close_its_connection()
    {
        using var connection = Db.Open(folder);

        using (connection.Command("SELECT 1").ExecuteReader(CommandBehavior.CloseConnection)) { }

        connection.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public void Bytes_and_characters_are_copied_in_parts()
    {
        using var connection = Db.Open(folder);
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
        using var connection = Db.Open(folder);
        using var reader = connection.Command("SELECT range FROM range(3)").ExecuteReader();

        reader.Cast<DbDataRecord>().Select(record => record.GetInt64(0)).ShouldBe([0, 1, 2]);
    }
}
