using System.Data.Common;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Notes;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage;

/// <summary>A database that holds Tradepost's tables. Connections come from here; SQL that both stores share runs on either.</summary>
public abstract class Store : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    public abstract StoreTraits Traits { get; }

    /// <summary>Where the store is, with any password masked: for messages and logs.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The store whose connections reach the tables of secrets, in <see cref="PrivateSchema"/>: another one where a file of its own keeps
    /// them.
    /// </summary>
    public abstract Store Secrets { get; }

    /// <summary>The file on this machine that it is kept in; null of a server.</summary>
    public abstract string? File { get; }

    /// <summary>What was noted about tables that nobody has written to since; null where the store does not see who writes.</summary>
    public abstract TableNotes? Notes { get; }

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

    /// <summary>
    /// The same for a great many rows, whose order does not matter: the embedded store takes them in on several processors. Until the writer is
    /// complete the connection, which is a session, runs nothing else.
    /// </summary>
    public abstract Task<BulkWriter> BeginWideWriteAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    );

    /// <summary>A view of a source that does not change: one that this store reads itself where it can.</summary>
    public abstract Task<SourceSnapshot> OpenSnapshotAsync(Source source, TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>
    /// Where the counters of rows written to some tables stand, after what the session wrote; null where there are none that can be relied
    /// on.
    /// </summary>
    public abstract Task<string?> WriteCountsAsync(
        DbConnection connection,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    );

    /// <summary>Adds what a session wrote to the counters now, where there are any; otherwise it does so some seconds later.</summary>
    public abstract Task FlushWriteCountsAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a table has to stay because others gave it what the new one would not have: rights, views, triggers, indexes.
    /// </summary>
    /// <param name="connection">A connection of this store.</param>
    /// <param name="table">The table.</param>
    /// <param name="replacement">What would take its place.</param>
    /// <param name="ownIndexes">A pattern of the names of indexes that nobody else made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<bool> MustStayAsync(
        DbConnection connection,
        string table,
        string replacement,
        string ownIndexes,
        CancellationToken cancellationToken
    );

    /// <summary>Statements that make the indexes of a table that may be replaced again on what takes its place.</summary>
    public abstract Task<IReadOnlyList<string>> IndexesOfAsync(DbConnection connection, string table, CancellationToken cancellationToken);

    /// <summary>What the store's login may do; null where nobody logs in.</summary>
    public abstract Task<StoreRights?> RightsAsync(CancellationToken cancellationToken);

    /// <summary>Whether queries have a login of their own.</summary>
    public abstract Task<bool> HasQueryLoginAsync(CancellationToken cancellationToken);

    /// <summary>Makes the login of queries or brings its rights up to date; gives why it could not, in a sentence, or null.</summary>
    public abstract Task<string?> EnsureQueryLoginAsync(IReadOnlyCollection<string> hiddenTables, CancellationToken cancellationToken);

    /// <summary>Empties what of a batch the store cannot keep, and notes it as problems of the rows; the rest can be written.</summary>
    public virtual void NoteUnkeepable(RowBatch batch) { }

    /// <summary>
    /// Until disposal a store in this process leaves a processor free for the work beside it; null where the store is a server with its
    /// own.
    /// </summary>
    public virtual Task<IAsyncDisposable?> SpareCoreAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Takes a named lock that no other process or caller holds; null when somebody has it. Disposing frees it.</summary>
    public abstract Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
