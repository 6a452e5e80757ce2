using Tradepost.Storage.Connections;
using Tradepost.Storage.Queries;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>Values at the edges of what JSON, .NET and a person's calendar hold.</summary>
public sealed class EdgeValuesTests : IDisposable
{
    private static readonly QueryLimits Limits = new() { Time = TimeSpan.FromMinutes(2), Rows = 5000 };

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("147248902101323776", "147248902101323776")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("-9007199254740992", "-9007199254740992")]
    [InlineData("9007199254740991", 9007199254740991L)]
    [InlineData("-9007199254740991", -9007199254740991L)]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("CAST('-9223372036854775808' AS bigint)", "-9223372036854775808")]
    [InlineData("12", 12L)]
    public async Task Whole_numbers_stay_exact_for_readers_that_take_them_for_doubles(string sql, object expected)
    {
        foreach (var value in await BothAsync($"SELECT CAST({sql} AS bigint)"))
        {
            value.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("INTERVAL '1 month 2 days'", "P1M2D")]
    [InlineData("INTERVAL '14 months 3 days 04:05:06.5'", "P1Y2M3DT4H5M6.5S")]
    [InlineData("INTERVAL '-25 hours'", "PT-25H")]
    [InlineData("INTERVAL '0 days'", "PT0S")]
    [InlineData("CAST('infinity' AS timestamp)", "infinity")]
    [InlineData("CAST('-infinity' AS timestamp)", "-infinity")]
    [InlineData("CAST('infinity' AS timestamptz)", "infinity")]
    [InlineData("CAST('infinity' AS date)", "infinity")]
    [InlineData("CAST('-infinity' AS date)", "-infinity")]
    [InlineData("DATE '0001-01-01' - 1", "0001-12-31 BC")]
    [InlineData("DATE '9999-12-31' + 1", "10000-01-01")]
    [InlineData("DATE '2000-01-01' + 2000000", "7475-10-25")]
    [InlineData("TIMESTAMP '9999-12-31 23:59:59.5' + INTERVAL '1 second'", "10000-01-01 00:00:00.5")]
    [InlineData("TIMESTAMP '0001-01-01 00:00:00' - INTERVAL '1 second'", "0001-12-31 23:59:59 BC")]
    public async Task Times_outside_the_calendar_and_intervals_are_texts(string sql, string expected)
    {
        foreach (var value in await BothAsync($"SELECT {sql}"))
        {
            (value is DateTime or DateOnly ? ((IFormattable)value).ToString("yyyy-MM-dd", null) : value).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Days_of_other_calendars_are_what_the_store_says_they_are()
    {
        var server = await Servers.RequirePostgresAsync();
        await using var store = PostgresAt(await server.CreateDatabaseAsync());
        var result = await new ReadOnlyQuery(store, [], TimeProvider.System).RunAsync(
            "SELECT d, d::text FROM (SELECT DATE '4713-01-01 BC' + (n * 7919) AS d FROM generate_series(0, 1200) n) s WHERE d > DATE '9999-12-31' OR d < DATE '0001-01-01'",
            Limits,
            Cancellation
        );

        result.Rows.Count.ShouldBeGreaterThan(200);
        foreach (var row in result.Rows)
        {
            row[0].ShouldBe(row[1]);
        }
    }

    [Fact]
    public async Task Nanoseconds_are_whole()
    {
        await using var store = new DuckDbStore(folder.Combine("edge.duckdb"));

        var result = await new ReadOnlyQuery(store, [], TimeProvider.System).RunAsync(
            """
            SELECT CAST('2024-01-0' || (i + 1) || ' 00:00:00.123456789' AS TIMESTAMP_NS) AS n, i AS n, CAST(NULL AS TIMESTAMP_NS) AS none
            FROM range(3) t(i) ORDER BY i DESC; -- the newest first
            """,
            Limits,
            Cancellation
        );

        result.Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["n TIMESTAMP_NS", "n BIGINT", "none TIMESTAMP_NS"]);
        result
            .Rows.Select(row => $"{row[0]} {row[1]} {row[2] ?? "nothing"}")
            .ShouldBe([
                "2024-01-03T00:00:00.123456789 2 nothing",
                "2024-01-02T00:00:00.123456789 1 nothing",
                "2024-01-01T00:00:00.123456789 0 nothing",
            ]);
    }

    [Fact]
    public async Task The_case_of_a_user_gives_what_is_right()
    {
        var queries = await File.ReadAllLinesAsync(SharedData.Path("cases/query-values/queries.sql"), Cancellation);
        await using var embedded = new DuckDbStore(folder.Combine("edge.duckdb"));
        await using var postgres = PostgresAt(await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync());

        (await RowAsync(embedded, queries[0])).ShouldBe(["147248902101323776", "9007199254740993"]);
        (await RowAsync(embedded, queries[1])).ShouldBe(["P1M2D"]);
        (await RowAsync(postgres, queries[2])).ShouldBe(["infinity", "-infinity"]);
        (await RowAsync(postgres, queries[3])).ShouldBe(["0044-03-15 BC"]);
        (await RowAsync(embedded, queries[4])).ShouldBe(["2024-01-01T00:00:00.123456789"]);
    }

    private static async Task<IReadOnlyList<object?>> RowAsync(Store store, string sql) =>
        (await new ReadOnlyQuery(store, [], TimeProvider.System).RunAsync(sql, Limits, Cancellation)).Rows[0];

    private static Store PostgresAt(TestDatabase database) =>
        new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url)).Open(TimeProvider.System);

    private async Task<IReadOnlyList<object?>> BothAsync(string sql)
    {
        var server = await Servers.RequirePostgresAsync();
        await using var postgres = PostgresAt(await server.CreateDatabaseAsync());
        await using var embedded = new DuckDbStore(folder.Combine("edge.duckdb"));
        var values = new List<object?>();
        foreach (var store in new Store[] { embedded, postgres })
        {
            values.Add((await new ReadOnlyQuery(store, [], TimeProvider.System).RunAsync(sql, Limits, Cancellation)).Rows[0][0]);
        }

        return values;
    }
}
