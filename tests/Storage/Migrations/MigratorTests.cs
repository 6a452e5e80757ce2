using Dapper;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Migrations;

/// <summary>What holds for migrations on every store.</summary>
public abstract class MigratorTests
{
    private const string First = "CREATE TABLE orders (id bigint); INSERT INTO orders VALUES (1);";
    private const string Second = "ALTER TABLE orders ADD COLUMN total bigint;";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_pending_is_applied_in_order_and_once()
    {
        await using var store = await CreateStoreAsync();
        var migrator = Over(store, ("002_total.sql", Second), ("001_orders.sql", First));

        var applied = await migrator.MigrateAsync(Cancellation);
        var again = await migrator.MigrateAsync(Cancellation);

        applied.Select(m => m.Number).ShouldBe([1, 2]);
        again.ShouldBeEmpty();
        (await CountAsync(store, "SELECT count(*) FROM orders WHERE total IS NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task Owners_number_their_migrations_by_themselves()
    {
        await using var store = await CreateStoreAsync();
        var migrator = new Migrator(
            store,
            [Set("jobs", ("001_runs.sql", "CREATE TABLE runs (id bigint)")), Set("retail", ("001_orders.sql", First))],
            TimeProvider.System
        );

        var applied = await migrator.MigrateAsync(Cancellation);

        applied.Select(m => m.ToString()).ShouldBe(["jobs 001_runs", "retail 001_orders"]);
    }

    [Fact]
    public async Task The_status_tells_what_is_applied_and_what_is_pending()
    {
        await using var store = await CreateStoreAsync();
        var time = new ManualTime(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
        await new Migrator(store, [Set("retail", ("001_orders.sql", First))], time).MigrateAsync(Cancellation);

        var status = await Over(store, ("001_orders.sql", First), ("002_total.sql", Second)).StatusAsync(Cancellation);

        status.ShouldBe([
            new MigrationStatus("retail", 1, "orders", MigrationState.Applied, new DateTime(2026, 2, 3, 4, 5, 6), 0),
            new MigrationStatus("retail", 2, "total", MigrationState.Pending),
        ]);
    }

    [Fact]
    public async Task A_plan_names_what_would_be_applied_and_changes_nothing()
    {
        await using var store = await CreateStoreAsync();
        var migrator = Over(store, ("001_orders.sql", First));

        var plan = await migrator.PlanAsync(Cancellation);

        plan.Select(m => m.Name).ShouldBe(["orders"]);
        (
            await CountAsync(store, "SELECT count(*) FROM information_schema.tables WHERE table_name IN ('orders', 'schema_history')")
        ).ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_migration_leaves_nothing_behind_and_keeps_what_came_before()
    {
        await using var store = await CreateStoreAsync();
        var migrator = Over(
            store,
            ("001_orders.sql", First),
            ("002_total.sql", "INSERT INTO orders VALUES (2); INSERT INTO nowhere VALUES (1);")
        );

        var failure = await Should.ThrowAsync<MigrationException>(() => migrator.MigrateAsync(Cancellation));

        failure.Message.ShouldStartWith($"retail 002_total failed on {store.Description}, nothing of it was applied: ");
        failure.Message.ShouldContain("nowhere");
        (await CountAsync(store, "SELECT count(*) FROM orders")).ShouldBe(1);
        (await migrator.StatusAsync(Cancellation)).Select(s => s.State).ShouldBe([MigrationState.Applied, MigrationState.Pending]);
    }

    [Fact]
    public async Task An_edited_file_is_refused()
    {
        await using var store = await CreateStoreAsync();
        await Over(store, ("001_orders.sql", First)).MigrateAsync(Cancellation);
        var edited = Over(store, ("001_orders.sql", First + " -- more"), ("002_total.sql", Second));

        var refused = await Should.ThrowAsync<MigrationException>(() => edited.MigrateAsync(Cancellation));

        refused.Message.ShouldStartWith("retail 001_orders was changed after it was applied");
        (await edited.StatusAsync(Cancellation))[0].State.ShouldBe(MigrationState.Changed);
    }

    [Fact]
    public async Task Line_endings_do_not_count_as_an_edit()
    {
        await using var store = await CreateStoreAsync();
        await Over(store, ("001_orders.sql", First.Replace("; ", ";\n"))).MigrateAsync(Cancellation);

        (await Over(store, ("001_orders.sql", First.Replace("; ", ";\r\n"))).MigrateAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_gone_is_refused()
    {
        await using var store = await CreateStoreAsync();
        await Over(store, ("001_orders.sql", First), ("002_total.sql", Second)).MigrateAsync(Cancellation);
        var older = Over(store, ("001_orders.sql", First));

        var refused = await Should.ThrowAsync<MigrationException>(() => older.MigrateAsync(Cancellation));

        refused.Message.ShouldContain("retail 002_total was applied");
        refused.Message.ShouldContain("this program is older than the store");
        (await older.StatusAsync(Cancellation))[1].State.ShouldBe(MigrationState.Missing);
    }

    [Fact]
    public async Task A_number_below_one_that_is_applied_is_refused()
    {
        await using var store = await CreateStoreAsync();
        await Over(store, ("001_orders.sql", First), ("003_total.sql", Second)).MigrateAsync(Cancellation);
        var late = Over(store, ("001_orders.sql", First), ("002_late.sql", "SELECT 1"), ("003_total.sql", Second));

        var refused = await Should.ThrowAsync<MigrationException>(() => late.PlanAsync(Cancellation));

        refused.Message.ShouldContain("retail 002_late has a lower number");
    }

    [Fact]
    public async Task Two_at_once_apply_each_migration_once()
    {
        await using var store = await CreateStoreAsync();
        await using var other = await OpenAgainAsync(store);
        var files = Enumerable.Range(1, 20).Select(n => ($"{n:000}_t{n}.sql", $"CREATE TABLE t{n} (id bigint)")).ToArray();
        var migrators = new[] { store, other, store, other }.Select(s => Over(s, files)).ToList();

        var applied = await Task.WhenAll(migrators.Select(m => Task.Run(() => m.MigrateAsync(Cancellation))));

        applied.Sum(a => a.Count).ShouldBe(20);
        (await CountAsync(store, "SELECT count(*) FROM schema_history WHERE applied_at IS NOT NULL")).ShouldBe(20);
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_another_says_so()
    {
        await using var store = await CreateStoreAsync();
        await using var held = await store.TryLockAsync("migrations", Cancellation);
        var migrator = new Migrator(store, [Set("retail", ("001_orders.sql", First))], new ManualTime { SkipsDelays = true })
        {
            LockTimeout = TimeSpan.FromSeconds(2),
        };

        var refused = await Should.ThrowAsync<MigrationException>(() => migrator.MigrateAsync(Cancellation));

        refused.Message.ShouldStartWith($"Another process has been migrating {store.Description} for 2 seconds");
    }

    [Fact]
    public async Task A_file_for_one_store_alone_is_taken_there_and_nowhere_else()
    {
        await using var store = await CreateStoreAsync();
        var migrator = Over(
            store,
            ("001_a.postgres.sql", "CREATE TABLE only_postgres (id bigint)"),
            ("001_a.duckdb.sql", "CREATE TABLE only_duckdb (id bigint)"),
            ("002_b.sql", "CREATE TABLE anywhere (id bigint)"),
            ($"002_b.{store.Dialect.Name}.sql", "CREATE TABLE here (id bigint)")
        );

        await migrator.MigrateAsync(Cancellation);

        (
            await CountAsync(
                store,
                $"SELECT count(*) FROM information_schema.tables WHERE table_name IN ('only_{store.Dialect.Name}', 'here')"
            )
        ).ShouldBe(2);
        (
            await CountAsync(
                store,
                "SELECT count(*) FROM information_schema.tables WHERE table_name IN ('only_postgres', 'only_duckdb', 'anywhere')"
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task One_text_for_all_stores_leaves_types_and_numbering_to_the_store()
    {
        await using var store = await CreateStoreAsync();
        const string text = """
            {sequence notes_id};
            CREATE TABLE notes (id {identity notes_id}, body {json} NOT NULL, ratio {double}, made {timestamp} DEFAULT TIMESTAMP '2026-01-01 00:00:00');
            INSERT INTO notes (body) VALUES ('{"a": 1}'), ('{"a": 2}')
            """;
        var migrator = Over(store, ("001_notes.sql", text));

        await migrator.MigrateAsync(Cancellation);

        (await CountAsync(store, "SELECT count(*) FROM notes WHERE body ->> 'a' = CAST(id AS text) AND made > '2025-12-31'")).ShouldBe(2);
        (await migrator.StatusAsync(Cancellation)).Single().State.ShouldBe(MigrationState.Applied);
        Set("retail", ("001_notes.sql", text))
            .For(store.Dialect)
            .Single()
            .Checksum.ShouldBe(new Migration("retail", 1, "notes", text).Checksum);
    }

    [Fact]
    public async Task What_nothing_stands_for_is_refused()
    {
        await using var store = await CreateStoreAsync();

        var refused = await Should.ThrowAsync<MigrationException>(() =>
            Over(store, ("001_notes.sql", "CREATE TABLE notes (body {jsonx})")).MigrateAsync(Cancellation)
        );

        refused.Message.ShouldStartWith("retail 001_notes: nothing stands for {jsonx}; there are {boolean}, {integer}");
    }

    protected static MigrationSet Set(string owner, params (string Name, string Sql)[] files) =>
        new(owner, files.Select(file => KeyValuePair.Create(file.Name, file.Sql)));

    protected static Migrator Over(Store store, params (string Name, string Sql)[] files) =>
        new(store, [Set("retail", files)], TimeProvider.System);

    protected static async Task<long> CountAsync(Store store, string sql)
    {
        await using var connection = await store.OpenAsync(Cancellation);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    /// <summary>An empty store.</summary>
    protected abstract Task<Store> CreateStoreAsync();

    /// <summary>The same store as another process would open it.</summary>
    protected abstract Task<Store> OpenAgainAsync(Store store);
}
