using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Execution;

namespace Tradepost.DuckDb;

/// <summary>
/// One or more SQL statements. Parameters are <c>$1</c> or <c>?</c> by position (counted anew in each statement), <c>$name</c>
/// or <c>@name</c> by name.
/// </summary>
/// <remarks>
/// The asynchronous methods run the native call on the thread pool; a cancelled token interrupts the query, and the call ends
/// with <see cref="OperationCanceledException"/>. Not thread-safe but for <see cref="Cancel"/>.
/// </remarks>
public sealed class DuckDbCommand : DbCommand
{
    private string text = "";
    private DuckDbConnection? connection;
    private Batch? prepared;
    private int timeoutSeconds;

    public DuckDbCommand()
    {
    }

    public DuckDbCommand(string commandText, DuckDbConnection? connection = null)
    {
        text = commandText;
        this.connection = connection;
    }

    /// <inheritdoc />
    [AllowNull]
    public override string CommandText
    {
        get => text;
        set
        {
            Unprepare();
            text = value ?? "";
        }
    }

    /// <summary>Seconds after which a waiting call is interrupted with a <see cref="DuckDbException"/>; 0, the default, for no limit.</summary>
    public override int CommandTimeout
    {
        get => timeoutSeconds;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            timeoutSeconds = value;
        }
    }

    /// <summary>Only <see cref="CommandType.Text"/> exists.</summary>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw new NotSupportedException($"DuckDB has no commands of type {value}, only Text.");
        }
    }

    /// <inheritdoc />
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc />
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc cref="DbCommand.Connection" />
    public new DuckDbConnection? Connection
    {
        get => connection;
        set
        {
            Unprepare();
            connection = value;
        }
    }

    /// <inheritdoc cref="DbCommand.Parameters" />
    public new DuckDbParameterCollection Parameters { get; } = new();

    /// <inheritdoc />
    protected override DbConnection? DbConnection
    {
        get => connection;
        set => Connection = (DuckDbConnection?)value;
    }

    /// <inheritdoc />
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <summary>Kept for callers that set it; the connection's transaction applies to every command.</summary>
    protected override DbTransaction? DbTransaction { get; set; }

    internal DuckDbConnection OpenConnection => connection ?? throw new InvalidOperationException("The command has no connection; set Connection.");

    /// <summary>Interrupts whatever the connection runs at this moment; may be called from any thread.</summary>
    public override void Cancel()
    {
        if (connection is { State: ConnectionState.Open })
            OpenConnect.Interrupt(connection.Handle);
    }

    /// <summary>Prepares a single statement once for many executions. Setting text or connection undoes it.</summary>
    /// <exception cref="DuckDbException">The statement is wrong.</exception>
    public override void Prepare()
    {
        Unprepare();
        var batch = new Batch(OpenConnection.Handle, NamedParameters.Rewrite(text, Parameters), keep: true) { Executed = OpenConnection.Executed };
        prepared = batch;
        OpenConnection.Add(batch);
        batch.PrepareKept();
    }

    /// <summary>Runs all statements to their end; returns how many rows they inserted, updated or deleted, -1 if none could.</summary>
    public override int ExecuteNonQuery() => RunToEnd(CancellationToken.None);

    /// <inheritdoc cref="ExecuteNonQuery()" />
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        OpenConnection.RunAsync(() => RunToEnd(cancellationToken), cancellationToken);

    /// <summary>Runs all statements; returns the first value of the first row of the first result, null where there is none.</summary>
    public override object? ExecuteScalar() => RunForScalar(CancellationToken.None);

    /// <inheritdoc cref="ExecuteScalar()" />
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        OpenConnection.RunAsync(() => RunForScalar(cancellationToken), cancellationToken);

    /// <inheritdoc cref="DbCommand.ExecuteReader()" />
    public new DuckDbDataReader ExecuteReader() => DuckDbDataReader.Start(this, CommandBehavior.Default, CancellationToken.None);

    /// <inheritdoc cref="DbCommand.ExecuteReader(CommandBehavior)" />
    public new DuckDbDataReader ExecuteReader(CommandBehavior behavior) => DuckDbDataReader.Start(this, behavior, CancellationToken.None);

    /// <inheritdoc cref="DbCommand.ExecuteReaderAsync(CancellationToken)" />
    public new Task<DuckDbDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        OpenConnection.RunAsync(() => DuckDbDataReader.Start(this, CommandBehavior.Default, cancellationToken), cancellationToken);

    internal Batch TakeBatch() => prepared is { IsDisposed: false }
        ? prepared
        : new Batch(OpenConnection.Handle, NamedParameters.Rewrite(text, Parameters), keep: false) { Executed = OpenConnection.Executed };

    /// <inheritdoc />
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc />
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await OpenConnection.RunAsync(() => DuckDbDataReader.Start(this, behavior, cancellationToken), cancellationToken);

    /// <inheritdoc />
    protected override DbParameter CreateDbParameter() => new DuckDbParameter();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Unprepare();
        base.Dispose(disposing);
    }

    private int RunToEnd(CancellationToken cancellationToken)
    {
        using var reader = DuckDbDataReader.Start(this, CommandBehavior.Default, cancellationToken);
        reader.ReadToEnd(cancellationToken);
        return reader.RecordsAffected;
    }

    private object? RunForScalar(CancellationToken cancellationToken)
    {
        using var reader = DuckDbDataReader.Start(this, CommandBehavior.Default, cancellationToken);
        var value = reader.Advance(cancellationToken) ? reader.GetValue(0) : null;
        reader.ReadToEnd(cancellationToken);
        return value;
    }

    private void Unprepare()
    {
        if (prepared is null)
            return;
        connection?.Remove(prepared);
        prepared.Dispose();
        prepared = null;
    }
}
