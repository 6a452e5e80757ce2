using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Backups;

/// <summary>What backing up and restoring promises on every kind of store.</summary>
public abstract class StoreBackupTests : IDisposable
{
    private const string Tables = """
        CREATE TABLE regions (id bigint PRIMARY KEY, name varchar);
        INSERT INTO regions VALUES (0, 'Unknown');
        CREATE TABLE orders (
            id bigint PRIMARY KEY, region_id bigint REFERENCES regions (id), amount decimal(18,2), share double precision, day date,
            paid_at timestamp, is_paid boolean, key uuid);
        CREATE INDEX orders_by_day ON orders (day);
        """;

    private const string Rows = """
        INSERT INTO regions VALUES (1, 'Київська'), (2, NULL), (3, ''), (4, 'NULL');
        INSERT INTO orders VALUES
            (1, 1, 12.50, 0.1, '2026-01-31', '2026-01-31 12:00:00.123456', true, '01234567-89ab-cdef-0123-456789abcdef'),
            (2, NULL, -9999999999999999.99, 1e308, '0001-01-01', NULL, false, NULL);
        """;

    private static readonly MigrationSet Set = new("shop", [KeyValuePair.Create("001_tables.sql", Tables)]);

    protected TemporaryFolder Folder { get; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Folder.Combine("backups", "shop.backup");

    [Fact]
    public async Task What_was_backed_up_comes_back_with_the_same_checksums()
    {
        var source = await FilledAsync();
        var target = await NewTargetAsync();

        var written = await BackUpAsync(source);
        var restored = await RestoreAsync(target);
        var again = await Backup(target).BackUpAsync(File + ".2", _ => { }, Cancellation);

        written.Tables.Select(table => (table.Name, table.Rows)).ShouldBe([("schema_history", 1), ("regions", 5), ("orders", 2)]);
        restored
            .Tables.Select(table => (table.Name, table.Rows, table.Checksum))
            .ShouldBe(written.Tables.Select(table => (table.Name, table.Rows, table.Checksum)));
        again.Tables.Select(table => table.Checksum).ShouldBe(written.Tables.Select(table => table.Checksum));
        (await TextAsync(target, "SELECT name FROM regions WHERE id = 1")).ShouldBe("Київська");
        (await TextAsync(target, "SELECT CAST(amount AS varchar) FROM orders WHERE id = 2")).ShouldBe("-9999999999999999.99");
        (await TextAsync(target, "SELECT coalesce(name, 'nothing') FROM regions WHERE id = 2")).ShouldBe("nothing");
    }

    /// <summary>As a load publishes: a new table takes the place, and the name, of an old one.</summary>
    [Fact]
    public async Task Backups_that_are_made_while_tables_are_replaced_hold_one_state_each()
    {
        var set = new MigrationSet(
            "load",
            [
                KeyValuePair.Create(
                    "001_tables.sql",
                    "CREATE TABLE heads (generation bigint, id bigint); CREATE TABLE lines (generation bigint, id bigint)"
                ),
            ]
        );
        var (from, to) = (await NewTargetAsync(), await NewTargetAsync());
        await using var store = from.Open(TimeProvider.System);
        await new Migrator(store, [set], TimeProvider.System).MigrateAsync(Cancellation);
        await ReplaceAsync(store, 0);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var replacing = Task.Run(
            async () =>
            {
                var generation = 1;
                for (; !end.IsCancellationRequested; generation++)
                {
                    await ReplaceAsync(store, generation);
                }

                return generation;
            },
            Cancellation
        );

        var chance = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            await Task.Delay(chance.Next(20), Cancellation);
            await StoreBackup.Of(from, [set], TimeProvider.System).BackUpAsync(Folder.Combine($"live.{i}"), _ => { }, Cancellation);
        }

        await end.CancelAsync();
        (await replacing).ShouldBeGreaterThan(30);
        for (var i = 0; i < 30; i++)
        {
            await StoreBackup
                .Of(to, [set], TimeProvider.System)
                .RestoreAsync(Folder.Combine($"live.{i}"), force: true, _ => { }, Cancellation);

            (
                await TextAsync(
                    to,
                    """
                    SELECT CASE WHEN count(*) = 300 AND min(generation) = max(generation) AND (SELECT count(*) FROM lines WHERE generation = (SELECT max(generation) FROM heads)) = 500
                        AND (SELECT count(*) FROM lines) = 500 THEN 'one state' ELSE 'heads ' || count(*) || ', lines ' || (SELECT count(*) FROM lines) END FROM heads
                    """
                )
            ).ShouldBe("one state", $"backup {i}");
        }
    }

    private static async Task ReplaceAsync(Store store, int generation)
    {
        await using var connection = await store.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        foreach (var (table, rows) in new[] { ("lines", 500), ("heads", 300) })
        {
            await connection.ExecuteAsync(
                $"CREATE TABLE {table}_new AS SELECT CAST({generation} AS bigint) AS generation, CAST(id AS bigint) AS id FROM generate_series(1, {rows}) AS s(id); DROP TABLE {table}; ALTER TABLE {table}_new RENAME TO {table}",
                null,
                Cancellation
            );
        }

        await transaction.CommitAsync(Cancellation);
    }

    [Fact]
    public async Task Nothing_remains_to_be_migrated_after_a_restore()
    {
        await BackUpAsync(await FilledAsync());
        var target = await NewTargetAsync();

        await RestoreAsync(target);

        await using var store = target.Open(TimeProvider.System);
        (await new Migrator(store, [Set], TimeProvider.System).MigrateAsync(Cancellation)).ShouldBeEmpty();
        await using var connection = await store.OpenAsync(Cancellation);
        (
            await connection.ScalarAsync<long>(
                $"SELECT count(*) FROM {IndexCatalog} WHERE {IndexName} = 'orders_by_day'",
                null,
                Cancellation
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task The_order_of_rows_does_not_count_and_each_value_does()
    {
        var (one, two, three) = (await MigratedAsync(), await MigratedAsync(), await MigratedAsync());
        await ExecuteAsync(one, "INSERT INTO regions VALUES (1, 'a'), (2, 'b')");
        await ExecuteAsync(two, "INSERT INTO regions VALUES (2, 'b'), (1, 'a')");
        await ExecuteAsync(three, "INSERT INTO regions VALUES (2, 'a'), (1, 'b')");

        var sums = new List<string>();
        foreach (var target in new[] { one, two, three })
        {
            var manifest = await Backup(target).BackUpAsync(Folder.Combine($"{sums.Count}"), _ => { }, Cancellation);
            sums.Add(manifest.Tables.Single(table => table.Name == "regions").Checksum);
        }

        sums[1].ShouldBe(sums[0]);
        sums[2].ShouldNotBe(sums[0]);
    }

    [Fact]
    public async Task A_store_with_only_what_migrations_put_into_it_is_empty()
    {
        await BackUpAsync(await FilledAsync());

        (await RestoreAsync(await MigratedAsync())).Tables.Sum(table => table.Rows).ShouldBe(8);
    }

    [Fact]
    public async Task A_store_with_rows_is_replaced_only_by_force()
    {
        await BackUpAsync(await FilledAsync());
        var target = await MigratedAsync();
        await ExecuteAsync(target, "INSERT INTO regions VALUES (77, 'kept')");

        var refusal = await Should.ThrowAsync<BackupException>(() => RestoreAsync(target));

        refusal.Message.ShouldContain("holds rows already (regions 2); --force replaces them.");
        (await TextAsync(target, "SELECT name FROM regions WHERE id = 77")).ShouldBe("kept");

        await RestoreAsync(target, force: true);

        (await TextAsync(target, "SELECT CAST(count(*) AS varchar) FROM regions WHERE id = 77")).ShouldBe("0");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public async Task A_file_that_was_cut_off_is_refused(double share)
    {
        await BackUpAsync(await FilledAsync());
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        await System.IO.File.WriteAllBytesAsync(File, bytes[..(int)(bytes.Length * share)], Cancellation);

        await RefusedAsync("is not a backup of Tradepost, or is damaged");
    }

    [Fact]
    public async Task A_file_with_any_byte_of_its_rows_altered_is_refused()
    {
        await BackUpAsync(await FilledAsync());
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        bytes[bytes.AsSpan().IndexOf("tables/orders"u8) + 40] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, bytes, Cancellation);

        await RefusedAsync("is not a backup of Tradepost, or is damaged");
    }

    [Fact]
    public async Task Rows_that_arrive_different_are_rolled_back()
    {
        await BackUpAsync(await FilledAsync());
        using (var zip = System.IO.Compression.ZipFile.Open(File, System.IO.Compression.ZipArchiveMode.Update))
        {
            string manifest;
            using (var reader = new StreamReader(zip.GetEntry("manifest.json")!.Open()))
            {
                manifest = await reader.ReadToEndAsync(Cancellation);
            }

            zip.GetEntry("manifest.json")!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("manifest.json").Open());
            await writer.WriteAsync(manifest.Replace("\"rows\": 5", "\"rows\": 6", StringComparison.Ordinal));
        }

        await RefusedAsync("Table regions came back different: 5 rows");
    }

    [Fact]
    public async Task A_backup_of_a_newer_schema_is_refused()
    {
        var newer = new MigrationSet(
            "shop",
            [KeyValuePair.Create("001_tables.sql", Tables), KeyValuePair.Create("002_more.sql", "CREATE TABLE more (id bigint)")]
        );
        var source = await NewTargetAsync();
        await MigrateAsync(source, newer);
        await StoreBackup.Of(source, [newer], TimeProvider.System).BackUpAsync(File, _ => { }, Cancellation);

        await RefusedAsync("made by another version of Tradepost: its shop 002_more is not known here");
    }

    [Fact]
    public async Task A_backup_of_an_older_schema_is_restored_as_it_was()
    {
        await BackUpAsync(await FilledAsync());
        var newer = new MigrationSet(
            "shop",
            [KeyValuePair.Create("001_tables.sql", Tables), KeyValuePair.Create("002_more.sql", "CREATE TABLE more (id bigint)")]
        );
        var target = await NewTargetAsync();
        await MigrateAsync(target, newer);

        await StoreBackup.Of(target, [newer], TimeProvider.System).RestoreAsync(File, force: false, _ => { }, Cancellation);

        await using var store = target.Open(TimeProvider.System);
        (await new Migrator(store, [newer], TimeProvider.System).PlanAsync(Cancellation))
            .Select(migration => migration.Name)
            .ShouldBe(["more"]);
    }

    [Fact]
    public async Task A_file_is_not_overwritten()
    {
        var source = await FilledAsync();
        await BackUpAsync(source);

        (await Should.ThrowAsync<BackupException>(() => BackUpAsync(source))).Message.ShouldContain("is already there");
    }

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreTarget> NewTargetAsync();

    protected abstract string IndexCatalog { get; }

    protected abstract string IndexName { get; }

    private static StoreBackup Backup(StoreTarget target) => StoreBackup.Of(target, [Set], TimeProvider.System);

    private Task<BackupManifest> BackUpAsync(StoreTarget target) => Backup(target).BackUpAsync(File, _ => { }, Cancellation);

    private Task<BackupManifest> RestoreAsync(StoreTarget target, bool force = false) =>
        Backup(target).RestoreAsync(File, force, _ => { }, Cancellation);

    private async Task RefusedAsync(string sentence)
    {
        var target = await MigratedAsync();

        (await Should.ThrowAsync<BackupException>(() => RestoreAsync(target))).Message.ShouldContain(sentence);

        (await TextAsync(target, "SELECT CAST(count(*) AS varchar) FROM regions")).ShouldBe("1");
    }

    private async Task<StoreTarget> FilledAsync()
    {
        var target = await MigratedAsync();
        await ExecuteAsync(target, Rows);
        return target;
    }

    private async Task<StoreTarget> MigratedAsync()
    {
        var target = await NewTargetAsync();
        await MigrateAsync(target, Set);
        return target;
    }

    private static async Task MigrateAsync(StoreTarget target, MigrationSet set)
    {
        await using var store = target.Open(TimeProvider.System);
        await new Migrator(store, [set], TimeProvider.System).MigrateAsync(Cancellation);
    }

    private static async Task ExecuteAsync(StoreTarget target, string sql)
    {
        await using var store = target.Open(TimeProvider.System);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql, null, Cancellation);
    }

    private static async Task<string?> TextAsync(StoreTarget target, string sql)
    {
        await using var store = target.Open(TimeProvider.System);
        await using var connection = await store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<string>(sql, null, Cancellation);
    }
}
