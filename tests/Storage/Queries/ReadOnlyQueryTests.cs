using Tradepost.Storage.Connections;
using Tradepost.Storage.Queries;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Queries;

public sealed class ReadOnlyQueryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Rows_come_with_their_columns_up_to_the_limit(string kind)
    {
        var target = await NewTargetAsync(kind);

        var result = await RunAsync(target, "-- all of them\nSELECT id, name FROM items ORDER BY id;", limit: 2);

        result.Columns.ShouldBe(["id", "name"]);
        result.Rows.Select(row => row[0]).ShouldBe([1L, 2L]);
        result.Rows[1][1].ShouldBeNull();
        result.IsCut.ShouldBeTrue();
    }

    [Theory]
    [InlineData("duckdb", "DELETE FROM items")]
    [InlineData("postgres", "DELETE FROM items")]
    [InlineData("duckdb", "WITH x AS (SELECT 1) DELETE FROM items")]
    [InlineData("postgres", "WITH x AS (DELETE FROM items RETURNING id) SELECT * FROM x")]
    [InlineData("postgres", "EXPLAIN ANALYZE DELETE FROM items")]
    [InlineData("duckdb", "EXPLAIN ANALYZE DELETE FROM items")]
    [InlineData("postgres", "SELECT 1; COMMIT; DELETE FROM items")]
    [InlineData("postgres", "SELECT set_config('transaction_read_only', 'off', true); DELETE FROM items")]
    [InlineData("duckdb", "SELECT 1; DELETE FROM items")]
    [InlineData("duckdb", "/* SELECT */ DROP TABLE items")]
    [InlineData("duckdb", "COPY items TO '/dev/null'")]
    [InlineData("duckdb", "ATTACH 'other.duckdb'")]
    [InlineData("duckdb", "PRAGMA database_size")]
    [InlineData("duckdb", "INSERT INTO items VALUES (9, 'x')")]
    [InlineData("duckdb", "  ")]
    public async Task What_is_not_one_reading_statement_is_refused_and_changes_nothing(string kind, string sql)
    {
        var target = await NewTargetAsync(kind);

        await Should.ThrowAsync<QueryRefusedException>(() => RunAsync(target, sql));

        (await RunAsync(target, "SELECT count(*) FROM items")).Rows[0][0].ShouldBe(3L);
    }

    public void Dispose() => folder.Dispose();

    private static Task<QueryResult> RunAsync(StoreTarget target, string sql, int limit = 10) =>
        ReadOnlyQuery.RunAsync(target, sql, limit, TimeProvider.System, Cancellation);

    private async Task<StoreTarget> NewTargetAsync(string kind)
    {
        StoreTarget target = kind == "duckdb"
            ? new EmbeddedTarget(folder.Combine("store.duckdb"))
            : new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url));
        await using var store = target.Open(TimeProvider.System);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync("CREATE TABLE items (id bigint, name varchar); INSERT INTO items VALUES (1, 'a'), (2, NULL), (3, 'c');", null, Cancellation);
        return target;
    }
}
