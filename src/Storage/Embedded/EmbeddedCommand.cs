using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// One or more SQL statements. Parameters are <c>$1</c> or <c>?</c> by position, <c>$name</c> or <c>@name</c> by name.
/// </summary>
/// <remarks>
/// The asynchronous methods run the native call on the thread pool, or on the caller's thread where the connection says so; a
/// cancelled token interrupts the query, and the call ends with <see cref="OperationCanceledException"/>.
/// </remarks>
internal sealed class EmbeddedCommand : DbCommand
{
    // Queries that are stopped give their memory back within a second.
    private static readonly int[] ForRoom = [25, 50, 100, 200, 400, 400];

    private readonly DuckDBParameterCollection parameters = new();
    private EmbeddedConnection? connection;
    private string text = "";
    private int timeoutSeconds;

    [AllowNull]
    public override string CommandText
    {
        get => text;
        set => text = value ?? "";
    }

    /// <summary>
    /// Seconds after which a waiting call is interrupted with an <see cref="EmbeddedException"/>; 0, the default, for no limit.
    /// </summary>
    public override int CommandTimeout
    {
        get => timeoutSeconds;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            timeoutSeconds = value;
        }
    }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException($"DuckDB has no commands of type {value}, only Text.");
            }
        }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => connection = (EmbeddedConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => parameters;

    /// <summary>Kept for callers that set it; the connection's transaction applies to every command.</summary>
    protected override DbTransaction? DbTransaction { get; set; }

    private EmbeddedConnection OpenConnection =>
        connection switch
        {
            null => throw new InvalidOperationException("The command has no connection; set Connection."),
            { State: ConnectionState.Closed } => throw new InvalidOperationException("The connection is not open; call Open first."),
            _ => connection,
        };

    /// <summary>Interrupts whatever the connection runs at this moment; may be called from any thread.</summary>
    public override void Cancel()
    {
        if (connection is { State: ConnectionState.Open })
        {
            connection.NativeConnection.Interrupt();
        }
    }

    /// <summary>Does nothing: DuckDB.NET keeps no statement prepared.</summary>
    public override void Prepare() { }

    /// <summary>Runs all statements to their end; returns how many rows they inserted, updated or deleted.</summary>
    public override int ExecuteNonQuery() => RunToEnd(CancellationToken.None);

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        OpenConnection.RunAsync(() => RunToEnd(cancellationToken), cancellationToken);

    /// <summary>Runs all statements; returns the first value of the first row of the first result, null where there is none.</summary>
    public override object? ExecuteScalar() => RunForScalar(CancellationToken.None);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        OpenConnection.RunAsync(() => RunForScalar(cancellationToken), cancellationToken);

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Read(behavior, CancellationToken.None);

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await OpenConnection.RunAsync(() => Read(behavior, cancellationToken), cancellationToken);

    protected override DbParameter CreateDbParameter() => new DuckDBParameter();

    private int RunToEnd(CancellationToken cancellationToken) =>
        StatementText.KindsOf(text) is { Count: > 0 } kinds
            ? Run(kinds, streams: false, static command => command.ExecuteNonQuery(), cancellationToken)
            : 0;

    private object? RunForScalar(CancellationToken cancellationToken)
    {
        using var reader = Read(CommandBehavior.Default, cancellationToken);
        var value = reader.Read(cancellationToken) ? reader.GetValue(0) : null;
        do
        {
            while (reader.Read(cancellationToken)) { }
        } while (reader.NextResult());
        return value;
    }

    private EmbeddedReader Read(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var kinds = StatementText.KindsOf(text);
        var rows = Run(kinds, streams: true, static command => command.ExecuteReader(), cancellationToken);
        return new EmbeddedReader(OpenConnection, rows, kinds, text, timeoutSeconds, behavior);
    }

    private T Run<T>(IReadOnlyList<StatementKind> kinds, bool streams, Func<DuckDBCommand, T> execute, CancellationToken cancellationToken)
    {
        var open = OpenConnection;
        open.EnsureNoReader();
        using var interruption = Interruption.Start(open.NativeConnection, timeoutSeconds, cancellationToken);
        using var command = new DuckDBCommand(NamedParameters.Rewrite(text, parameters), open) { UseStreamingMode = streams };
        for (var i = 0; i < parameters.Count; i++)
        {
            command.Parameters.Add(new DuckDBParameter(NamedParameters.Bare(parameters[i].ParameterName), Understood(parameters[i].Value)));
        }

        try
        {
            return open is { MakeRoom: { } makeRoom, Transaction: null }
                ? TryWithRoom(() => execute(command), makeRoom, cancellationToken)
                : execute(command);
        }
        catch (Exception failure) when (failure is DuckDBException or OperationCanceledException)
        {
            throw Interruption.Explain(failure, interruption);
        }
        finally
        {
            open.Tell(kinds, text);
        }
    }

    // What failed changed nothing; a failure of another kind on the way is one of a transaction that was begun by a statement, and says
    // less.
    private static T TryWithRoom<T>(Func<T> execute, Action makeRoom, CancellationToken cancellationToken)
    {
        try
        {
            return execute();
        }
        catch (DuckDBException first) when (IsOutOfMemory(first))
        {
            foreach (var pause in ForRoom)
            {
                makeRoom();
                cancellationToken.WaitHandle.WaitOne(pause);
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    return execute();
                }
                catch (DuckDBException again) when (IsOutOfMemory(again))
                {
                    // Not back yet.
                }
                catch (DuckDBException)
                {
                    break;
                }
            }

            throw;
        }
    }

    private static bool IsOutOfMemory(DuckDBException failure) => EmbeddedException.Of(failure).ErrorType == DuckDBErrorType.OutOfMemory;

    /// <summary>
    /// The value, or for the few types that DuckDB.NET would send as texts, or in another meaning, one that it sends as what it is.
    /// </summary>
    private static object? Understood(object? value) =>
        value switch
        {
            Enum label => Convert.ChangeType(label, Enum.GetUnderlyingType(label.GetType()), CultureInfo.InvariantCulture),
            DateTime { Kind: DateTimeKind.Local } local => local.ToUniversalTime(),
            Int128 number => (BigInteger)number,
            UInt128 number => (BigInteger)number,
            ReadOnlyMemory<byte> bytes => bytes.ToArray(),
            Memory<byte> bytes => bytes.ToArray(),
            _ => value,
        };
}
