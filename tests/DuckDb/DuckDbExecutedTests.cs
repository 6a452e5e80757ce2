namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbExecutedTests : IDisposable
{
    private readonly DuckDbConnection connection = Db.Open();
    private readonly List<(DuckDbStatementType Type, string Text)> told = [];

    public DuckDbExecutedTests()
    {
        connection.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
        connection.Executed = (type, text) => told.Add((type, text));
    }

    [Fact]
    public void Each_statement_of_a_text_is_told_with_its_kind()
    {
        connection.Execute("INSERT INTO t VALUES (1); SELECT a FROM t");

        told.ShouldBe([(DuckDbStatementType.Insert, "INSERT INTO t VALUES (1); SELECT a FROM t"), (DuckDbStatementType.Select, "INSERT INTO t VALUES (1); SELECT a FROM t")]);
    }

    [Fact]
    public void A_statement_is_told_when_it_fails()
    {
        connection.Execute("INSERT INTO t VALUES (1)");

        Should.Throw<DuckDbException>(() => connection.Execute("INSERT INTO t VALUES (1)"));

        told.Count.ShouldBe(2);
    }

    [Fact]
    public void A_prepared_statement_is_told_each_time_it_runs()
    {
        using var command = connection.Command("DELETE FROM t");
        command.Prepare();

        command.ExecuteNonQuery();
        command.ExecuteNonQuery();

        told.ShouldBe([(DuckDbStatementType.Delete, "DELETE FROM t"), (DuckDbStatementType.Delete, "DELETE FROM t")]);
    }

    [Fact]
    public void A_transaction_is_told()
    {
        connection.BeginTransaction().Commit();

        told.Select(statement => statement.Type).ShouldBe([DuckDbStatementType.Transaction, DuckDbStatementType.Transaction]);
    }

    [Fact]
    public void An_appender_is_told_by_its_table()
    {
        using var appender = connection.CreateAppender(schema: null, "t");
        appender.Column<int>(0)[0] = 1;
        appender.Append(1);
        appender.Complete();

        told.ShouldBe([(DuckDbStatementType.Insert, "t"), (DuckDbStatementType.Insert, "t")]);
    }

    public void Dispose() => connection.Dispose();
}
