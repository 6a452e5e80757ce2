using System.Data;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class EmbeddedCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private const string Endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 11";

    [Theory]
    [InlineData("SELECT $1 - $2")]
    [InlineData("SELECT ? - ?")]
    public void Positional_parameters_follow_their_order(string sql)
    {
        using var connection = Db.Open(folder);

        connection.Get<int>(sql, 10, 3).ShouldBe(7);
    }

    [Theory]
    [InlineData("SELECT $high - $low", "high", "low")]
    [InlineData("SELECT @high - @low", "@high", "@low")]
    [InlineData("SELECT @HIGH-@Low", "$high", ":low")]
    public void Named_parameters_are_found_under_any_prefix_and_case(string sql, string high, string low)
    {
        using var connection = Db.Open(folder);
        using var command = connection.Command(sql, new DuckDBParameter(low, 3), new DuckDBParameter(high, 10));

        command.ExecuteScalar().ShouldBe(7);
    }

    [Fact]
    public void An_absent_parameter_is_named_in_the_error()
    {
        using var connection = Db.Open(folder);

        Should
            .Throw<EmbeddedException>(() => connection.Run("SELECT $missing", new DuckDBParameter("other", 1)))
            .Message.ShouldContain("missing");
    }

    [Fact]
    public void Several_statements_run_in_order_and_each_sees_the_ones_before()
    {
        using var connection = Db.Open(folder);

        using var reader = connection
            .Command(
                "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES ($1), ($1 + 1); SELECT a FROM t ORDER BY a; DELETE FROM t; SELECT count(*) FROM t",
                5
            )
            .ExecuteReader();

        reader.Read().ShouldBeTrue();
        reader.GetInt32(0).ShouldBe(5);
        reader.NextResult().ShouldBeTrue();
        reader.Read().ShouldBeTrue();
        reader.GetInt64(0).ShouldBe(0);
        reader.NextResult().ShouldBeFalse();
    }

    [Fact]
    public void ExecuteNonQuery_counts_the_rows_that_changed()
    {
        using var connection = Db.Open(folder);

        connection.Run("CREATE TABLE t (a INTEGER)").ShouldBe(0);
        connection.Run("INSERT INTO t SELECT range FROM range(5000)").ShouldBe(5000);
        connection.Run("UPDATE t SET a = 0 WHERE a < 10; DELETE FROM t WHERE a = 0").ShouldBe(20);
        connection.Run("SELECT 1").ShouldBe(0);
    }

    [Fact]
    public void ExecuteScalar_gives_the_first_value_and_runs_the_rest()
    {
        using var connection = Db.Open(folder);
        using var command = connection.Command("SELECT 1; CREATE TABLE t (a INTEGER)");

        command.ExecuteScalar().ShouldBe(1);

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing\n")]
    public void A_text_without_statements_does_nothing(string sql)
    {
        using var connection = Db.Open(folder);

        connection.Run(sql).ShouldBe(0);
    }

    [Fact]
    public void RETURNING_gives_rows()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE SEQUENCE s; CREATE TABLE t (id BIGINT DEFAULT nextval('s'), a INTEGER)");

        connection.Get<long>("INSERT INTO t (a) VALUES (7) RETURNING id").ShouldBe(1);
        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_token_ends_a_long_query()
    {
        await using var connection = Db.Open(folder);
        await using var command = connection.Command(Endless);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var error = await Should.ThrowAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancellation.Token));

        error.CancellationToken.ShouldBe(cancellation.Token);
        connection.Get<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public async Task A_token_cancelled_before_runs_nothing()
    {
        await using var connection = Db.Open(folder);
        await using var command = connection.Command("CREATE TABLE t (a INTEGER)");

        await Should.ThrowAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(new CancellationToken(canceled: true)));

        connection.Get<long>("SELECT count(*) FROM duckdb_tables()").ShouldBe(0);
    }

    [Fact]
    public async Task On_the_callers_thread_a_statement_is_done_when_the_call_returns()
    {
        await using var connection = Db.Open(folder);
        connection.RunsOnCaller = true;
        await using var create = connection.Command("CREATE TABLE t AS SELECT range AS a FROM range(5000)");
        await using var broken = connection.Command("SELECT * FROM nowhere");
        await using var query = connection.Command("SELECT a FROM t");

        create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully.ShouldBeTrue();
        var failing = broken.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        var opening = query.ExecuteReaderAsync(TestContext.Current.CancellationToken);

        failing.IsCompleted.ShouldBeTrue();
        (await Should.ThrowAsync<EmbeddedException>(() => failing)).ErrorType.ShouldBe(DuckDBErrorType.Catalog);
        opening.IsCompleted.ShouldBeTrue();
        await using var reader = await opening;
        var rows = 0;
        for (
            var reading = reader.ReadAsync(TestContext.Current.CancellationToken);
            await reading;
            reading = reader.ReadAsync(TestContext.Current.CancellationToken)
        )
        {
            reading.IsCompleted.ShouldBeTrue();
            rows++;
        }

        rows.ShouldBe(5000);
    }

    [Fact]
    public async Task On_the_callers_thread_a_token_ends_a_query_too()
    {
        await using var connection = Db.Open(folder);
        connection.RunsOnCaller = true;
        await using var command = connection.Command(Endless);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var error = await Should.ThrowAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancellation.Token));

        error.CancellationToken.ShouldBe(cancellation.Token);
        connection.Get<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void CommandTimeout_ends_a_long_query_and_names_itself()
    {
        using var connection = Db.Open(folder);
        using var command = connection.Command(Endless);
        command.CommandTimeout = 1;

        var error = Should.Throw<EmbeddedException>(() => command.ExecuteScalar());

        error.ErrorType.ShouldBe(DuckDBErrorType.Interrupt);
        error.Message.ShouldContain("CommandTimeout, 1 s");
    }

    [Fact]
    public async Task Cancel_ends_a_long_query_from_another_thread()
    {
        await using var connection = Db.Open(folder);
        await using var command = connection.Command(Endless);
        var running = command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        // An interrupt before the query starts is forgotten, so it is repeated until the query ends.
        while (await Task.WhenAny(running, Task.Delay(50, TestContext.Current.CancellationToken)) != running)
        {
            command.Cancel();
        }

        (await Should.ThrowAsync<EmbeddedException>(() => running)).ErrorType.ShouldBe(DuckDBErrorType.Interrupt);
    }

    [Theory]
    [InlineData("SELEC 1", DuckDBErrorType.Parser, "syntax error")]
    [InlineData("SELECT * FROM nowhere", DuckDBErrorType.Catalog, "nowhere")]
    [InlineData("SELECT nothing", DuckDBErrorType.Binder, "nothing")]
    [InlineData("SELECT 'x'::INTEGER", DuckDBErrorType.Conversion, "Could not convert string 'x' to INT32")]
    [InlineData("SELECT CAST(range AS TINYINT) FROM range(100000)", DuckDBErrorType.Conversion, "out of range")]
    public void An_error_has_DuckDBs_message_and_type(string sql, DuckDBErrorType type, string message)
    {
        using var connection = Db.Open(folder);

        var error = Should.Throw<EmbeddedException>(() => connection.Run(sql));

        error.ErrorType.ShouldBe(type);
        error.Message.ShouldContain(message);
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public void A_broken_constraint_has_its_type()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");

        var error = Should.Throw<EmbeddedException>(() => connection.Run("INSERT INTO t VALUES (1)"));

        error.ErrorType.ShouldBe(DuckDBErrorType.Constraint);
        error.Message.ShouldContain("a: 1");
    }

    [Fact]
    public void A_command_without_an_open_connection_says_so()
    {
        using var command = new EmbeddedCommand { CommandText = "SELECT 1" };
        Should.Throw<InvalidOperationException>(() => command.ExecuteScalar()).Message.ShouldContain("Connection");

        using var connection = new EmbeddedConnection(
            new EmbeddedSettings(new DuckDBConnectionStringBuilder { DataSource = folder.Combine("test.duckdb") })
        );
        command.Connection = connection;
        Should.Throw<InvalidOperationException>(() => command.ExecuteScalar()).Message.ShouldContain("Open");
    }

    [Fact]
    public void Stored_procedures_are_refused()
    {
        using var command = new EmbeddedCommand();

        Should.Throw<NotSupportedException>(() => command.CommandType = CommandType.StoredProcedure);
    }

    [Fact]
    public void A_value_is_compared_as_what_it_is_and_not_as_what_it_is_compared_with()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (number BIGINT, day DATE); INSERT INTO t VALUES (2, DATE '2026-01-02')");

        connection.Get<long>("SELECT count(*) FROM t WHERE number > @least", new DuckDBParameter("least", 1.5m)).ShouldBe(1);
        connection.Get<long>("SELECT count(*) FROM t WHERE number > $least", new DuckDBParameter("least", 1.5)).ShouldBe(1);
        connection
            .Get<long>("SELECT count(*) FROM t WHERE day < @noon", new DuckDBParameter("noon", new DateTime(2026, 1, 2, 12, 0, 0)))
            .ShouldBe(1);
        connection.Get<string>("SELECT typeof(@price)", new DuckDBParameter("price", 12.50m)).ShouldBe("DECIMAL(4,2)");
    }
}
