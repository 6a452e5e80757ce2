using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

public sealed class ReadOnlyQueryTests(QueryStores stores) : IClassFixture<QueryStores>
{
    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Rows_come_with_typed_columns_up_to_the_limit(string kind)
    {
        var result = await stores.RunAsync(kind, "-- all of them\nSELECT id, name FROM items ORDER BY id;", new QueryLimits { Rows = 2 });

        result.Columns.Select(column => column.Name).ShouldBe(["id", "name"]);
        result.Columns[0].Type.ShouldBe("bigint", StringCompareShould.IgnoreCase);
        result.Rows.Select(row => row[0]).ShouldBe([1L, 2L]);
        result.Rows[1][1].ShouldBeNull();
        result.Truncation.ShouldBe(Truncation.Rows);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM items")]
    [InlineData("SELECT count(*) FROM shown")]
    [InlineData("(SELECT count(*) FROM items)")]
    [InlineData("WITH x AS (SELECT * FROM items), y AS (SELECT * FROM x) SELECT count(*) FROM y")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT count(*) FROM n")]
    [InlineData("SELECT 3 UNION ALL SELECT 4 ORDER BY 1")]
    [InlineData("VALUES (3), (4)")]
    [InlineData("TABLE items ORDER BY id DESC")]
    [InlineData("SELECT i.id FROM items i JOIN LATERAL (SELECT i.id * 2 AS twice) t ON t.twice = 6")]
    [InlineData(
        "SELECT max(id) FILTER (WHERE name IS NOT NULL) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM items"
    )]
    [InlineData("SELECT count(*) FROM generate_series(1, 3) AS s(i)")]
    [InlineData("SELECT CAST(CASE WHEN lower('A') = 'a' AND position('b' IN 'abc') = 2 THEN 3 END AS integer)")]
    [InlineData("SELECT extract(day FROM date_trunc('month', DATE '2026-05-17') + INTERVAL '2 days')::int")]
    [InlineData("SELECT coalesce(NULL, 3), ('{\"a\": 3}'::json) ->> 'a', string_agg(name, ',' ORDER BY id) FROM items")]
    [InlineData(
        "SELECT 1 + count(DISTINCT table_name) FROM information_schema.tables WHERE table_name IN ('items', 'users', 'shown', 'people')"
    )]
    public async Task What_reads_is_allowed_on_either_store(string sql)
    {
        foreach (var kind in new[] { "duckdb", "postgres" })
        {
            (await stores.RunAsync(kind, sql)).Rows[0][0]!.ToString().ShouldBe("3", kind);
        }
    }

    [Theory]
    [InlineData("SHOW TABLES")]
    [InlineData("DESCRIBE items")]
    [InlineData("SUMMARIZE items")]
    [InlineData("EXPLAIN ANALYZE SELECT * FROM items")]
    [InlineData("FROM items SELECT id::DECIMAL(9,2), [x + 1 FOR x IN [id]], {'a': id}, name.upper()")]
    [InlineData("SELECT * EXCLUDE (name) FROM store.items QUALIFY row_number() OVER (ORDER BY id) = 1")]
    [InlineData("SELECT * FROM store.main.items UNPIVOT (v FOR k IN (id))")]
    [InlineData("SELECT list_transform([1, 2], lambda x: x * 2), MAP {'a': 1}, epoch_ms(0), grouping(id) FROM items GROUP BY ROLLUP (id)")]
    public async Task DuckDBs_own_ways_to_read_are_allowed_on_the_embedded_store(string sql) =>
        (await stores.RunAsync("duckdb", sql)).Rows.ShouldNotBeEmpty();

    [Theory]
    [InlineData("EXPLAIN ANALYZE SELECT * FROM items")]
    [InlineData(
        "SELECT to_char(now(), 'YYYY'), date_bin('1 hour', now(), now()), array_agg(id), jsonb_build_object('a', 1), 'a' ~ 'b' FROM items"
    )]
    [InlineData("SELECT DISTINCT ON (id) id, (items).name FROM public.items TABLESAMPLE SYSTEM (100)")]
    [InlineData("SELECT 'pg_read_file(1)', \"id\" AS \"Number\" FROM items -- pg_sleep(1)")]
    public async Task PostgreSQLs_own_ways_to_read_are_allowed_there(string sql) =>
        (await stores.RunAsync("postgres", sql)).Rows.ShouldNotBeEmpty();

    [Theory]
    [InlineData("duckdb", "SELECT 'x' || 'y', md5(i::text) FROM generate_series(1, 100000) AS s(i)")]
    [InlineData("postgres", "SELECT 'x' || 'y', md5(i::text) FROM generate_series(1, 100000) AS s(i)")]
    [InlineData("postgres", "SELECT string_agg(i::text, ',') FROM generate_series(1, 1000000) AS s(i)")]
    public async Task A_result_ends_where_its_size_is_reached(string kind, string sql)
    {
        var result = await stores.RunAsync(kind, sql, new QueryLimits { Rows = 1_000_000, Bytes = 100_000 });

        result.Truncation.ShouldBe(Truncation.Bytes);
        result.Rows.Count.ShouldBeLessThan(5000);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_query_that_takes_too_long_is_stopped(string kind)
    {
        var thrown = await Should.ThrowAsync<QueryTimeoutException>(() =>
            stores.RunAsync(kind, Endless, new QueryLimits { Time = TimeSpan.FromMilliseconds(300) })
        );

        thrown.Message.ShouldBe("The query took longer than 0.3 seconds and was stopped; ask for less, or raise the time limit.");
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_cancelled_query_stops_in_the_store(string kind)
    {
        var store = await stores.GetAsync(kind);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new ReadOnlyQuery(store, QueryStores.Hidden, TimeProvider.System).RunAsync(Endless, QueryLimits.Default, stop.Token)
        );

        (await stores.RunAsync(kind, "SELECT count(*) FROM items")).Rows[0][0].ShouldBe(3L);
    }

    [Theory]
    [InlineData("duckdb", "SELECT 1,\n  nothing FROM items", 13)]
    [InlineData("postgres", "SELECT 1,\n  nothing FROM items", 13)]
    [InlineData("duckdb", " SELECT 1 + FROM items", 13)]
    [InlineData("postgres", " SELECT 1 + FROM items", 13)]
    [InlineData("postgres", "EXPLAIN SELECT nothing", 16)]
    public async Task A_wrong_query_fails_with_the_place_that_is_wrong(string kind, string sql, int position)
    {
        var thrown = await Should.ThrowAsync<QueryFailedException>(() => stores.RunAsync(kind, sql));

        thrown.Message.ShouldNotContain('\n');
        thrown.Position.ShouldBe(position, thrown.Message);
    }

    [Theory]
    [InlineData("duckdb", "SELECT CAST(name AS integer) FROM items")]
    [InlineData("postgres", "SELECT CAST(name AS integer) FROM items")]
    [InlineData("postgres", "SELECT 1 / (id - 1) FROM items")]
    [InlineData("postgres", "SELECT 10::numeric ^ 60")]
    public async Task A_query_that_fails_on_its_rows_says_so(string kind, string sql) =>
        await Should.ThrowAsync<QueryFailedException>(() => stores.RunAsync(kind, sql));

    [Fact]
    public async Task A_table_that_is_not_there_is_named()
    {
        var thrown = await Should.ThrowAsync<QueryRefusedException>(() => stores.RunAsync("duckdb", "SELECT * FROM nothing"));

        thrown.Message.ShouldBe("There is no table nothing in the store that a query may read; `SHOW TABLES` lists the tables.");
    }

    [Fact]
    public async Task No_allowed_function_of_PostgreSQL_is_one_that_does_something()
    {
        var store = await stores.GetAsync("postgres");
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);

        var doing = await connection.QueryAsync<string>(
            "SELECT DISTINCT proname::text FROM pg_proc WHERE provolatile = 'v' AND proname = ANY(@allowed) ORDER BY 1",
            new { allowed = AllowedFunctions.OfPostgres.Values.ToArray() },
            TestContext.Current.CancellationToken
        );

        doing.ShouldBe(["bernoulli", "clock_timestamp", "gen_random_uuid", "random", "system", "timeofday"]);
    }

    [Fact]
    public async Task Every_allowed_function_of_DuckDB_exists_and_none_has_a_side_effect()
    {
        var store = await stores.GetAsync("duckdb");
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);
        var found = await connection.ReadAsync(
            "SELECT DISTINCT function_name, coalesce(stability, '') = 'VOLATILE' FROM duckdb_functions() WHERE function_type <> 'pragma'",
            reader => (Name: reader.GetString(0), IsVolatile: reader.GetBoolean(1)),
            TestContext.Current.CancellationToken
        );

        AllowedFunctions.OfDuckDb.Values.Except(found.Select(function => function.Name)).ShouldBe(["try"], ignoreOrder: true);
        found
            .Where(function => function.IsVolatile && AllowedFunctions.OfDuckDb.Has(function.Name))
            .Select(function => function.Name)
            .ShouldBe(["error", "gen_random_uuid", "random", "uuid", "uuidv4", "uuidv7"], ignoreOrder: true);
    }

    private const string Endless =
        "SELECT count(*) FROM generate_series(1, 3000000) AS a(i), generate_series(1, 3000000) AS b(i) WHERE (a.i * b.i) % 7 = 8";
}
