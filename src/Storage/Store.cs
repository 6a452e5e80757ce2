using System.Data.Common;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage;

/// <summary>A database that holds Tradepost's tables. Connections come from here; SQL that both stores share runs on either.</summary>
public abstract class Store : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>Where the store is, with any password masked: for messages and logs.</summary>
    public abstract string Description { get; }

    /// <summary>The store whose connections reach the tables of secrets, in <see cref="PrivateSchema"/>: another one where a file of its own keeps them.</summary>
    public abstract Store Secrets { get; }

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A connection that keeps its session: for locks, migrations and COPY. On PostgreSQL it goes past a pooler
    /// (<c>DATABASE_URL_DIRECT</c>) or is refused with a sentence that says so. On the embedded store its statements run on the thread
    /// that asks for them.
    /// </summary>
    public abstract Task<DbConnection> OpenSessionAsync(CancellationToken cancellationToken);

    /// <summary>A connection that does not wait for the others': for whoever asks whether the store is there.</summary>
    public virtual Task<DbConnection> OpenApartAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <summary>Starts a bulk write of these columns into a table, on a connection of this store.</summary>
    public abstract Task<BulkWriter> BeginBulkWriteAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    );

    /// <summary>Empties what of a batch the store cannot keep, and notes it as problems of the rows; the rest can be written.</summary>
    public virtual void NoteUnkeepable(RowBatch batch) { }

    /// <summary>
    /// Until disposal a store in this process leaves a processor free for the work beside it; null where the store is a server with its own.
    /// </summary>
    public virtual Task<IAsyncDisposable?> SpareCoreAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Takes a named lock that no other process or caller holds; null when somebody has it. Disposing frees it.</summary>
    public abstract Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
