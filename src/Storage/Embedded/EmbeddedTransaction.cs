using System.Data;
using System.Data.Common;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>A transaction that its connection knows of; disposing of it without <see cref="Commit"/> rolls it back.</summary>
internal sealed class EmbeddedTransaction : DbTransaction
{
    private EmbeddedConnection? connection;

    public EmbeddedTransaction(EmbeddedConnection connection) => this.connection = connection;

    public override IsolationLevel IsolationLevel => IsolationLevel.Snapshot;

    /// <summary>The connection, or null once the transaction has ended.</summary>
    protected override DbConnection? DbConnection => connection;

    /// <summary>Makes the work durable and visible.</summary>
    /// <exception cref="EmbeddedException">The work conflicts with another transaction's or breaks a constraint; it is rolled back
    /// then.</exception>
    /// <exception cref="InvalidOperationException">The transaction has ended before.</exception>
    public override void Commit() => End("COMMIT");

    public override void Rollback() => End("ROLLBACK");

    protected override void Dispose(bool disposing)
    {
        if (disposing && connection is { State: ConnectionState.Open })
        {
            try
            {
                Rollback();
            }
            catch (EmbeddedException error) when (error.ErrorType == DuckDBErrorType.Transaction)
            {
                // A fatal error has ended the transaction already: there is nothing left to roll back.
            }
        }

        base.Dispose(disposing);
    }

    private void End(string statement)
    {
        var ending = connection ?? throw new InvalidOperationException("The transaction has ended already.");
        connection = null;
        ending.Transaction = null;
        ending.Execute(statement);
    }
}
