using System.Diagnostics;

namespace Tradepost.DuckDb.Tests;

/// <summary>Alone in the process, because they measure its memory.</summary>
[Collection(nameof(DuckDbLeakTests))]
[CollectionDefinition(nameof(DuckDbLeakTests), DisableParallelization = true)]
public sealed class DuckDbLeakTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Thousands_of_executions_appends_and_readers_leave_no_memory_behind()
    {
        using var connection = Db.Open();
        connection.Execute("CREATE TABLE t (a BIGINT, b VARCHAR)");
        Work(connection, 300);
        var (native, resident) = Measure(connection);

        Work(connection, 1500);

        var after = Measure(connection);
        (after.Native - native).ShouldBeLessThan(4 * Megabyte);
        (after.Resident - resident).ShouldBeLessThan(100 * Megabyte);
    }

    [Fact]
    public void Hundreds_of_databases_opened_and_closed_leave_no_memory_behind()
    {
        OpenAndClose(30);
        var before = Resident();

        OpenAndClose(400);

        (Resident() - before).ShouldBeLessThan(150 * Megabyte);
    }

    [Fact]
    public void What_was_never_disposed_is_freed_by_the_finalizers()
    {
        var folder = Directory.CreateTempSubdirectory("duckdb-");
        var connectionString = $"Data Source={Path.Combine(folder.FullName, "forgotten.duckdb")}";
        Forget(connectionString);

        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // Other settings are only accepted once the file is closed.
        using (var connection = Db.Open(connectionString + ";Threads=1"))
            connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
        folder.Delete(recursive: true);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(string connectionString)
    {
        var connection = Db.Open(connectionString);
        connection.Execute("CREATE TABLE t (a BIGINT)");
        var appender = connection.CreateAppender(null, "t");
        appender.Column<long>(0)[0] = 1;
        appender.Append(1);
        connection.Command("SELECT 1").Prepare();
        connection.Command("SELECT range FROM range(100000000)").ExecuteReader().Read().ShouldBeTrue();
    }

    private static void Work(DuckDbConnection connection, int times)
    {
        for (var i = 0; i < times; i++)
        {
            connection.Execute("INSERT INTO t VALUES ($a, $b)", new DuckDbParameter("a", i), new DuckDbParameter("b", new string('x', 1000)));
            connection.Get<int[]>("SELECT list(range::INTEGER) FROM range($1)", 100).Length.ShouldBe(100);
            connection.Get<int>("SELECT len($1)", [new[] { "a", "b" }]).ShouldBe(2);
            Should.Throw<DuckDbException>(() => connection.Execute("SELECT wrong"));
            using (var appender = connection.CreateAppender(null, "t"))
            {
                appender.Column<long>(0)[0] = i;
                appender.SetText(1, 0, "a text that is longer than the inline part of a string");
                appender.Append(1);
                if (i % 2 == 0)
                    appender.Complete();
            }
            using (var reader = connection.Command("SELECT range FROM range(100000)").ExecuteReader())
                reader.Read().ShouldBeTrue();
            connection.Execute("DELETE FROM t");
        }
    }

    private static void OpenAndClose(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var connection = Db.Open("Threads=1");
            connection.Get<int>("SELECT 1").ShouldBe(1);
        }
    }

    private static (long Native, long Resident) Measure(DuckDbConnection connection)
    {
        connection.Execute("CHECKPOINT");
        return (connection.Get<long>("SELECT sum(memory_usage_bytes) FROM duckdb_memory()"), Resident());
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
