using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Sources;

public sealed class DuckDbSourceTests : IDisposable
{
    private static readonly Column Price = Column.Decimal("price", 12, 2);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_have_the_types_that_they_have_in_the_file_also_without_rows()
    {
        var found = await ColumnsAsync(
            "id bigint, line integer, price decimal(12,2), wide decimal(38,10), name varchar, seen timestamp, zoned timestamptz, sold boolean"
        );

        found
            .Select(column => $"{column.Name} {column.Type}")
            .ShouldBe([
                "id BIGINT",
                "line INTEGER",
                "price DECIMAL(12,2)",
                "wide DECIMAL(38,10)",
                "name VARCHAR",
                "seen TIMESTAMP",
                "zoned TIMESTAMP WITH TIME ZONE",
                "sold BOOLEAN",
            ]);
    }

    [Theory]
    [InlineData("decimal(12,2)", null)]
    [InlineData("decimal(10,1)", "TRY_CAST(price AS DECIMAL(12,2))")]
    [InlineData("decimal(18,2)", "TRY_CAST(price AS DECIMAL(12,2))")]
    [InlineData("bigint", "TRY_CAST(price AS DECIMAL(12,2))")]
    public async Task Amounts_that_can_lose_nothing_are_not_read_as_texts(string type, string? converted)
    {
        var found = (await ColumnsAsync($"price {type}"))[0];

        new DuckDbSourceDialect().Converted("price", Price, found).ShouldBe(converted);
    }

    public void Dispose() => folder.Dispose();

    private async Task<IReadOnlyList<SourceColumn>> ColumnsAsync(string columns)
    {
        var path = folder.Combine("source.duckdb");
        await using (var connection = await DuckDbStore.OpenFileAsync(path, Token))
        {
            await connection.ExecuteAsync($"CREATE TABLE t ({columns})", null, Token);
        }

        var source = new DuckDbSource("orders", path, TimeProvider.System);
        await using var snapshot = await source.OpenSnapshotAsync(Token);
        return await snapshot.ColumnsOfAsync("SELECT * FROM t", Token);
    }
}
