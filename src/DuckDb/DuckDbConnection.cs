using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Execution;

namespace Tradepost.DuckDb;

/// <summary>A connection to a DuckDB database, see <see cref="DuckDbConnectionStringBuilder"/> for the connection string.</summary>
/// <remarks>
/// Connections to one file share one native database inside this process; the last to close closes the file, so that another
/// process may open it. A connection runs one command at a time and is not thread-safe; only <see cref="DuckDbCommand.Cancel"/>
/// may come from another thread. Several connections to one database may work in parallel.
/// </remarks>
public sealed class DuckDbConnection : DbConnection
{
    private DuckDbConnectionStringBuilder settings;
    private ConnectionHandle? handle;
    private readonly HashSet<IDisposable> dependents = [];
    private DuckDbDataReader? reader;

    public DuckDbConnection()
        : this(null)
    {
    }

    /// <summary>A closed connection.</summary>
    /// <exception cref="ArgumentException">The connection string has an unknown key or a value that is not allowed.</exception>
    public DuckDbConnection(string? connectionString) => settings = new DuckDbConnectionStringBuilder(connectionString);

    /// <inheritdoc />
    [AllowNull]
    public override string ConnectionString
    {
        get => settings.ConnectionString;
        set
        {
            if (handle is not null)
                throw new InvalidOperationException("The connection string cannot change while the connection is open; close it first.");
            settings = new DuckDbConnectionStringBuilder(value);
        }
    }

    /// <summary>The current catalog; the name in the file's path without its ending.</summary>
    public override string Database => handle is null ? "" : (string)Scalar("SELECT current_database()")!;

    /// <inheritdoc />
    public override string DataSource => settings.DataSource;

    /// <summary>The native library's version, such as <c>v1.5.5</c>.</summary>
    public override string ServerVersion => Library.Version;

    /// <inheritdoc />
    public override ConnectionState State => handle is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <inheritdoc />
    protected override DbProviderFactory DbProviderFactory => DuckDbFactory.Instance;

    internal ConnectionHandle Handle => handle ?? throw new InvalidOperationException("The connection is not open; call Open first.");

    /// <summary>The open transaction, or null.</summary>
    public DuckDbTransaction? Transaction { get; internal set; }

    /// <summary>
    /// Told of every statement of the connection's commands once it has run or failed, with the whole text that it is part of,
    /// and of every chunk that an appender wrote, as an INSERT with the table's name for a text.
    /// </summary>
    public Action<DuckDbStatementType, string>? Executed { get; set; }

    /// <summary>
    /// Whether what is asked for asynchronously runs on the thread that asks, and is done when the call returns: for a caller that has
    /// a thread to itself, nothing else to do, and many short statements. Otherwise each has a thread of the pool.
    /// </summary>
    public bool RunsOnCaller { get; set; }

    /// <summary>Opens the database, creating the file when it is missing and the access mode allows it.</summary>
    /// <exception cref="DuckDbException">
    /// The file cannot be opened, for instance because another process has it open (the message then names its PID), or it is
    /// open in this process with other settings.
    /// </exception>
    public override void Open()
    {
        if (handle is not null)
            throw new InvalidOperationException("The connection is already open.");
        handle = DatabaseCache.Connect(settings);
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    /// <inheritdoc cref="Open" />
    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Replaying the log of a large file takes a while, so not on the caller's thread.
        return Task.Run(Open, cancellationToken);
    }

    internal Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (!RunsOnCaller)
            return Task.Run(work, cancellationToken);
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    /// <summary>
    /// Rolls back an open transaction and disconnects. Readers, prepared commands and appenders end with it; what an appender
    /// did not complete is discarded.
    /// </summary>
    public override void Close()
    {
        if (handle is null)
            return;
        reader?.Dispose();
        foreach (var dependent in dependents.ToArray())
            dependent.Dispose();
        Transaction?.Dispose();
        handle?.Dispose();
        handle = null;
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    /// <summary>Makes another catalog the current one, as <c>USE</c> does.</summary>
    public override void ChangeDatabase(string databaseName) => Run($"USE {Identifier.Quote(databaseName)}");

    /// <inheritdoc cref="DbConnection.CreateCommand" />
    public new DuckDbCommand CreateCommand() => new() { Connection = this };

    /// <inheritdoc cref="DbConnection.BeginTransaction()" />
    public new DuckDbTransaction BeginTransaction() => (DuckDbTransaction)base.BeginTransaction();

    /// <inheritdoc cref="DbConnection.BeginTransaction(IsolationLevel)" />
    public new DuckDbTransaction BeginTransaction(IsolationLevel isolationLevel) => (DuckDbTransaction)base.BeginTransaction(isolationLevel);

    /// <summary>
    /// A bulk writer into <paramref name="table"/>; <paramref name="schema"/> null means the search path.
    /// </summary>
    /// <param name="schema">The table's schema, or null.</param>
    /// <param name="table">The table's name, unquoted.</param>
    /// <param name="columns">The columns that will be written, in this order; the others take their defaults. Null for all.</param>
    /// <exception cref="DuckDbException">The table or a column does not exist.</exception>
    /// <exception cref="NotSupportedException">A column is nested (LIST, STRUCT, MAP), BIT or BIGNUM.</exception>
    public DuckDbAppender CreateAppender(string? schema, string table, IReadOnlyList<string>? columns = null) =>
        new(this, schema, table, columns);

    /// <summary>Only snapshot isolation exists; weaker levels get it, too.</summary>
    /// <exception cref="NotSupportedException">The level is stronger than a snapshot.</exception>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (isolationLevel is IsolationLevel.Serializable or IsolationLevel.Chaos)
            throw new NotSupportedException($"DuckDB has no isolation level {isolationLevel}; its transactions see a snapshot (IsolationLevel.Snapshot).");
        if (Transaction is not null)
            throw new InvalidOperationException("The connection already has a transaction; commit it, roll it back or use another connection.");
        Run("BEGIN TRANSACTION");
        return Transaction = new DuckDbTransaction(this);
    }

    /// <inheritdoc />
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    /// <summary>Registers what must not outlive the connection, for it would keep the file open.</summary>
    internal void Add(IDisposable dependent) => dependents.Add(dependent);

    internal void Remove(IDisposable dependent) => dependents.Remove(dependent);

    /// <summary>Takes the connection for a reader that is about to stream.</summary>
    internal void Claim(DuckDbDataReader claimant)
    {
        if (reader is not null && reader != claimant)
            throw new InvalidOperationException("The connection has an open reader that is not read to its end; dispose of it first, or use another connection.");
        reader = claimant;
    }

    internal void Release(DuckDbDataReader claimant)
    {
        if (reader == claimant)
            reader = null;
    }

    internal void Run(string sql)
    {
        using var command = CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
