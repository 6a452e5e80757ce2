using System.Text;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class ChunkReaderTests : IDisposable
{
    private const long Many = 100_000_000_000;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Chunks_give_the_columns_as_they_are_stored()
    {
        using var connection = Db.Open(folder);
        using var chunk = await ChunkReader.StartAsync(
            connection,
            "SELECT range AS id, CASE WHEN range % 3 > 0 THEN 'name ' || range || repeat('.', 20) END AS name, range::DECIMAL(18,2) AS price FROM range(5000) ORDER BY id",
            Token
        );
        long rows = 0;

        while (await chunk.ReadAsync(Token))
        {
            chunk.HasNulls(0).ShouldBeFalse();
            chunk.HasNulls(1).ShouldBeTrue();
            for (var row = 0; row < chunk.Count; row++)
            {
                chunk.Column<long>(0)[row].ShouldBe(rows);
                chunk.Column<long>(2)[row].ShouldBe(rows * 100);
                chunk.IsNull(1, row).ShouldBe(rows % 3 == 0);
                if (rows % 3 > 0)
                {
                    Encoding.UTF8.GetString(chunk.Text(1, row)).ShouldBe($"name {rows}....................");
                }

                rows++;
            }
        }

        rows.ShouldBe(5000);
        chunk.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_column_refuses_a_type_of_another_size()
    {
        using var connection = Db.Open(folder);
        using var chunk = await ChunkReader.StartAsync(connection, "SELECT 1::BIGINT, 'x', [1]", Token);
        (await chunk.ReadAsync(Token)).ShouldBeTrue();

        Should.Throw<InvalidOperationException>(() => chunk.Column<int>(0).Length).Message.ShouldContain("8 bytes");
        Should.Throw<InvalidOperationException>(() => chunk.Column<Int128>(1).Length).Message.ShouldContain("one by one");
        Should.Throw<InvalidOperationException>(() => chunk.Column<Int128>(2).Length).Message.ShouldContain("nested");
        Should.Throw<InvalidOperationException>(() => chunk.Text(0, 0).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => chunk.IsNull(0, 1));
    }

    [Fact]
    public async Task The_first_chunk_arrives_before_the_query_ends_and_what_is_given_up_frees_the_connection()
    {
        using var connection = Db.Open(folder);
        using (var chunk = await ChunkReader.StartAsync(connection, $"SELECT range * 2 FROM range({Many})", Token))
        {
            (await chunk.ReadAsync(Token)).ShouldBeTrue();
            Should.Throw<InvalidOperationException>(() => connection.Run("SELECT 1")).Message.ShouldContain("another connection");
        }

        connection.Get<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_token_ends_the_reading_half_way()
    {
        using var connection = Db.Open(folder);
        using var chunk = await ChunkReader.StartAsync(connection, $"SELECT range FROM range({Many})", Token);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (await chunk.ReadAsync(cancellation.Token)) { }
        });
    }

    [Fact]
    public async Task A_wrong_query_and_one_that_fails_on_the_way_say_so()
    {
        using var connection = Db.Open(folder);
        connection.Run("SET threads = 1");

        (
            await Should.ThrowAsync<EmbeddedException>(() => ChunkReader.StartAsync(connection, "SELECT nothing", Token))
        ).Message.ShouldContain("nothing");
        using var chunk = await ChunkReader.StartAsync(
            connection,
            "SELECT CAST(CASE WHEN range < 900000 THEN '1' ELSE 'x' END AS INTEGER) FROM range(1000000)",
            Token
        );
        (
            await Should.ThrowAsync<EmbeddedException>(async () =>
            {
                while (await chunk.ReadAsync(Token)) { }
            })
        ).Message.ShouldContain("Could not convert string 'x'");
    }
}
