using System.Data;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class EmbeddedConnectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Location => folder.Combine("größe 1.duckdb");

    [Fact]
    public void Two_connections_to_one_file_see_the_same_database()
    {
        using var first = Db.Open(Location);
        using var second = Db.Open(folder.Combine("sub", "..", "größe 1.duckdb"));

        first.Run("CREATE TABLE t AS SELECT 42 AS a");

        second.Get<int>("SELECT a FROM t").ShouldBe(42);
    }

    [Fact]
    public void A_symbolic_link_leads_to_the_same_database()
    {
        Directory.CreateSymbolicLink(folder.Combine("link"), folder.Path);
        using var first = Db.Open(Location);
        using var second = Db.Open(folder.Combine("link", "größe 1.duckdb"));

        first.Run("CREATE TABLE t AS SELECT 42 AS a");

        second.Get<int>("SELECT a FROM t").ShouldBe(42);
    }

    [Fact]
    public void The_data_is_there_after_closing_and_opening()
    {
        using (var connection = Db.Open(Location))
        {
            connection.Run("CREATE TABLE t AS SELECT 42 AS a");
        }

        using var again = Db.Open(Location, DuckDBAccessMode.ReadOnly);

        again.Get<int>("SELECT a FROM t").ShouldBe(42);
        Should.Throw<EmbeddedException>(() => again.Run("INSERT INTO t VALUES (1)")).Message.ShouldContain("read-only");
    }

    [Fact]
    public void A_read_only_connection_creates_no_file()
    {
        Should.Throw<EmbeddedException>(() => Db.Open(Location, DuckDBAccessMode.ReadOnly)).ErrorType.ShouldBe(DuckDBErrorType.Io);

        File.Exists(Location).ShouldBeFalse();
    }

    [Fact]
    public void Other_settings_for_an_open_file_are_refused_until_it_is_closed()
    {
        using (Db.Open(Location))
        {
            Should
                .Throw<EmbeddedException>(() => Db.Open(Location, DuckDBAccessMode.ReadOnly))
                .Message.ShouldContain("already open in this process with other settings");
        }

        using var reader = Db.Open(Location, DuckDBAccessMode.ReadOnly);
    }

    [Fact]
    public async Task A_file_locked_by_another_process_names_its_PID()
    {
        using var holder = await FileHolder.StartAsync(Location, TestContext.Current.CancellationToken);

        var error = Should.Throw<EmbeddedException>(() => Db.Open(Location));

        error.ErrorType.ShouldBe(DuckDBErrorType.Io);
        error.Message.ShouldContain($"PID {holder.ProcessId}");
    }

    [Fact]
    public async Task A_closed_file_can_be_opened_by_another_process()
    {
        using (var connection = Db.Open(Location))
        {
            connection.Run("CREATE TABLE t (a INTEGER)");
            // Neither an appender nor a reader half way may keep the file.
            var appender = connection.Appender("t");
            appender.Column<int>(0)[0] = 1;
            appender.Append(1);
            connection.Command("SELECT range FROM range(100000000)").ExecuteReader().Read().ShouldBeTrue();
        }

        using var holder = await FileHolder.StartAsync(Location, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Connections_opened_and_closed_in_parallel_share_one_database()
    {
        using (var connection = Db.Open(Location))
        {
            connection.Run("CREATE TABLE t (a INTEGER)");
        }

        Parallel.For(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var connection = Db.Open(Location);
            connection.Run("INSERT INTO t VALUES ($1)", i);
        });

        using var reader = Db.Open(Location);
        reader.Get<long>("SELECT count(DISTINCT a) FROM t").ShouldBe(50);
    }

    [Fact]
    public void A_file_that_is_no_database_says_so()
    {
        File.WriteAllText(Location, new string('x', 20000));

        Should.Throw<EmbeddedException>(() => Db.Open(Location)).Message.ShouldContain("not a valid DuckDB database file");
    }

    [Fact]
    public void Two_files_whose_names_differ_by_case_alone_are_not_taken_for_one()
    {
        using var first = Db.Open(folder.Combine("store.duckdb"));

        Should.Throw<EmbeddedException>(() => Db.Open(folder.Combine("Store.duckdb"))).Message.ShouldContain("store.duckdb");
    }

    [Fact]
    public void Times_convert_in_UTC_whatever_the_machine_is_set_to()
    {
        using var connection = Db.Open(Location);
        using var second = Db.Open(Location);

        connection.Get<string>("SELECT current_setting('TimeZone')").ShouldBe("UTC");
        second.Get<string>("SELECT current_setting('TimeZone')").ShouldBe("UTC");
    }

    [Fact]
    public void The_state_follows_opening_and_closing()
    {
        using var connection = Db.Open(Location);
        connection.State.ShouldBe(ConnectionState.Open);

        connection.Close();
        connection.Close();

        connection.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public void The_database_is_the_current_catalog()
    {
        using var connection = Db.Open(folder.Combine("shop.duckdb"));
        connection.Database.ShouldBe("shop");

        connection.Run("ATTACH ':memory:' AS other; USE other");

        connection.Database.ShouldBe("other");
    }
}
