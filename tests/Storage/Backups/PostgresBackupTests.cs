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

    [Fact]
    public async Task A_restore_keeps_rights_and_indexes_of_others_and_names_what_it_would_drop()
    {
        var set = new Storage.Migrations.MigrationSet(
            "shop",
            [
                KeyValuePair.Create(
                    "001_tables.sql",
                    "CREATE TABLE a (id bigint PRIMARY KEY, name text); CREATE INDEX a_by_name ON a (name); CREATE VIEW own AS SELECT id FROM a"
                ),
            ]
        );
        var (target, reader) = (await NewTargetAsync(), $"reader_{Guid.NewGuid():N}");
        await using var store = target.Open(TimeProvider.System);
        await new Storage.Migrations.Migrator(store, [set], TimeProvider.System).MigrateAsync(Cancellation);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            $"INSERT INTO a VALUES (1, 'one'); CREATE ROLE {reader}; GRANT SELECT ON a TO {reader}; GRANT SELECT ON own TO {reader}; GRANT UPDATE (name) ON a TO PUBLIC; CREATE INDEX of_others ON a (name, id)",
            null,
            Cancellation
        );
        var backup = StoreBackup.Of(target, [set], TimeProvider.System);
        await backup.BackUpAsync(Folder.Combine("others"), _ => { }, Cancellation);
        await backup.RestoreAsync(Folder.Combine("others"), force: true, _ => { }, Cancellation);

        (
            await connection.ScalarAsync<string>(
                $"""
                SELECT has_table_privilege('{reader}', 'a', 'SELECT') || ' ' || has_table_privilege('{reader}', 'a', 'INSERT') || ' ' || has_column_privilege('{reader}', 'a', 'name', 'UPDATE')
                    || ' ' || has_table_privilege('{reader}', 'own', 'SELECT') || ' ' || (SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'a')
                """,
                null,
                Cancellation
            )
        ).ShouldBe("true false true true a_by_name,a_pkey,of_others");

        await connection.ExecuteAsync(
            "CREATE VIEW report AS SELECT name FROM a; CREATE TABLE child (a_id bigint REFERENCES a (id))",
            null,
            Cancellation
        );
        var refusal = await Should.ThrowAsync<BackupException>(() =>
            backup.RestoreAsync(Folder.Combine("others"), force: true, _ => { }, Cancellation)
        );
        refusal.Message.ShouldContain("has foreign key child_a_id_fkey of child, view report, which would be dropped");
        (await connection.ScalarAsync<long>("SELECT count(*) FROM report", null, Cancellation)).ShouldBe(1);

        await backup.RestoreAsync(
            Folder.Combine("others"),
            new RestoreOptions { Force = true, DropsDependents = true },
            _ => { },
            Cancellation
        );
        (
            await connection.ScalarAsync<bool>(
                "SELECT to_regclass('report') IS NULL AND to_regclass('child') IS NOT NULL",
                null,
                Cancellation
            )
        ).ShouldBeTrue();
        await connection.ExecuteAsync($"DROP OWNED BY {reader}; DROP ROLE {reader}", null, Cancellation);
    }

    [Fact]
    public async Task Nothing_is_restored_under_a_server_and_what_is_left_out_stays_empty()
    {
        var set = new Storage.Migrations.MigrationSet(
            "shop",
            [KeyValuePair.Create("001_tables.sql", "CREATE TABLE a (id bigint); CREATE TABLE b (id bigint)")]
        );
        var target = await NewTargetAsync();
        await using var store = target.Open(TimeProvider.System);
        await new Storage.Migrations.Migrator(store, [set], TimeProvider.System).MigrateAsync(Cancellation);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync("INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)", null, Cancellation);
        var backup = StoreBackup.Of(target, [set], TimeProvider.System);
        await backup.BackUpAsync(Folder.Combine("live"), _ => { }, Cancellation);
        var options = new RestoreOptions { Force = true, Without = ["b"] };

        await using (var listener = await store.OpenAsync(Cancellation))
        {
            await listener.ExecuteAsync("LISTEN tradepost_runs", null, Cancellation);
            var refusal = await Should.ThrowAsync<BackupException>(() =>
                backup.RestoreAsync(Folder.Combine("live"), options, _ => { }, Cancellation)
            );
            refusal.Message.ShouldContain("A server or a worker of Tradepost works on");
            await listener.ExecuteAsync("UNLISTEN *", null, Cancellation);
        }

        await backup.RestoreAsync(Folder.Combine("live"), options, _ => { }, Cancellation);
        (
            await connection.ScalarAsync<string>("SELECT (SELECT count(*) FROM a) || ' ' || (SELECT count(*) FROM b)", null, Cancellation)
        ).ShouldBe("1 0");
    }

    protected override async Task<StoreTarget> NewTargetAsync()
    {
        var server = await Servers.RequirePostgresAsync();
        return new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", (await server.CreateDatabaseAsync()).Url));
    }
}
