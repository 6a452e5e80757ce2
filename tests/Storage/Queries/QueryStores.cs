using Tradepost.Storage.Connections;
using Tradepost.Storage.Queries;
using Tradepost.Storage.Queries.Server;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>A store of each kind with a table to read, one that is hidden, and views of both; and a file that nobody may read.</summary>
public sealed class QueryStores : IAsyncLifetime
{
    public static readonly string[] Hidden = ["users"];

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, Store> stores = [];

    public string SecretFile { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        SecretFile = folder.Write("secret.csv", "word\nsesame\n");
        stores["duckdb"] = new DuckDbStore(folder.Combine("store.duckdb"));
        await PrepareAsync(stores["duckdb"], "CREATE SEQUENCE numbers");
    }

    /// <summary>The user of the PostgreSQL store is a superuser, who could do everything.</summary>
    public async Task<Store> GetAsync(string kind)
    {
        if (!stores.TryGetValue(kind, out var store))
        {
            var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
            store = new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url)).Open(TimeProvider.System);
            stores[kind] = store;
            await PrepareAsync(
                store,
                """
                CREATE SEQUENCE numbers;
                CREATE FUNCTION backdoor() RETURNS bigint LANGUAGE sql AS 'INSERT INTO items VALUES (7) RETURNING id';
                CREATE FUNCTION dblink(text, text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1';
                CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
                CREATE FOREIGN TABLE away (id bigint) SERVER elsewhere
                """
            );
            (await QueryLogin.EnsureAsync((PostgresStore)store, Hidden, TestContext.Current.CancellationToken)).ShouldBeNull();
        }

        return store;
    }

    public async Task<QueryResult> RunAsync(string kind, string sql, QueryLimits? limits = null) =>
        await new ReadOnlyQuery(await GetAsync(kind), Hidden, TimeProvider.System).RunAsync(
            sql,
            limits ?? QueryLimits.Default,
            TestContext.Current.CancellationToken
        );

    /// <summary>What a statement could have changed.</summary>
    public async Task<string> StateAsync(string kind)
    {
        var store = await GetAsync(kind);
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);
        var rows = await connection.ReadAsync(
            kind == "duckdb"
                ? """
                SELECT (SELECT count(*) FROM items) || ' ' || (SELECT count(*) FROM users) || ' ' || (SELECT count(*) FROM duckdb_tables())
                    || ' ' || (SELECT count(*) FROM duckdb_databases()) || ' ' || (SELECT coalesce(last_value, 0) FROM duckdb_sequences())
                    || ' ' || (SELECT count(*) FROM duckdb_secrets()) || ' ' || (SELECT md5(string_agg(name || coalesce(value, ''), ',' ORDER BY name)) FROM duckdb_settings())
                """
                : """
                SELECT (SELECT count(*) FROM items) || ' ' || (SELECT count(*) FROM users) || ' ' || (SELECT count(*) FROM pg_class)
                    || ' ' || (SELECT is_called FROM numbers) || ' ' || (SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database())
                    || ' ' || (SELECT count(*) FROM pg_largeobject_metadata) || ' ' || (SELECT md5(string_agg(name || setting, ',' ORDER BY name)) FROM pg_settings)
                """,
            reader => reader.GetString(0),
            TestContext.Current.CancellationToken
        );
        return $"{rows[0]} {Directory.EnumerateFileSystemEntries(folder.Path).Count()} files";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores.Values)
        {
            await store.DisposeAsync();
        }

        folder.Dispose();
    }

    private static async Task PrepareAsync(Store store, string more)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE items (id bigint NOT NULL, name varchar);
            INSERT INTO items VALUES (1, 'a'), (2, NULL), (3, 'c');
            CREATE TABLE users (email varchar, password_hash varchar);
            INSERT INTO users VALUES ('a@example.com', 'argon2-of-sesame');
            CREATE VIEW shown AS SELECT * FROM items;
            CREATE VIEW people AS SELECT email FROM users;
            CREATE VIEW friends AS SELECT * FROM people;
            {more}
            """,
            parameters: null,
            CancellationToken.None
        );
    }
}
