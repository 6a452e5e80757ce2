namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("duckdb-");

    private string File => Path.Combine(folder.FullName, "größe 1.duckdb");

    private string ConnectionString => $"Data Source={File}";

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Two_connections_to_one_file_see_the_same_database()
    {
        using var first = Db.Open(ConnectionString);
        using var second = Db.Open($"Data Source={Path.Combine(folder.FullName, "sub", "..", "größe 1.duckdb")}");

        first.Execute("CREATE TABLE t AS SELECT 42 AS a");

        second.Get<int>("SELECT a FROM t").ShouldBe(42);
    }

    [Fact]
    public void A_symbolic_link_leads_to_the_same_database()
    {
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), folder.FullName);
        using var first = Db.Open(ConnectionString);
        using var second = Db.Open($"Data Source={Path.Combine(folder.FullName, "link", "größe 1.duckdb")}");

        first.Execute("CREATE TABLE t AS SELECT 42 AS a");

        second.Get<int>("SELECT a FROM t").ShouldBe(42);
    }

    [Fact]
    public void The_data_is_there_after_closing_and_opening()
    {
        using (var connection = Db.Open(ConnectionString))
            connection.Execute("CREATE TABLE t AS SELECT 42 AS a");

        using var again = Db.Open(ConnectionString + ";Access Mode=read_only");

        again.Get<int>("SELECT a FROM t").ShouldBe(42);
        Should.Throw<DuckDbException>(() => again.Execute("INSERT INTO t VALUES (1)")).Message.ShouldContain("read-only");
    }

    [Fact]
    public void A_read_only_connection_creates_no_file()
    {
        Should.Throw<DuckDbException>(() => Db.Open(ConnectionString + ";Access Mode=read_only")).ErrorType.ShouldBe(DuckDbErrorType.IO);

        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public void Other_settings_for_an_open_file_are_refused_until_it_is_closed()
    {
        using (Db.Open(ConnectionString))
            Should.Throw<DuckDbException>(() => Db.Open(ConnectionString + ";Access Mode=read_only")).Message.ShouldContain("already open in this process with other settings");

        using var reader = Db.Open(ConnectionString + ";Access Mode=read_only");
    }

    [Fact]
    public async Task A_file_locked_by_another_process_names_its_PID()
    {
        using var holder = await FileHolder.StartAsync(File, TestContext.Current.CancellationToken);

        var error = Should.Throw<DuckDbException>(() => Db.Open(ConnectionString));

        error.ErrorType.ShouldBe(DuckDbErrorType.IO);
        error.Message.ShouldContain($"PID {holder.ProcessId}");
    }

    [Fact]
    public async Task A_closed_file_can_be_opened_by_another_process()
    {
        using (var connection = Db.Open(ConnectionString))
        {
            connection.Execute("CREATE TABLE t (a INTEGER)");
            // Neither an appender, nor a prepared command, nor a reader half way may keep the file.
            var appender = connection.CreateAppender(null, "t");
            appender.Column<int>(0)[0] = 1;
            appender.Append(1);
            connection.Command("SELECT 1").Prepare();
            connection.Command("SELECT range FROM range(100000000)").ExecuteReader().Read().ShouldBeTrue();
        }

        using var holder = await FileHolder.StartAsync(File, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Connections_opened_and_closed_in_parallel_share_one_database()
    {
        using (var connection = Db.Open(ConnectionString))
            connection.Execute("CREATE TABLE t (a INTEGER)");

        Parallel.For(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var connection = Db.Open(ConnectionString);
            connection.Execute("INSERT INTO t VALUES ($1)", i);
        });

        using var reader = Db.Open(ConnectionString);
        reader.Get<long>("SELECT count(DISTINCT a) FROM t").ShouldBe(50);
    }

    [Fact]
    public void A_file_that_is_no_database_says_so()
    {
        System.IO.File.WriteAllText(File, new string('x', 20000));

        Should.Throw<DuckDbException>(() => Db.Open(ConnectionString)).Message.ShouldContain("not a valid DuckDB database file");
    }
}
