using System.Data;

namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbTransactionTests
{
    private const string Shared = "Data Source=:memory:transactions";

    [Fact]
    public void Committed_work_is_seen_by_others_and_not_before()
    {
        using var first = Db.Open(Shared + "-commit");
        using var second = Db.Open(Shared + "-commit");
        first.Execute("CREATE TABLE t (a INTEGER)");
        using var transaction = first.BeginTransaction();
        first.Execute("INSERT INTO t VALUES (1)");
        second.Get<long>("SELECT count(*) FROM t").ShouldBe(0);

        transaction.Commit();

        second.Get<long>("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public void A_transaction_that_is_only_disposed_is_rolled_back()
    {
        using var connection = Db.Open();
        connection.Execute("CREATE TABLE t (a INTEGER)");

        using (connection.BeginTransaction())
            connection.Execute("INSERT INTO t VALUES (1)");

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
    }

    [Fact]
    public void A_transaction_broken_by_an_error_is_rolled_back_by_disposal()
    {
        using var connection = Db.Open();
        connection.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");

        using (connection.BeginTransaction())
        {
            connection.Execute("INSERT INTO t VALUES (1)");
            Should.Throw<DuckDbException>(() => connection.Execute("INSERT INTO t VALUES (1)"));
        }

        connection.Execute("INSERT INTO t VALUES (2)").ShouldBe(1);
        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public void A_conflict_is_transient()
    {
        using var first = Db.Open(Shared + "-conflict");
        using var second = Db.Open(Shared + "-conflict");
        first.Execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)");
        using var transaction = first.BeginTransaction();
        first.Execute("UPDATE t SET a = 2");

        var error = Should.Throw<DuckDbException>(() => second.Execute("UPDATE t SET a = 3"));

        error.ErrorType.ShouldBe(DuckDbErrorType.Transaction);
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public void A_second_transaction_on_the_connection_is_refused()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();

        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());
    }

    [Fact]
    public void A_transaction_ends_once()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        transaction.Commit();

        Should.Throw<InvalidOperationException>(() => transaction.Rollback());
        transaction.Connection.ShouldBeNull();
    }

    [Fact]
    public void Serializable_is_refused()
    {
        using var connection = Db.Open();

        Should.Throw<NotSupportedException>(() => connection.BeginTransaction(IsolationLevel.Serializable));
    }
}
