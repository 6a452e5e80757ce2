using System.Diagnostics;
using System.Globalization;
using Tradepost.Storage.Queries;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>What makes much out of little: every allowed function with huge numbers, texts and lists, and queries nested by a grammar.</summary>
[Collection(QueriesAlone.Name)]
public sealed class HostileQueriesTests(QueryStores stores) : IClassFixture<QueryStores>
{
    /// <summary>What is left of a gigabyte for the queries of a process that takes 256 MB at rest.</summary>
    private const long MostMemory = 768L << 20;

    private static readonly QueryLimits Short = new() { Time = TimeSpan.FromSeconds(1), Rows = 10 };

    /// <summary>
    /// What is over its limit ends within a second on a machine that has nothing else to do (TRADEPOST_OVERTIME=1); one that is busy is
    /// given more, since a query that does not look at its limit takes hours.
    /// </summary>
    private static readonly TimeSpan Most = Short.Time + TimeSpan.FromSeconds(FromEnvironment("TRADEPOST_OVERTIME", 20));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb", "SELECT range(1000000000)")]
    [InlineData("duckdb", "SELECT generate_series(1, 1000000000)")]
    [InlineData("duckdb", "SELECT bitstring('1', 1000000000)")]
    [InlineData("duckdb", "SELECT equi_width_bins(0, 10000000, 100000000, false)")]
    [InlineData("duckdb", "SELECT list_reduce(list_value('x', 'x', 'x'), lambda a, b: a || a || b)")]
    [InlineData("duckdb", "SELECT NULL::INTEGER[100000]")]
    [InlineData("duckdb", "SELECT replace(s, 'x', s) FROM (SELECT string_agg('x', '') AS s FROM range(100000))")]
    [InlineData("duckdb", "SELECT upper(s) FROM (SELECT string_agg('x', '') AS s FROM range(1000000)), range(100000)")]
    [InlineData("duckdb", "SELECT count(list_transform(l, lambda x: l)) FROM (SELECT list(i) AS l FROM range(100000) t(i))")]
    [InlineData("duckdb", "SELECT s LIKE '%a%a%a%a%a%a%a%b' FROM (SELECT left(string_agg('a', ''), 1000) AS s FROM range(1000))")]
    [InlineData("duckdb", "SELECT s GLOB '*a*a*a*a*a*a*a*b' FROM (SELECT left(string_agg('a', ''), 1000) AS s FROM range(1000))")]
    [InlineData("duckdb", "SELECT name LIKE name FROM items")]
    [InlineData(
        "duckdb",
        "SELECT regexp_matches(s, '(a{1,100}){1,100}b') FROM (SELECT left(string_agg('a', ''), 100000) AS s FROM range(100000))"
    )]
    [InlineData("duckdb", "SELECT regexp_matches(s, s) FROM (SELECT left(string_agg('a', ''), 100000) AS s FROM range(100000))")]
    [InlineData("duckdb", "SELECT contains(s, s || 'b') FROM (SELECT left(string_agg('a', ''), 100000) AS s FROM range(100000))")]
    [InlineData("duckdb", "SELECT count(*) FROM (SELECT string_agg('a', '') AS s FROM range(10000000)), range(1000000) WHERE s = s")]
    [InlineData("duckdb", "SELECT (SELECT string_agg('a', '') FROM range(10000000)), i FROM range(1000000) t(i)")]
    [InlineData("duckdb", "SELECT s, unnest([1, 2, 3]) FROM (SELECT string_agg('a', '') AS s FROM range(10000000))")]
    [InlineData("duckdb", "SELECT levenshtein(s, s) FROM (SELECT string_agg('x', '') AS s FROM range(1000000))")]
    [InlineData("duckdb", "SELECT string_agg('x', '') OVER (ORDER BY i) FROM range(1000000) t(i)")]
    [InlineData("duckdb", "SELECT count(*) FROM items GROUP BY CUBE (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)")]
    [InlineData("postgres", "SELECT format('%1000000000s', 'x')")]
    [InlineData("postgres", "SELECT format('%*s', 1000000000, 'x')")]
    [InlineData("postgres", "SELECT repeat('x', 1000000000)")]
    [InlineData("postgres", "SELECT lpad('x', 1000000000)")]
    [InlineData("postgres", "SELECT array_fill(1, ARRAY[100000000])")]
    [InlineData("postgres", "SELECT replace(s, 'x', s) FROM (SELECT string_agg('x', '') AS s FROM generate_series(1, 100000)) t")]
    [InlineData("postgres", "SELECT string_agg('x', '') OVER (ORDER BY i) FROM generate_series(1, 1000000) t(i)")]
    public async Task What_makes_a_long_value_of_a_number_or_multiplies_texts_is_refused(string kind, string sql) =>
        await Should.ThrowAsync<QueryRefusedException>(() => stores.RunAsync(kind, sql));

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task A_chain_of_parts_that_each_name_the_one_before_twice_is_refused(string kind)
    {
        foreach (
            var link in new[] { "SELECT a || a AS a FROM", "SELECT x.a FROM {0} x, {0} y, ", "SELECT * FROM {0} UNION ALL SELECT * FROM" }
        )
        {
            var parts = Enumerable
                .Range(1, 40)
                .Select(i =>
                    $"p{i} AS ({link.Replace("{0}", $"p{i - 1}", StringComparison.Ordinal)} p{i - 1}{(link.EndsWith(", ", StringComparison.Ordinal) ? " z" : "")})"
                );

            await Should.ThrowAsync<QueryRefusedException>(() =>
                stores.RunAsync(kind, $"WITH p0 AS (SELECT 'x' AS a), {string.Join(", ", parts)} SELECT count(*) FROM p40")
            );
        }
    }

    [Theory]
    [InlineData("SELECT upper(name) || ' ' || lower(name), name LIKE '%a%', regexp_matches(name, '^[a-z]+$') FROM items ORDER BY 1")]
    [InlineData("SELECT length(string_agg(name, ',')), string_agg(name, ','), list(name) FROM items")]
    [InlineData("SELECT left(s, 1000) || '…', upper(left(s, 100)) FROM (SELECT string_agg(name, ',') AS s FROM items)")]
    [InlineData(
        "WITH RECURSIVE t AS (SELECT 1 AS n, 'a' AS p UNION ALL SELECT n + 1, p || '/' || n FROM t WHERE n < 10) SELECT max(p) FROM t"
    )]
    [InlineData(
        "SELECT a.name, b.name, replace(a.name, 'a', 'bb'), string_split(a.name, ',') FROM items a JOIN items b USING (id) ORDER BY 1"
    )]
    [InlineData(
        "WITH a AS (SELECT id, name FROM items), b AS (SELECT x.id, y.name FROM a x JOIN a y USING (id)), c AS (SELECT x.id, y.name FROM b x JOIN b y USING (id)) SELECT count(*) FROM c"
    )]
    public async Task What_analysts_write_every_day_is_allowed(string sql) => (await SettledAsync(sql)).Rows.ShouldNotBeEmpty();

    [Theory]
    [InlineData("duckdb", "SELECT mode(i), entropy(i), histogram(i) FROM range(300000000) t(i)")]
    [InlineData("duckdb", "SELECT median(i), list(i) FROM range(1000000000) t(i)")]
    [InlineData("duckdb", "SELECT json_group_array(i) FROM range(1000000000) t(i)")]
    [InlineData("duckdb", "WITH RECURSIVE t AS (SELECT 'xxxxxxxx' AS s UNION ALL SELECT s || 'y' FROM t) SELECT max(length(s)) FROM t")]
    [InlineData("postgres", "SELECT string_agg(md5(i::text), '') FROM generate_series(1, 1000000000) t(i)")]
    [InlineData("postgres", "SELECT array_agg(i), json_agg(i) FROM generate_series(1, 1000000000) t(i)")]
    public async Task What_heaps_up_is_stopped_before_it_takes_the_machine(string kind, string sql)
    {
        await stores.GetAsync(kind);
        using var memory = new MemoryWatch();

        var thrown = await Record.ExceptionAsync(() => stores.RunAsync(kind, sql, new QueryLimits { Time = TimeSpan.FromSeconds(10) }));

        thrown.ShouldNotBeNull();
        (thrown is QueryRefusedException or QueryFailedException or QueryTimeoutException).ShouldBeTrue(thrown.ToString());
        memory.Growth.ShouldBeLessThan(MostMemory);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task No_watch_over_the_memory_outlives_its_queries(string kind)
    {
        for (var i = 0; i < 20; i++)
        {
            await stores.RunAsync(kind, "SELECT 1");
        }

        for (var tries = 0; tries < 6_000 && Watches() > 0; tries++)
        {
            await Task.Delay(10, Cancellation);
        }

        Watches().ShouldBe(0);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Every_allowed_function_with_huge_arguments_stays_within_memory_and_time(string kind)
    {
        await stores.GetAsync(kind);
        var functions = (kind == "duckdb" ? AllowedFunctions.OfDuckDb : AllowedFunctions.OfPostgres).Values.ToList();
        // PostgreSQL works out a row at a time: many rows would only take time.
        var from =
            kind == "duckdb"
                ? "(SELECT string_agg('ab', ',') AS s FROM range(20000)) repeated, range(5000) many"
                : "(SELECT string_agg('ab', ',') AS s FROM generate_series(1, 20000)) repeated, generate_series(1, 3) many";
        using var memory = new MemoryWatch();

        foreach (var function in functions)
        {
            foreach (var arguments in Arguments(kind))
            {
                await WithinTimeAsync(kind, $"SELECT {function}({arguments}) FROM {from}");
            }
        }

        memory.Growth.ShouldBeLessThan(MostMemory);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task Queries_nested_at_random_stay_within_memory_and_time(string kind)
    {
        await stores.GetAsync(kind);
        var queries = FromEnvironment("TRADEPOST_NESTED", 300);
        var grammar = new NestedGrammar(7, kind);
        var ended = 0;
        using var memory = new MemoryWatch();

        for (var i = 0; i < queries; i++)
        {
            ended += await WithinTimeAsync(kind, grammar.Next()) ? 1 : 0;
        }

        memory.Growth.ShouldBeLessThan(MostMemory);
        ended.ShouldBeGreaterThan(queries / 10, "queries that all fail show nothing");
    }

    [Fact]
    public async Task No_function_on_the_list_of_numbers_gives_something_longer()
    {
        await using var connection = await (await stores.GetAsync("duckdb")).OpenAsync(Cancellation);
        var found = await connection.ReadAsync(
            "SELECT DISTINCT function_name, return_type FROM duckdb_functions() WHERE return_type IS NOT NULL AND function_type IN ('scalar', 'aggregate')",
            reader => (Name: reader.GetString(0), Type: reader.GetString(1)),
            Cancellation
        );

        found
            .Where(function =>
                AllowedFunctions.OfDuckDb.Has(function.Name)
                && AllowedFunctions.OfDuckDb.GrowthOf(function.Name) is Growth.Fixed or Growth.Pairs
            )
            .Where(function =>
                new[] { "VARCHAR", "BLOB", "JSON", "ANY", "T", "[]", "STRUCT", "MAP", "LIST", "BIT" }.Any(type =>
                    function.Type == type || (type == "[]" && function.Type.EndsWith(type, StringComparison.Ordinal))
                )
            )
            .Select(function => $"{function.Name} {function.Type}")
            .Distinct()
            .ShouldBe(KnownShort, ignoreOrder: true);
    }

    /// <summary>Functions whose signature says more than they give: numbers of any type, or of what they are asked for.</summary>
    private static readonly string[] KnownShort = ["enum_code ANY"];

    /// <summary>Runs it once the memory is back that other tests took.</summary>
    private async Task<QueryResult> SettledAsync(string sql)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await stores.RunAsync("duckdb", sql);
            }
            catch (QueryRefusedException e)
                when (tries < 15 && e.Message.StartsWith("The memory that a query took", StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
            }
        }
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static string[] Arguments(string kind)
    {
        const string text = "repeated.s";
        var list = kind == "duckdb" ? $"string_split({text}, ',')" : $"string_to_array({text}, ',')";
        return
        [
            text,
            $"{text}, 1000000000",
            $"{text}, {text}",
            "-1000000000, 9223372036854775807",
            $"{text}, 'a', {text}",
            "1000000000, 1000000000, 1",
            list,
            $"{list}, {text}",
        ];
    }

    /// <summary>Whether the query gave rows; it may be refused or fail, but has to end.</summary>
    // The kernel keeps the first 15 letters of a thread's name.
    private static int Watches() =>
        Directory.GetDirectories("/proc/self/task").Count(thread => NameOf(thread).StartsWith("memory of queri", StringComparison.Ordinal));

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm"));
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }

    private async Task<bool> WithinTimeAsync(string kind, string sql)
    {
        var started = Stopwatch.GetTimestamp();
        var thrown = await Record.ExceptionAsync(() => stores.RunAsync(kind, sql, Short));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Most, sql);
        (thrown is null or QueryRefusedException or QueryFailedException or QueryTimeoutException).ShouldBeTrue($"{sql}\n{thrown}");
        return thrown is null;
    }
}
