using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Backups;

public sealed class PostgresBackupTests : StoreBackupTests
{
    protected override string IndexCatalog => "pg_indexes";

    protected override string IndexName => "indexname";

    [Fact]
    public async Task A_backup_of_another_kind_of_store_is_refused()
    {
        await using (var store = new DuckDbStore(Folder.Combine("a.duckdb")))
        {
            await using var connection = await store.OpenAsync(Cancellation);
            await connection.ExecuteAsync("CREATE TABLE schema_history (owner varchar, number integer, name varchar, checksum varchar, applied_at timestamp, seconds double)", null, Cancellation);
            await connection.ExecuteAsync("INSERT INTO schema_history VALUES ('shop', 1, 'tables', '', now(), 0)", null, Cancellation);
        }

        var set = new Storage.Migrations.MigrationSet("shop", [KeyValuePair.Create("001_tables.sql", "CREATE TABLE a (id bigint)")]);
        await StoreBackup.Of(new EmbeddedTarget(Folder.Combine("a.duckdb")), [set], TimeProvider.System).BackUpAsync(Folder.Combine("backup"), _ => { }, Cancellation);

        var refusal = await Should.ThrowAsync<BackupException>(async () =>
            await StoreBackup.Of(await NewTargetAsync(), [set], TimeProvider.System).RestoreAsync(Folder.Combine("backup"), force: false, _ => { }, Cancellation));

        refusal.Message.ShouldContain("is a backup of a duckdb store, and the settings name a postgres store");
    }

    protected override async Task<StoreTarget> NewTargetAsync()
    {
        var server = await Servers.RequirePostgresAsync();
        return new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", (await server.CreateDatabaseAsync()).Url));
    }
}
