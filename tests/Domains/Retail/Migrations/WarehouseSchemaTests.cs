using Npgsql;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Storage;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Migrations;

/// <summary>What the migrations build is what schemas/retail/warehouse.dbml describes.</summary>
public sealed class WarehouseSchemaTests
{
    private const string Columns =
        "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, numeric_precision, numeric_scale FROM information_schema.columns WHERE table_schema = '{0}' AND table_name <> 'schema_history'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_embedded_tables_are_those_of_the_schema()
    {
        using var folder = new TemporaryFolder();
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var migrated = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await using var expected = new Warehouse(shop, new DuckDbStore(folder.Combine("expected.duckdb")), folder: null, "");
        await expected.ExecuteAsync(await GeneratedAsync("duckdb"));

        var sql = Columns.Replace("{0}", "main", StringComparison.Ordinal);
        (await migrated.LinesAsync(sql)).ShouldBe(await expected.LinesAsync(sql));
    }

    [Fact]
    public async Task The_PostgreSQL_tables_and_indexes_are_those_of_the_schema()
    {
        var server = await Servers.RequirePostgresAsync();
        var database = await server.CreateDatabaseAsync();
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var migrated = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(Token);
            await connection.ExecuteAsync(await GeneratedAsync("postgres"), null, Token);
        }

        await using var expected = new Warehouse(shop, Warehouse.PostgresStoreAt(database.Url), folder: null, database.Url);
        foreach (
            var sql in new[]
            {
                Columns.Replace("{0}", "public", StringComparison.Ordinal),
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_history'",
            }
        )
        {
            (await migrated.LinesAsync(sql)).ShouldBe(await expected.LinesAsync(sql));
        }
    }

    private static Task<string> GeneratedAsync(string dialect) =>
        File.ReadAllTextAsync(RepositoryRoot.Combine("schemas", "retail", "generated", $"warehouse.{dialect}.sql"), Token);
}
