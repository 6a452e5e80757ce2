using Dapper;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Migrations;

public sealed class PostgresMigratorTests : MigratorTests
{
    private string url = "";

    [Fact]
    public async Task A_file_can_ask_for_no_transaction()
    {
        await using var store = await CreateStoreAsync();
        var migrator = Over(
            store,
            ("001_orders.sql", "CREATE TABLE orders (id bigint)"),
            (
                "002_index.postgres.sql",
                "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON orders (id);\nCREATE INDEX CONCURRENTLY b ON orders (id);\n"
            )
        );

        await migrator.MigrateAsync(Cancellation);

        (await CountAsync(store, "SELECT count(*) FROM pg_indexes WHERE tablename = 'orders'")).ShouldBe(2);
        (await migrator.StatusAsync(Cancellation)).ShouldAllBe(s => s.State == MigrationState.Applied);
    }

    [Fact]
    public async Task A_half_applied_file_is_refused_until_it_is_mended_as_the_message_says()
    {
        await using var store = await CreateStoreAsync();
        var files = new[]
        {
            ("001_orders.sql", "CREATE TABLE orders (id bigint); INSERT INTO orders VALUES (1), (1);"),
            (
                "002_index.postgres.sql",
                "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON orders (id);\nCREATE UNIQUE INDEX CONCURRENTLY b ON orders (id);"
            ),
        };
        var migrator = Over(store, files);

        var failed = await Should.ThrowAsync<MigrationException>(() => migrator.MigrateAsync(Cancellation));
        var refused = await Should.ThrowAsync<MigrationException>(() => migrator.MigrateAsync(Cancellation));

        failed.Message.ShouldContain("a part of it may have been applied");
        refused.Message.ShouldContain("retail 002_index was started");
        (await migrator.StatusAsync(Cancellation))[1].State.ShouldBe(MigrationState.HalfApplied);

        const string remedy = "DELETE FROM schema_history WHERE owner = 'retail' AND number = 2";
        refused.Message.ShouldContain(remedy);
        await using (var connection = await store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync($"DROP INDEX a; DROP INDEX b; DELETE FROM orders; {remedy}");
        }

        (await migrator.MigrateAsync(Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Migrations_never_go_through_a_pooler()
    {
        await using var store = Open("postgresql://app:secret@ep-x-1-pooler.example.test/db");

        var refused = await Should.ThrowAsync<ConfigurationException>(() =>
            Over(store, ("001_a.sql", "SELECT 1")).MigrateAsync(Cancellation)
        );

        refused.Setting.ShouldBe("DATABASE_URL_DIRECT");
    }

    protected override async Task<Store> CreateStoreAsync()
    {
        url = (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url;
        return Open(url);
    }

    protected override Task<Store> OpenAgainAsync(Store store) => Task.FromResult<Store>(Open(url));

    private static PostgresStore Open(string url) => new(new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", url)), TimeProvider.System);
}
