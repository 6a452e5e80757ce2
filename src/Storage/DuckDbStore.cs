using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using DuckDB.NET.Data;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Notes;
using Tradepost.Storage.Queries;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage;

/// <summary>
/// The embedded store: one DuckDB file, held open while the store lives. Another process cannot open it meanwhile.
/// </summary>
public sealed class DuckDbStore : Store
{
    private const string MemoryOfSecrets = "32MB";

    /// <summary>Locks are within the process: DuckDB itself keeps every other process out of the file.</summary>
    private static readonly ConcurrentDictionary<string, byte> Locks = new(StringComparer.Ordinal);

    private readonly Lazy<EmbeddedSettings> settings;
    private readonly NotesFile? notesFile;
    private readonly Lazy<DuckDbStore>? secrets;
    private readonly SemaphoreSlim opening = new(1);
    private EmbeddedConnection? holder;
    private TableNotes notes = new([]);

    /// <summary>Names the file; nothing is opened before it is needed.</summary>
    /// <param name="path">The database file; it and its folder are created when they do not exist.</param>
    /// <param name="memoryLimit">What DuckDB may keep in memory before it uses the disk, as DuckDB writes sizes.</param>
    /// <param name="isReadOnly">Opens the file for reading, beside other processes that read it; it has to exist.</param>
    public DuckDbStore(string path, string memoryLimit = "220MB", bool isReadOnly = false)
        : this(path, memoryLimit, isReadOnly, threads: null)
    {
        notesFile = isReadOnly ? null : new NotesFile(Path);
        secrets = new Lazy<DuckDbStore>(() => new DuckDbStore(SecretsPath, MemoryOfSecrets, isReadOnly, threads: 1));
    }

    private DuckDbStore(string path, string memoryLimit, bool isReadOnly, int? threads)
    {
        Path = System.IO.Path.GetFullPath(path);
        settings = new Lazy<EmbeddedSettings>(() =>
            new EmbeddedSettings(
                new DuckDBConnectionStringBuilder
                {
                    DataSource = Path,
                    AccessMode = isReadOnly ? DuckDBAccessMode.ReadOnly : DuckDBAccessMode.ReadWrite,
                    MemoryLimit = memoryLimit,
                    Threads = threads,
                    TempDirectory = Path + ".tmp",
                    PreserveInsertionOrder = false,
                    AutoinstallKnownExtensions = false, // an unknown name must not make it reach for the network
                    AutoloadKnownExtensions = false,
                    AllowCommunityExtensions = false,
                }
            )
        );
    }

    public string Path { get; }

    /// <summary>
    /// The file that keeps the secrets of the store in <see cref="Path"/>. It is an instance of its own: no statement of the store's
    /// connections reaches it.
    /// </summary>
    public string SecretsPath => System.IO.Path.ChangeExtension(Path, $".secrets{System.IO.Path.GetExtension(Path)}");

    public override StoreTraits Traits { get; } =
        new()
        {
            IsShared = false,
            UsesOurMemory = true,
            ReadsAtOnce = 4,
            RowsPerCommit = 1_000_000,
            WritesParquet = true,
            HasPartitions = false,
            UsesIndexes = false,
            InsertsOnOneCore = false,
            PartsOfLargeSum = 1,
        };

    public override string? File => Path;

    public override Store Secrets => secrets?.Value ?? this;

    /// <summary>
    /// What was noted about tables and still holds, also of what a former process noted when nobody wrote to the file since.
    /// </summary>
    public override TableNotes Notes => notes;

    public override Dialect Dialect { get; } = new DuckDbDialect();

    public override string Description => $"DuckDB {Path}";

    /// <summary>Puts a database file that nobody has open in the place of another.</summary>
    public static void Replace(string made, string path)
    {
        // A log that the old file left behind must not be replayed into the new one.
        System.IO.File.Delete(path + ".wal");
        System.IO.File.Move(made, path, overwrite: true);
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await ConnectAsync(cancellationToken);

    public override async Task<DbConnection> OpenSessionAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        connection.RunsOnCaller = true;
        return connection;
    }

    public override Task<BulkWriter> BeginBulkWriteAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    ) => Task.FromResult<BulkWriter>(new DuckDbBulkWriter((EmbeddedConnection)connection, table, columns));

    public override Task<BulkWriter> BeginWideWriteAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    ) => Task.FromResult<BulkWriter>(new DuckDbFeedWriter((EmbeddedConnection)connection, table, columns));

    public override Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken)
    {
        var key = $"{Path}\0{name}";
        return Task.FromResult<IAsyncDisposable?>(Locks.TryAdd(key, 0) ? new Lock(key) : null);
    }

    public override async Task<SourceSnapshot> OpenSnapshotAsync(Source source, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (source is not DuckDbSource file)
        {
            return await source.OpenSnapshotAsync(cancellationToken);
        }

        var connection = await ConnectAsync(cancellationToken);
        connection.RunsOnCaller = true;
        return await AttachedSnapshot.OpenAsync(connection, file, clock, cancellationToken);
    }

    public override Task<string?> WriteCountsAsync(
        DbConnection connection,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    ) => Task.FromResult<string?>(null);

    public override Task FlushWriteCountsAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>It has no rights, and finds what a view reads by its name.</summary>
    public override Task<bool> MustStayAsync(
        DbConnection connection,
        string table,
        string replacement,
        string ownIndexes,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    public override Task<IReadOnlyList<string>> IndexesOfAsync(
        DbConnection connection,
        string table,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            "SELECT rtrim(sql, ';') FROM duckdb_indexes() WHERE table_name = @table AND database_name = current_database() AND "
                + "schema_name = 'main'",
            new { table },
            row => row.GetString(0),
            cancellationToken
        );

    public override Task<StoreRights?> RightsAsync(CancellationToken cancellationToken) => Task.FromResult<StoreRights?>(null);

    public override Task<bool> HasQueryLoginAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override Task<string?> EnsureQueryLoginAsync(IReadOnlyCollection<string> hiddenTables, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public override async Task<IAsyncDisposable?> SpareCoreAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        try
        {
            var threads = await connection.ScalarAsync<long>("SELECT current_setting('threads')", null, cancellationToken);
            await connection.ExecuteAsync(
                FormattableString.Invariant($"SET GLOBAL threads TO {Math.Max(1, threads - 1)}"),
                null,
                cancellationToken
            );
            return new SparedCore(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection of its own to a file that is not a store, which is open as long as the connection is.</summary>
    public static async Task<DbConnection> OpenFileAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new EmbeddedConnection(new EmbeddedSettings(new DuckDBConnectionStringBuilder { DataSource = path }));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        if (holder is not null)
        {
            await KeepNotesAsync(holder);
            await holder.DisposeAsync();
            holder = null;
        }

        if (secrets is { IsValueCreated: true })
        {
            await secrets.Value.DisposeAsync();
        }

        opening.Dispose();
    }

    private async Task<EmbeddedConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            if (holder is null)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
                holder = await NewAsync(cancellationToken);
                FeedFunction.Register(holder);
                notes = notesFile?.Take() ?? notes;
            }
        }
        finally
        {
            opening.Release();
        }

        return await NewAsync(cancellationToken);
    }

    /// <summary>Once everything is in the file, closing it changes nothing any more: no other program can come between.</summary>
    private async Task KeepNotesAsync(EmbeddedConnection connection)
    {
        if (notesFile is null || Notes.IsEmpty)
        {
            return;
        }

        try
        {
            await connection.ExecuteAsync("CHECKPOINT", null, CancellationToken.None);
            notesFile.Write(Notes);
        }
        catch (EmbeddedException)
        {
            // A transaction is still open, or the disk is full. Without notes the next process does what it would have been spared.
        }
    }

    private async Task<EmbeddedConnection> NewAsync(CancellationToken cancellationToken)
    {
        var connection = new EmbeddedConnection(settings.Value);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await connection.OpenAsync(cancellationToken);
            connection.Executed = new WriteWatch(Notes).OnExecuted;
            connection.MakeRoom = MemoryGuard.Shared.MakeRoom; // what the server asks for goes before what users try out
            StorageMetrics.OnOpened(Dialect, Stopwatch.GetElapsedTime(started));
            return connection;
        }
        catch (EmbeddedException failure)
        {
            StorageMetrics.OnNotOpened(Dialect);
            await connection.DisposeAsync();
            throw new StoreUnavailableException(
                failure.Message.Contains("Conflicting lock", StringComparison.Ordinal)
                    ? $"Another process is using {Path}; wait until it has finished, or stop it. ({failure.Message.Trim()})"
                    : $"The embedded store {Path} cannot be opened: {failure.Message.Trim()}",
                failure
            );
        }
    }

    private sealed class Lock(string key) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Locks.TryRemove(key, out _);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SparedCore(EmbeddedConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await connection.ExecuteAsync("RESET GLOBAL threads", null, CancellationToken.None);
            }
        }
    }
}
