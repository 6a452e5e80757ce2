using System.Data;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class EmbeddedTransactionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Committed_work_is_seen_by_others_and_not_before()
    {
        using var first = Db.Open(folder);
        using var second = Db.Open(folder);
        first.Run("CREATE TABLE t (a INTEGER)");
        using var transaction = first.BeginTransaction();
        first.Run("INSERT INTO t VALUES (1)");
        second.Get<long>("SELECT count(*) FROM t").ShouldBe(0);

        transaction.Commit();

        second.Get<long>("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public void A_transaction_that_is_only_disposed_is_rolled_back()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (a INTEGER)");

        using (connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES (1)");
        }

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
    }

    [Fact]
    public void A_transaction_broken_by_an_error_is_rolled_back_by_disposal()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (a INTEGER PRIMARY KEY)");

        using (connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES (1)");
            Should.Throw<EmbeddedException>(() => connection.Run("INSERT INTO t VALUES (1)"));
        }

        connection.Run("INSERT INTO t VALUES (2)").ShouldBe(1);
        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public void A_conflict_is_transient()
    {
        using var first = Db.Open(folder);
        using var second = Db.Open(folder);
        first.Run("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)");
        using var transaction = first.BeginTransaction();
        first.Run("UPDATE t SET a = 2");

        var error = Should.Throw<EmbeddedException>(() => second.Run("UPDATE t SET a = 3"));

        error.ErrorType.ShouldBe(DuckDBErrorType.Transaction);
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public void A_second_transaction_on_the_connection_is_refused()
    {
        using var connection = Db.Open(folder);
        using var transaction = connection.BeginTransaction();

        Should.Throw<InvalidOperationException>(() => connection.BeginTransaction());
    }

    [Fact]
    public void A_transaction_ends_once()
    {
        using var connection = Db.Open(folder);
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        transaction.Commit();

        Should.Throw<InvalidOperationException>(() => transaction.Rollback());
        transaction.Connection.ShouldBeNull();
    }

    [Fact]
    public void Serializable_is_refused()
    {
        using var connection = Db.Open(folder);

        Should.Throw<NotSupportedException>(() => connection.BeginTransaction(IsolationLevel.Serializable));
    }
}
