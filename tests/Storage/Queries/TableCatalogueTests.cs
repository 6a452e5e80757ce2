using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

public sealed class TableCatalogueTests(QueryStores stores) : IClassFixture<QueryStores>
{
    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Tables_are_listed_with_columns_rows_and_size_and_without_the_hidden(string kind)
    {
        var store = await stores.GetAsync(kind);
        await using (var connection = await store.OpenAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(
                kind == "duckdb" ? "CHECKPOINT" : "ANALYZE items",
                parameters: null,
                TestContext.Current.CancellationToken
            );
        }

        var tables = await new TableCatalogue(store, QueryStores.Hidden).ListAsync(TestContext.Current.CancellationToken);

        tables.ShouldNotContain(table => table.Name == "users");
        var items = tables.Single(table => table.Name == "items");
        items.Kind.ShouldBe("table");
        items.Columns.Select(column => (column.Name, column.IsNullable)).ShouldBe([("id", false), ("name", true)]);
        items.Rows.ShouldBe(3);
        items.Bytes!.Value.ShouldBeGreaterThan(0);
        tables.Single(table => table.Name == "shown").Kind.ShouldBe("view");
        tables.ShouldNotContain(table => table.Name == "people");
    }
}
