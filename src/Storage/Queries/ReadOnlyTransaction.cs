using System.Data;
using System.Data.Common;

namespace Tradepost.Storage.Queries;

/// <summary>A transaction that the store itself keeps from writing; it is always rolled back.</summary>
internal sealed class ReadOnlyTransaction(DbConnection connection) : IAsyncDisposable
{
    public static async Task<ReadOnlyTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("BEGIN TRANSACTION READ ONLY", parameters: null, cancellationToken);
        return new ReadOnlyTransaction(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.State != ConnectionState.Open)
        {
            return; // it was lost, and the transaction with it
        }

        try
        {
            await connection.ExecuteAsync("ROLLBACK", parameters: null, CancellationToken.None);
        }
        catch (DbException)
        {
            // The connection is lost or the transaction ended by itself; either way nothing of it is left.
        }
    }
}
