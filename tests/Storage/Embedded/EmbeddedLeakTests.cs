using System.Diagnostics;
using DuckDB.NET.Data;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

/// <summary>Alone in the process, because they measure its memory.</summary>
[Collection(nameof(EmbeddedLeakTests))]
[CollectionDefinition(nameof(EmbeddedLeakTests), DisableParallelization = true)]
public sealed class EmbeddedLeakTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private const long Megabyte = 1 << 20;

    [Fact]
    public void Thousands_of_executions_appends_and_readers_leave_no_memory_behind()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (a BIGINT, b VARCHAR)");
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

    private static void Work(EmbeddedConnection connection, int times)
    {
        for (var i = 0; i < times; i++)
        {
            connection.Run("INSERT INTO t VALUES ($a, $b)", new DuckDBParameter("a", i), new DuckDBParameter("b", new string('x', 1000)));
            connection.Get<List<int>>("SELECT list(range::INTEGER) FROM range($1)", 100).Count.ShouldBe(100);
            connection.Get<int>("SELECT len($1)", [new[] { "a", "b" }]).ShouldBe(2);
            Should.Throw<EmbeddedException>(() => connection.Run("SELECT wrong"));
            using (var appender = connection.Appender("t", "a", "b"))
            {
                appender.Column<long>(0)[0] = i;
                appender.SetText(1, 0, "a text that is longer than the inline part of a string"u8);
                appender.Append(1);
                if (i % 2 == 0)
                {
                    appender.Complete();
                }
            }
            using (var reader = connection.Command("SELECT range FROM range(100000)").ExecuteReader())
            {
                reader.Read().ShouldBeTrue();
            }

            connection.Run("DELETE FROM t");
        }
    }

    private void OpenAndClose(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var connection = Db.Open(folder.Combine($"{i}.duckdb"));
            connection.Get<int>("SELECT 1").ShouldBe(1);
        }
    }

    private static (long Native, long Resident) Measure(EmbeddedConnection connection)
    {
        connection.Run("CHECKPOINT");
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
