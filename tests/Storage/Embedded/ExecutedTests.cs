using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class ExecutedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private readonly EmbeddedConnection connection;
    private readonly List<(StatementKind Kind, string Text)> told = [];

    public ExecutedTests()
    {
        connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (a INTEGER PRIMARY KEY)");
        connection.Executed = (kind, text) => told.Add((kind, text));
    }

    [Fact]
    public void Each_statement_is_told_with_its_kind()
    {
        connection.Run("INSERT INTO t VALUES (1); SELECT a FROM t");

        connection.Get<int>("SELECT a FROM t").ShouldBe(1);

        told.ShouldBe([
            (StatementKind.Writes, "INSERT INTO t VALUES (1); SELECT a FROM t"),
            (StatementKind.Reads, "INSERT INTO t VALUES (1); SELECT a FROM t"),
            (StatementKind.Reads, "SELECT a FROM t"),
        ]);
    }

    [Fact]
    public void A_statement_is_told_when_it_fails()
    {
        connection.Run("INSERT INTO t VALUES (1)");

        Should.Throw<EmbeddedException>(() => connection.Run("INSERT INTO t VALUES (1)"));

        told.Count.ShouldBe(2);
    }

    [Fact]
    public void A_text_that_is_read_is_told_again_when_it_runs_on()
    {
        using var reader = connection.Command("SELECT 1; INSERT INTO t VALUES (1); SELECT 2").ExecuteReader();
        told.Clear();

        reader.NextResult().ShouldBeTrue();

        told.Select(statement => statement.Kind).ShouldBe([StatementKind.Reads, StatementKind.Writes, StatementKind.Reads]);
    }

    [Fact]
    public void A_transaction_is_told()
    {
        connection.BeginTransaction().Commit();

        told.Select(statement => statement.Kind).ShouldBe([StatementKind.Transacts, StatementKind.Transacts]);
    }

    [Fact]
    public void An_appender_is_told_by_its_table()
    {
        using var appender = connection.Appender("t", "a");
        appender.Column<int>(0)[0] = 1;
        appender.Append(1);
        appender.Complete();

        told.ShouldBe([(StatementKind.Writes, "t"), (StatementKind.Writes, "t")]);
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }
}
