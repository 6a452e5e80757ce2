using Tradepost.Storage.Dialects;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Writes batches by a statement that fetches them on all of DuckDB's threads, each of which compresses what it fetched: in the connection's
/// transaction, or one of its own. Rows of different batches may change places. Until it is complete the connection runs nothing else.
/// </summary>
internal sealed class DuckDbFeedWriter : BulkWriter
{
    private readonly EmbeddedTransaction? transaction;
    private readonly RowFeed feed;
    private readonly Task statement;

    public DuckDbFeedWriter(EmbeddedConnection connection, string table, IReadOnlyList<Column> columns)
    {
        transaction = connection.Transaction is null ? connection.BeginTransaction() : null;
        IReadOnlyList<string> names = [.. columns.Select(column => column.Name)];
        using (var appender = new ChunkAppender(connection, table, names))
        {
            feed = new RowFeed(names, appender.TakeTypes());
        }

        var sql = $"INSERT INTO {Sql.Name(table)} ({Sql.Names(names)}) SELECT * FROM {FeedFunction.Table(feed)}";
        statement = Task.Factory.StartNew(
            () => Run(connection, sql),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    public override async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await feed.OfferAsync(batch.Count, chunk => ChunkFilling.Fill(chunk, batch));
        Rows += batch.Count;
    }

    public override async ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        feed.End();
        await statement;
        transaction?.Commit();
        StorageMetrics.OnBulkWritten("duckdb", Rows);
        return Rows;
    }

    public override async ValueTask DisposeAsync()
    {
        feed.End(new OperationCanceledException("The write was given up."));
        try
        {
            await statement;
        }
        catch (EmbeddedException)
        {
            // The rows are not wanted, or whoever offered them has the reason.
        }

        feed.Dispose();
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }
    }

    /// <summary>Runs the statement; whoever offers rows meanwhile is told when it fails.</summary>
    private void Run(EmbeddedConnection connection, string sql)
    {
        try
        {
            connection.Execute(sql);
        }
        catch (Exception failure)
        {
            feed.End(failure);
            throw;
        }
    }
}
