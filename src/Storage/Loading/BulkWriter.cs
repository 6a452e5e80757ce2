namespace Tradepost.Storage.Loading;

/// <summary>
/// The fast path into a table: DuckDB's appender, PostgreSQL's binary COPY. Rows count from <see cref="CompleteAsync"/> on;
/// a writer that is disposed without it leaves the table as it was (or, inside a transaction, the transaction failed).
/// </summary>
public abstract class BulkWriter : IAsyncDisposable
{
    /// <summary>Rows handed over so far.</summary>
    public long Rows { get; protected set; }

    /// <summary>Writes a batch; it may be cleared and filled again when the call returns.</summary>
    public abstract ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Finishes the write and returns the number of rows written.</summary>
    public abstract ValueTask<long> CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
