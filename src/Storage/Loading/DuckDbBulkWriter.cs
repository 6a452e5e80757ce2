using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Writes batches through DuckDB's appender, column by column: in the connection's transaction, or one of its own.</summary>
internal sealed class DuckDbBulkWriter : BulkWriter
{
    private readonly EmbeddedTransaction? transaction;
    private readonly ChunkAppender appender;

    public DuckDbBulkWriter(EmbeddedConnection connection, string table, IReadOnlyList<Column> columns)
    {
        transaction = connection.Transaction is null ? connection.BeginTransaction() : null;
        appender = new ChunkAppender(connection, table, [.. columns.Select(c => c.Name)]);
    }

    public override ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChunkFilling.Fill(appender.Vectors, batch);
        appender.Append(batch.Count);
        Rows += batch.Count;
        return ValueTask.CompletedTask;
    }

    public override ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        appender.Complete();
        transaction?.Commit();
        StorageMetrics.OnBulkWritten("duckdb", Rows);
        return ValueTask.FromResult(Rows);
    }

    public override async ValueTask DisposeAsync()
    {
        appender.Dispose();
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }
    }
}
