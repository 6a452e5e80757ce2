using System.Data;
using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>A connection of DuckDB.NET with what that lacks; docs/decisions/0023 says what, and why.</summary>
/// <remarks>
/// Connections to one file share one database inside this process; the last to close closes the file, so that another process may
/// open it. A connection runs one statement at a time and is not thread-safe; several may work in parallel.
/// </remarks>
internal sealed class EmbeddedConnection : DuckDBConnection
{
    private readonly EmbeddedSettings settings;
    private readonly HashSet<IDisposable> dependents = [];
    private IDisposable? reader;

    /// <summary>A closed connection.</summary>
    public EmbeddedConnection(EmbeddedSettings settings)
        : base(settings.ConnectionString) => this.settings = settings;

    /// <summary>The current catalog; at first the name in the file's path without its ending.</summary>
    public override string Database => (string)Scalar("SELECT current_database()")!; // it always has one

    /// <summary>The open transaction, or null.</summary>
    public EmbeddedTransaction? Transaction { get; set; }

    /// <summary>
    /// Told of every statement once it has run or failed, with the whole text that it is part of, and of every chunk that was appended,
    /// with its table for a text.
    /// </summary>
    public Action<StatementKind, string>? Executed { get; set; }

    /// <summary>
    /// Whether what is asked for asynchronously runs on the thread that asks, and is done when the call returns: for a caller that has
    /// a thread to itself, nothing else to do, and many short statements. Otherwise each has a thread of the pool.
    /// </summary>
    public bool RunsOnCaller { get; set; }

    /// <summary>
    /// What gets memory back when a statement outside of a transaction found none; then it is tried again a few times. Null: it fails at
    /// once.
    /// </summary>
    public Action? MakeRoom { get; set; }

    /// <summary>Opens the database; creates the file when it is missing and may be written to.</summary>
    /// <exception cref="EmbeddedException">The file cannot be opened, for instance because another process has it open.</exception>
    public override void Open()
    {
        try
        {
            OpenFiles.Open(settings, base.Open, () => Execute("SET GLOBAL TimeZone = 'UTC'"));
        }
        catch (DuckDBException failure)
        {
            throw EmbeddedException.Of(failure);
        }
    }

    // Replaying the log of a large file takes a while, so not on the caller's thread.
    public override Task OpenAsync(CancellationToken cancellationToken) => Task.Run(Open, cancellationToken);

    /// <summary>Rolls back an open transaction and disconnects. Readers and appenders end with it.</summary>
    public override void Close()
    {
        if (State == ConnectionState.Closed)
        {
            return;
        }

        reader?.Dispose();
        foreach (var dependent in dependents.ToArray())
        {
            dependent.Dispose();
        }

        Transaction?.Dispose();
        OpenFiles.Close(settings, base.Close);
    }

    public new EmbeddedCommand CreateCommand() => new() { Connection = this };

    public new EmbeddedTransaction BeginTransaction() => (EmbeddedTransaction)BeginDbTransaction(IsolationLevel.Unspecified);

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (!RunsOnCaller)
        {
            return Task.Run(work, cancellationToken);
        }

        try
        {
            return Task.FromResult(work());
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    public void Execute(string sql)
    {
        using var command = CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Tell(IReadOnlyList<StatementKind> kinds, string text)
    {
        for (var i = 0; Executed is not null && i < kinds.Count; i++)
        {
            Executed(kinds[i], text);
        }
    }

    /// <summary>Registers what must not outlive the connection: it would keep the file open.</summary>
    public void Add(IDisposable dependent) => dependents.Add(dependent);

    public void Remove(IDisposable dependent) => dependents.Remove(dependent);

    /// <summary>A statement beside an open reader would end the reader's result without a word.</summary>
    public void EnsureNoReader()
    {
        if (reader is not null)
        {
            throw new InvalidOperationException(
                "The connection has an open reader that is not read to its end; dispose of it first, or use another connection."
            );
        }
    }

    /// <summary>Takes the connection for a reader that streams.</summary>
    public void Claim(IDisposable claimant)
    {
        if (reader != claimant)
        {
            EnsureNoReader();
        }

        reader = claimant;
    }

    public void Release(IDisposable claimant)
    {
        if (reader == claimant)
        {
            reader = null;
        }
    }

    /// <summary>
    /// Ends a query that was given up half way: until its next statement the connection would keep the query's transaction and
    /// memory. Preparing counts as one.
    /// </summary>
    public void EndUnfinishedQuery()
    {
        _ = NativeMethods.PreparedStatements.DuckDBPrepare(NativeConnection, "SELECT 1", out var statement);
        statement.Dispose();
    }

    protected override DbCommand CreateDbCommand() => CreateCommand();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (isolationLevel is IsolationLevel.Serializable or IsolationLevel.Chaos)
        {
            throw new NotSupportedException(
                $"DuckDB has no isolation level {isolationLevel}; its transactions see a snapshot (IsolationLevel.Snapshot)."
            );
        }

        if (Transaction is not null)
        {
            throw new InvalidOperationException(
                "The connection already has a transaction; commit it, roll it back or use another connection."
            );
        }

        Execute("BEGIN TRANSACTION");
        return Transaction = new EmbeddedTransaction(this);
    }

    private object? Scalar(string sql)
    {
        using var command = CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
