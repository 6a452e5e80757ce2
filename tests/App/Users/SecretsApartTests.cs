using Tradepost.App.Tests.Hosting;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class SecretsApartTests : IDisposable
{
    private static readonly string[] Secrets =
    [
        "users",
        "user_sessions",
        "user_refresh_tokens",
        "user_links",
        "user_signing_keys",
        "signing_keys",
        "alert_addresses",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_connection_of_the_embedded_store_reaches_a_table_of_secrets()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SignInAsync(Role.Admin);
        await using var connection = await world.Store.OpenAsync(Cancellation);

        var tables = await connection.ReadAsync("SELECT table_name FROM duckdb_tables()", row => row.GetString(0), Cancellation);
        var databases = await connection.ReadAsync(
            "SELECT database_name FROM duckdb_databases() WHERE NOT internal",
            row => row.GetString(0),
            Cancellation
        );

        tables.Intersect(Secrets).ShouldBeEmpty();
        databases.ShouldBe(["tradepost"]);
        File.Exists(((DuckDbStore)world.Store).SecretsPath).ShouldBeTrue();
    }

    [Fact]
    public async Task On_PostgreSQL_a_login_with_every_right_on_the_other_tables_reads_no_secret()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        await using var world = await ApiWorld.StartAsync(database.Url);
        await world.SignInAsync(Role.Admin);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        var role = $"reader_{Guid.NewGuid():N}";
        await connection.ExecuteAsync(
            $"CREATE ROLE {role}; GRANT USAGE ON SCHEMA public TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
            parameters: null,
            Cancellation
        );

        await connection.ExecuteAsync($"SET ROLE {role}", parameters: null, Cancellation);
        var readable = await connection.ScalarAsync<long>("SELECT count(*) FROM job_runs", parameters: null, Cancellation);
        foreach (var table in Secrets.Where(table => table != "user_signing_keys"))
        {
            (
                await Should.ThrowAsync<System.Data.Common.DbException>(() =>
                    connection.ScalarAsync<long>($"SELECT count(*) FROM tradepost_private.{table}", parameters: null, Cancellation)
                )
            ).SqlState.ShouldBe("42501");
        }

        await connection.ExecuteAsync($"RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role}", parameters: null, Cancellation);
        readable.ShouldBe(0);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task An_older_store_keeps_its_users_sessions_and_addresses_and_gets_new_keys(string kind)
    {
        await using var store = await OldAsync(kind);

        await new Migrator(store, Domains.Migrations, time).MigrateAsync(Cancellation);

        (await SecretsOfAsync(store)).ShouldBe([
            "anna@example.com hash",
            "1 session",
            "1 token",
            "1 link",
            "0 keys",
            "https://example.com/hook",
        ]);
    }

    [Fact]
    public async Task A_move_that_was_cut_off_is_done_again_and_loses_nothing()
    {
        await using var store = await OldAsync("duckdb");
        await using (var connection = await store.OpenAsync(Cancellation))
        {
            foreach (var set in Domains.Migrations)
            {
                foreach (var secrets in set.ForSecrets)
                {
                    await SecretsMove.RunAsync(store, connection, secrets, Cancellation); // and the power goes
                }
            }

            await connection.ExecuteAsync("UPDATE users SET password_hash = 'newer'", parameters: null, Cancellation);
        }

        await new Migrator(store, Domains.Migrations, time).MigrateAsync(Cancellation);

        (await SecretsOfAsync(store)).ShouldBe([
            "anna@example.com newer",
            "1 session",
            "1 token",
            "1 link",
            "0 keys",
            "https://example.com/hook",
        ]);
    }

    [Fact]
    public async Task A_store_whose_file_of_secrets_was_deleted_keeps_its_data_and_has_nobody_to_sign_in()
    {
        var store = (DuckDbStore)await OldAsync("duckdb");
        await new Migrator(store, Domains.Migrations, time).MigrateAsync(Cancellation);
        await using (var connection = await store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync(
                "INSERT INTO audit_log (id, happened_at, actor, action, subject, client, request_id) VALUES (gen_random_uuid(), TIMESTAMP '2026-01-01', 'a', 'kept', 'b', 'c', 'd')",
                parameters: null,
                Cancellation
            );
        }

        var secrets = store.SecretsPath;
        await store.DisposeAsync();
        File.Delete(secrets);
        await using var again = (await TargetAsync("duckdb")).Open(time);

        (await new Migrator(again, Domains.Migrations, time).MigrateAsync(Cancellation)).ShouldBeEmpty("all tables of the store are there");

        await using var opened = await again.OpenAsync(Cancellation);
        await using var lost = await again.Secrets.OpenAsync(Cancellation);
        (await opened.ScalarAsync<long>("SELECT count(*) FROM audit_log WHERE action = 'kept'", parameters: null, Cancellation)).ShouldBe(
            1
        );
        (await lost.ScalarAsync<long>("SELECT count(*) FROM tradepost_private.users", parameters: null, Cancellation)).ShouldBe(0);
        (await lost.ScalarAsync<long>("SELECT count(*) FROM tradepost_private.signing_keys", parameters: null, Cancellation)).ShouldBe(0);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_backup_holds_users_and_addresses_and_nothing_that_somebody_is_signed_in_with(string kind)
    {
        var target = await TargetAsync(kind);
        await using (var store = await OldAsync(target))
        {
            await new Migrator(store, Domains.Migrations, time).MigrateAsync(Cancellation);
        }

        var file = folder.Combine("backup");
        var made = await StoreBackup.Of(target, Domains.Migrations, time).BackUpAsync(file, _ => { }, Cancellation);
        await StoreBackup.Of(target, Domains.Migrations, time).RestoreAsync(file, force: true, _ => { }, Cancellation);

        made.Tables.Select(table => table.Name)
            .Where(name => Secrets.Any(secret => name == secret || name.EndsWith($".{secret}", StringComparison.Ordinal)))
            .ShouldBe(["tradepost_private.alert_addresses", "tradepost_private.users"], ignoreOrder: true);
        await using var restored = target.Open(time);
        (await SecretsOfAsync(restored)).ShouldBe([
            "anna@example.com hash",
            "0 session",
            "0 token",
            "0 link",
            "0 keys",
            "https://example.com/hook",
        ]);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_backup_of_before_is_restored_without_what_somebody_was_signed_in_with(string kind)
    {
        var target = await TargetAsync(kind);
        await (await OldAsync(target)).DisposeAsync();
        var file = folder.Combine("backup");
        await StoreBackup.Of(target, Old(), time).BackUpAsync(file, _ => { }, Cancellation);

        await StoreBackup.Of(target, Domains.Migrations, time).RestoreAsync(file, force: true, _ => { }, Cancellation);

        await using var store = target.Open(time);
        await new Migrator(store, Domains.Migrations, time).MigrateAsync(Cancellation);
        (await SecretsOfAsync(store)).ShouldBe([
            "anna@example.com hash",
            "0 session",
            "0 token",
            "0 link",
            "0 keys",
            "https://example.com/hook",
        ]);
    }

    public void Dispose() => folder.Dispose();

    private static bool IsMove(Migration migration) => migration.Name is "apart" or "addresses_apart" or "asymmetric_keys";

    private static List<MigrationSet> Old() => [.. Domains.Migrations.Select(set => set.Where(migration => !IsMove(migration)))];

    private async Task<Store> OldAsync(string kind) => await OldAsync(await TargetAsync(kind));

    private async Task<StoreTarget> TargetAsync(string kind) =>
        kind == "duckdb"
            ? new EmbeddedTarget(folder.Combine("store.duckdb"))
            : new PostgresTarget(PostgresUrl.Parse("test", (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url));

    /// <summary>A store of the version before, with somebody in it.</summary>
    private async Task<Store> OldAsync(StoreTarget target)
    {
        var store = target.Open(time);
        await new Migrator(store, Old(), time).MigrateAsync(Cancellation);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            """
            INSERT INTO users VALUES ('00000000-0000-0000-0000-000000000001', 'anna@example.com', 'admin', 'hash', FALSE, '2026-01-01', '2026-01-01');
            INSERT INTO user_sessions VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'local', '2026-01-01', '2026-01-31', NULL, NULL);
            INSERT INTO user_refresh_tokens VALUES ('token', '00000000-0000-0000-0000-000000000002', '2026-01-01', NULL, NULL);
            INSERT INTO user_links VALUES ('code', '00000000-0000-0000-0000-000000000001', '2026-01-01', '2026-01-02', NULL);
            INSERT INTO user_signing_keys VALUES ('1', 'c2VjcmV0', '2026-01-01');
            INSERT INTO job_alert_rules VALUES ('rule', 'Failed', NULL, 'https://example.com/hook', NULL, NULL, 0.25, 10, 'anna', '2026-01-01');
            """,
            parameters: null,
            Cancellation
        );
        return store;
    }

    private static async Task<IReadOnlyList<string>> SecretsOfAsync(Store store)
    {
        await using var connection = await store.Secrets.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            """
            SELECT 1 AS n, email || ' ' || password_hash AS text FROM tradepost_private.users
            UNION ALL SELECT 2, CAST(count(*) AS text) || ' session' FROM tradepost_private.user_sessions
            UNION ALL SELECT 3, CAST(count(*) AS text) || ' token' FROM tradepost_private.user_refresh_tokens
            UNION ALL SELECT 4, CAST(count(*) AS text) || ' link' FROM tradepost_private.user_links
            UNION ALL SELECT 5, CAST(count(*) AS text) || ' keys' FROM tradepost_private.signing_keys
            UNION ALL SELECT 6, url FROM tradepost_private.alert_addresses ORDER BY n
            """,
            row => row.GetString(1),
            Cancellation
        );
    }
}
