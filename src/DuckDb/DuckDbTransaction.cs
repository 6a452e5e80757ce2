using System.Data;
using System.Data.Common;

namespace Tradepost.DuckDb;

/// <summary>A transaction; disposing of it without <see cref="Commit"/> rolls it back.</summary>
public sealed class DuckDbTransaction : DbTransaction
{
    private DuckDbConnection? connection;

    internal DuckDbTransaction(DuckDbConnection connection) => this.connection = connection;

    /// <inheritdoc />
    public override IsolationLevel IsolationLevel => IsolationLevel.Snapshot;

    /// <summary>The connection, or null once the transaction has ended.</summary>
    protected override DbConnection? DbConnection => connection;

    /// <summary>Makes the work durable and visible.</summary>
    /// <exception cref="DuckDbException">
    /// The work conflicts with another transaction's (<see cref="DuckDbException.IsTransient"/>) or breaks a constraint; it is
    /// rolled back then.
    /// </exception>
    /// <exception cref="InvalidOperationException">The transaction has ended before.</exception>
    public override void Commit() => End("COMMIT");

    /// <inheritdoc />
    public override void Rollback() => End("ROLLBACK");

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && connection is { State: ConnectionState.Open })
        {
            try
            {
                Rollback();
            }
            catch (DuckDbException error) when (error.ErrorType == DuckDbErrorType.Transaction)
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
        ending.Run(statement);
    }
}
