using System.Data.Common;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Rows that one statement takes up, however many they are: they are written in bulk to a temporary table, which is gone afterwards.
/// </summary>
/// <param name="store">The store of the connection.</param>
/// <param name="connection">A session, or in a transaction; in one the work is part of it.</param>
/// <param name="name">Of the temporary table.</param>
/// <param name="columns">Its columns.</param>
public sealed class TemporaryRows(Store store, DbConnection connection, string name, IReadOnlyList<Column> columns)
{
    /// <summary>Writes rows and does something with them.</summary>
    /// <param name="batches">The rows.</param>
    /// <param name="use">Takes the temporary table's name, as SQL has it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> UseAsync<T>(IAsyncEnumerable<RowBatch> batches, Func<string, Task<T>> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(use);
        var staged = Sql.Name(name);
        await connection.ExecuteAsync($"CREATE TEMP TABLE {staged} ({store.Dialect.ColumnDefinitions(columns)})", null, cancellationToken);
        try
        {
            await WriteAsync(batches, cancellationToken);
            return await use(staged);
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                await connection.ExecuteAsync($"DROP TABLE IF EXISTS {staged}", null, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(IAsyncEnumerable<RowBatch> batches, CancellationToken cancellationToken)
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, name, columns, cancellationToken);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
