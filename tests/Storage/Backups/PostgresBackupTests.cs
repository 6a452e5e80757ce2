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
            await connection.ExecuteAsync(
                "CREATE TABLE schema_history (owner varchar, number integer, name varchar, checksum varchar, applied_at timestamp, seconds double)",
                null,
                Cancellation
            );
            await connection.ExecuteAsync("INSERT INTO schema_history VALUES ('shop', 1, 'tables', '', now(), 0)", null, Cancellation);
        }

        var set = new Storage.Migrations.MigrationSet("shop", [KeyValuePair.Create("001_tables.sql", "CREATE TABLE a (id bigint)")]);
        await StoreBackup
            .Of(new EmbeddedTarget(Folder.Combine("a.duckdb")), [set], TimeProvider.System)
            .BackUpAsync(Folder.Combine("backup"), _ => { }, Cancellation);

        var refusal = await Should.ThrowAsync<BackupException>(async () =>
            await StoreBackup
                .Of(await NewTargetAsync(), [set], TimeProvider.System)
                .RestoreAsync(Folder.Combine("backup"), force: false, _ => { }, Cancellation)
        );

        refusal.Message.ShouldContain("is a backup of a duckdb store, and the settings name a postgres store");
    }

    [Fact]
    public async Task Partitions_come_back_with_their_rows_and_numbers_go_on()
    {
        var set = new Storage.Migrations.MigrationSet(
            "shop",
            [
                KeyValuePair.Create(
                    "001_tables.sql",
                    "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY, day int) PARTITION BY RANGE (day); CREATE TABLE a_default PARTITION OF a DEFAULT"
                ),
            ]
        );
        var (from, to) = (await NewTargetAsync(), await NewTargetAsync());
        await using (var store = from.Open(TimeProvider.System))
        {
            await new Storage.Migrations.Migrator(store, [set], TimeProvider.System).MigrateAsync(Cancellation);
            await using var connection = await store.OpenAsync(Cancellation);
            await connection.ExecuteAsync(
                "CREATE TABLE a_1 PARTITION OF a FOR VALUES FROM (1) TO (2); INSERT INTO a (day) VALUES (1), (1), (7)",
                null,
                Cancellation
            );
        }

        await StoreBackup.Of(from, [set], TimeProvider.System).BackUpAsync(Folder.Combine("parts"), _ => { }, Cancellation);
        await StoreBackup.Of(to, [set], TimeProvider.System).RestoreAsync(Folder.Combine("parts"), force: false, _ => { }, Cancellation);

        await using var restored = to.Open(TimeProvider.System);
        await using var there = await restored.OpenAsync(Cancellation);
        (await there.ScalarAsync<string>("SELECT string_agg(id || ':' || day, ' ' ORDER BY id) FROM a_1", null, Cancellation)).ShouldBe(
            "1:1 2:1"
        );
        (
            await there.ScalarAsync<string>("SELECT string_agg(id || ':' || day, ' ' ORDER BY id) FROM a_default", null, Cancellation)
        ).ShouldBe("3:7");
        (await there.ScalarAsync<long>("INSERT INTO a (day) VALUES (1) RETURNING id", null, Cancellation)).ShouldBe(4);
    }

    protected override async Task<StoreTarget> NewTargetAsync()
    {
        var server = await Servers.RequirePostgresAsync();
        return new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", (await server.CreateDatabaseAsync()).Url));
    }
}
