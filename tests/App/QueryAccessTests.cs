using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests;

/// <summary>What queries may and may not read of the application's own tables.</summary>
public sealed class QueryAccessTests : IAsyncDisposable
{
    /// <summary>Words in the names of columns that hold what nobody else may know.</summary>
    private static readonly string[] Secrets = ["password", "secret", "token", "hash", "signing", "salt", "private"];

    /// <summary>Fingerprints of rows, and of files that were imported.</summary>
    private static readonly string[] Harmless = [".row_hash", "import_files.hash", "file_loads.hash", "campaign_changes.request_hash"];

    private readonly TemporaryFolder folder = new();
    private Store? store;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task No_table_that_is_open_to_queries_has_a_column_for_secrets(string kind)
    {
        var tables = await new TableCatalogue(await OpenAsync(kind), Domains.HiddenTables).ListAsync(Cancellation);

        tables
            .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"))
            .Where(column =>
                Secrets.Any(word => column.Contains(word, StringComparison.Ordinal))
                && !Harmless.Any(word => column.EndsWith(word, StringComparison.Ordinal))
            )
            .ShouldBeEmpty("declare the table in Domains.HiddenTables, or the column as harmless here");
        tables.Select(table => table.Name).ShouldContain("fact_sales");
        tables.Select(table => table.Name).Intersect(Domains.HiddenTables).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Every_table_that_is_open_can_be_queried_with_each_of_its_columns(string kind)
    {
        var opened = await OpenAsync(kind);
        var query = new ReadOnlyQuery(opened, Domains.HiddenTables, TimeProvider.System);

        foreach (var table in await new TableCatalogue(opened, Domains.HiddenTables).ListAsync(Cancellation))
        {
            var result = await query.RunAsync(
                $"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Name}",
                QueryLimits.Default,
                Cancellation
            );

            result.Columns.Count.ShouldBe(table.Columns.Count);
        }
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task No_hidden_table_can_be_queried(string kind)
    {
        var query = new ReadOnlyQuery(await OpenAsync(kind), Domains.HiddenTables, TimeProvider.System);

        Domains.HiddenTables.ShouldContain("users");
        foreach (var table in Domains.HiddenTables)
        {
            await Should.ThrowAsync<QueryRefusedException>(() =>
                query.RunAsync($"SELECT * FROM {table}", QueryLimits.Default, Cancellation)
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task<Store> OpenAsync(string kind)
    {
        StoreTarget target =
            kind == "duckdb"
                ? new EmbeddedTarget(folder.Combine("store.duckdb"))
                : new PostgresTarget(
                    PostgresUrl.Parse("DATABASE_URL", (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url)
                );
        store = target.Open(TimeProvider.System);
        await new Migrator(store, Domains.Migrations, TimeProvider.System).MigrateAsync(Cancellation);
        return store;
    }
}
