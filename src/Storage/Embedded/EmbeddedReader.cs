using System.Data;
using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// Rows as they come out of the running query: the first is here before the last is computed. It holds its connection until it is
/// read to its end or disposed.
/// </summary>
internal sealed partial class EmbeddedReader : DbDataReader
{
    private readonly EmbeddedConnection connection;
    private readonly DuckDBDataReader rows;
    private readonly IReadOnlyList<StatementKind> kinds;
    private readonly string text;
    private readonly int timeoutSeconds;
    private readonly CommandBehavior behavior;
    private DuckDBType[] types = [];
    private DataTable? schema;
    private (CancellationToken Token, Interruption? Interruption) watched;
    private bool isAtEnd;
    private bool isClosed;

    public EmbeddedReader(
        EmbeddedConnection connection,
        DuckDBDataReader rows,
        IReadOnlyList<StatementKind> kinds,
        string text,
        int timeoutSeconds,
        CommandBehavior behavior
    )
    {
        (this.connection, this.rows, this.kinds, this.text, this.timeoutSeconds, this.behavior) = (
            connection,
            rows,
            kinds,
            text,
            timeoutSeconds,
            behavior
        );
        connection.Claim(this);
        Describe();
        isAtEnd = FieldCount == 0;
    }

    public override int Depth => 0;

    public override int FieldCount => rows.FieldCount;

    public override bool HasRows => rows.HasRows;

    public override bool IsClosed => isClosed;

    /// <summary>Always -1: DuckDB.NET counts only what is run without reading.</summary>
    public override int RecordsAffected => -1;

    public override bool Read() => Read(CancellationToken.None);

    /// <summary>On the caller's thread: within a chunk there is nothing to wait for, and only DuckDB.NET knows where one ends.</summary>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        try
        {
            return Task.FromResult(Read(cancellationToken));
        }
        catch (Exception failure)
        {
            return Task.FromException<bool>(failure);
        }
    }

    public bool Read(CancellationToken cancellationToken)
    {
        if (isAtEnd)
        {
            return false;
        }

        var hasRow = Guarded(static reader => reader.Read(), cancellationToken);
        isAtEnd = !hasRow;
        if (isAtEnd && kinds.Count == 1)
        {
            connection.Release(this);
        }

        return hasRow;
    }

    /// <summary>Runs on to the next statement that gives rows.</summary>
    public override bool NextResult()
    {
        if (kinds.Count == 1)
        {
            isAtEnd = true;
            connection.Release(this);
            return false;
        }

        try
        {
            isAtEnd = !Guarded(static reader => reader.NextResult(), CancellationToken.None);
        }
        finally
        {
            connection.Tell(kinds, text);
        }

        if (isAtEnd)
        {
            connection.Release(this);
        }

        Describe();
        return !isAtEnd;
    }

    public override void Close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        watched.Interruption?.Dispose();
        rows.Dispose();
        connection.Release(this);
        if (!isAtEnd)
        {
            connection.EndUnfinishedQuery();
        }

        if (behavior.HasFlag(CommandBehavior.CloseConnection))
        {
            connection.Close();
        }
    }

    private void Describe()
    {
        schema = null;
        types = new DuckDBType[FieldCount];
        for (var i = 0; i < types.Length; i++)
        {
            // A later DuckDB may have more.
            types[i] = Enum.TryParse<DuckDBType>(rows.GetDataTypeName(i), out var type) && Enum.IsDefined(type) ? type : DuckDBType.Any;
        }
    }

    private bool Guarded(Func<DuckDBDataReader, bool> move, CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        try
        {
            return move(rows);
        }
        catch (Exception failure) when (failure is DuckDBException or OperationCanceledException)
        {
            isAtEnd = true;
            throw Interruption.Explain(failure, watched.Interruption);
        }
    }

    /// <summary>
    /// Rows come by the million: one interruption serves all that are asked for with the same token. A time limit is for each call.
    /// </summary>
    private void Watch(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (timeoutSeconds > 0 || cancellationToken != watched.Token)
        {
            watched.Interruption?.Dispose();
            watched = (cancellationToken, Interruption.Start(connection.NativeConnection, timeoutSeconds, cancellationToken));
        }
    }
}
