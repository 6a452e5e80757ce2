using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Queries.Server;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>The login that queries run with on PostgreSQL.</summary>
public sealed class QueryLoginTests(QueryStores stores) : IClassFixture<QueryStores>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT * FROM users", "42501")]
    [InlineData("SELECT * FROM people", "42501")]
    [InlineData("SELECT * FROM tradepost_private.query_login", "42501")]
    [InlineData("SELECT pg_read_file('/etc/passwd')", "42501")]
    [InlineData("SET default_transaction_read_only = off; INSERT INTO items VALUES (9, 'x')", "25006")]
    [InlineData("BEGIN READ WRITE; INSERT INTO items VALUES (9, 'x')", "42501")]
    [InlineData("INSERT INTO items VALUES (9, 'x')", "25006")]
    [InlineData("SET SESSION AUTHORIZATION pg_monitor", "42501")]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'id'", "42501")]
    [InlineData("CREATE TABLE public.more (id int)", "25006")]
    public async Task It_may_not_do_anything_but_read_what_is_open(string sql, string state)
    {
        await using var connection = await ConnectAsync();

        (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql, null, Cancellation))).SqlState.ShouldBe(state);
    }

    [Theory]
    [InlineData("items", true)]
    [InlineData("shown", true)]
    [InlineData("users", false)]
    [InlineData("people", false)]
    [InlineData("friends", false)]
    [InlineData("away", false)]
    public async Task It_has_the_right_to_what_is_open(string table, bool expected)
    {
        await using var connection = await ConnectAsync();

        (await connection.ScalarAsync<bool>("SELECT has_table_privilege(@table, 'SELECT')", new { table }, Cancellation)).ShouldBe(
            expected
        );
    }

    [Fact]
    public async Task It_reads_tables_that_are_made_after_it()
    {
        await using (var owner = await (await stores.GetAsync("postgres")).OpenAsync(Cancellation))
        {
            await owner.ExecuteAsync("CREATE TABLE later (id int); INSERT INTO later VALUES (5)", null, Cancellation);
        }

        (await stores.RunAsync("postgres", "SELECT id FROM later")).Rows[0][0].ShouldBe(5);
    }

    [Fact]
    public async Task Made_again_it_stays_what_it_was_and_after_a_new_password_queries_find_it()
    {
        var store = (PostgresStore)await stores.GetAsync("postgres");
        await stores.RunAsync("postgres", "SELECT 1");
        await using var owner = await store.OpenAsync(Cancellation);
        var before = await QueryLogin.FindAsync(owner, Cancellation);

        (await QueryLogin.EnsureAsync(store, QueryStores.Hidden, Cancellation)).ShouldBeNull();
        (await QueryLogin.FindAsync(owner, Cancellation)).ShouldBe(before);
        await owner.ExecuteAsync(
            $"ALTER ROLE {before!.Value.User} PASSWORD 'another'; UPDATE tradepost_private.query_login SET password = 'another'",
            null,
            Cancellation
        );
        NpgsqlConnection.ClearAllPools();

        (await stores.RunAsync("postgres", "SELECT count(*) FROM items")).Rows[0][0].ShouldBe(3L);
    }

    [Fact]
    public async Task A_login_that_may_make_no_other_says_so_and_queries_run_with_it()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        var role = $"poor_{Guid.NewGuid():N}";
        await using (var super = new NpgsqlConnection(PostgresUrl.Parse("DATABASE_URL", database.Url).ConnectionString.Reveal()))
        {
            await super.OpenAsync(Cancellation);
            await super.ExecuteAsync(
                $"CREATE ROLE {role} LOGIN PASSWORD 'poor'; GRANT CREATE ON SCHEMA public TO {role}",
                null,
                Cancellation
            );
        }

        await using var store = new PostgresStore(
            new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url).WithUser(role, "poor")),
            TimeProvider.System
        );
        await using (var connection = await store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync("CREATE TABLE things (id int); INSERT INTO things VALUES (1)", null, Cancellation);
        }

        var said = await QueryLogin.EnsureAsync(store, [], Cancellation);
        var query = new Storage.Queries.ReadOnlyQuery(store, [], TimeProvider.System);

        said.ShouldNotBeNull().ShouldStartWith("The login for queries could not be made");
        (await query.RunAsync("SELECT id FROM things", Storage.Queries.QueryLimits.Default, Cancellation)).Rows[0][0].ShouldBe(1);
        await Should.ThrowAsync<Storage.Queries.QueryRefusedException>(() =>
            query.RunAsync("SELECT * FROM information_schema.tables", Storage.Queries.QueryLimits.Default, Cancellation)
        );
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var store = (PostgresStore)await stores.GetAsync("postgres");
        await using var owner = await store.OpenAsync(Cancellation);
        var (user, password) = (await QueryLogin.FindAsync(owner, Cancellation))!.Value; // the stores made it
        var connection = new NpgsqlConnection(store.Target.Url.WithUser(user, password).ConnectionString.Reveal() + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection;
    }
}
