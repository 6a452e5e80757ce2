using System.Data;
using System.Data.Common;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Execution;
using Tradepost.DuckDb.Types;

namespace Tradepost.DuckDb;

/// <summary>
/// Rows as they come out of the running query: the first is here before the last is computed.
/// </summary>
/// <remarks>
/// <para>A command text of several statements is run statement by statement: those that give no rows on the way, the others by
/// <see cref="NextResult"/>. Disposing half way ends the running query and leaves the statements behind it unexecuted.</para>
/// <para>Values are read row by row (<see cref="Read"/>) or chunk by chunk (<see cref="ReadChunk()"/>). Not thread-safe.</para>
/// </remarks>
public sealed partial class DuckDbDataReader : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly DuckDbConnection connection;
    private readonly DuckDbParameterCollection parameters;
    private readonly Batch batch;
    private readonly CommandBehavior behavior;
    private readonly int timeoutSeconds;
    private int nextStatement;
    private ResultHandle? result;
    private DataChunkHandle? chunkHandle;
    private DuckDbChunk chunk = new([]);
    private ColumnVector[] columns = [];
    private DuckDbColumnInfo[] infos = [];
    private int row = -1;
    private bool atEnd = true;
    private bool? hasRows;
    private int recordsAffected = -1;
    private bool closed;

    private DuckDbDataReader(DuckDbCommand command, CommandBehavior behavior)
    {
        connection = command.OpenConnection;
        parameters = command.Parameters;
        timeoutSeconds = command.CommandTimeout;
        this.behavior = behavior;
        connection.Claim(this);
        try
        {
            batch = command.TakeBatch();
        }
        catch
        {
            connection.Release(this);
            throw;
        }
    }

    /// <inheritdoc />
    public override int Depth => 0;

    /// <inheritdoc />
    public override int FieldCount => columns.Length;

    /// <inheritdoc />
    public override bool HasRows => hasRows ??= Peek();

    /// <inheritdoc />
    public override bool IsClosed => closed;

    /// <summary>Rows inserted, updated and deleted by the statements run so far; -1 when none of them could.</summary>
    public override int RecordsAffected => recordsAffected;

    /// <summary>The rows of the last <see cref="ReadChunk()"/>.</summary>
    public DuckDbChunk Chunk => chunk;

    /// <summary>A column's name and type.</summary>
    public DuckDbColumnInfo ColumnInfo(int column) => infos[column];

    /// <inheritdoc />
    public override bool Read() => Advance(CancellationToken.None);

    /// <inheritdoc />
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellationToken);
        // Within a chunk there is nothing to wait for.
        return row + 1 < chunk.Count || atEnd ? Task.FromResult(Advance(CancellationToken.None)) : connection.RunAsync(() => Advance(cancellationToken), cancellationToken);
    }

    /// <summary>Moves to the next chunk of rows; rows of the current one that were not read are passed over.</summary>
    /// <exception cref="DuckDbException">The query failed on the way.</exception>
    public bool ReadChunk() => Fetch(CancellationToken.None);

    /// <inheritdoc cref="ReadChunk()" />
    public Task<bool> ReadChunkAsync(CancellationToken cancellationToken) => connection.RunAsync(() => Fetch(cancellationToken), cancellationToken);

    /// <summary>Runs on to the next statement that gives rows.</summary>
    public override bool NextResult() => MoveToResult(CancellationToken.None);

    /// <inheritdoc cref="NextResult" />
    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) =>
        connection.RunAsync(() => MoveToResult(cancellationToken), cancellationToken);

    /// <inheritdoc />
    public override void Close()
    {
        if (closed)
            return;
        closed = true;
        var unfinished = !atEnd;
        EndResult();
        if (!batch.IsKept)
            batch.Dispose();
        connection.Release(this);
        if (unfinished)
            Batch.EndUnfinishedQuery(connection.Handle);
        if (behavior.HasFlag(CommandBehavior.CloseConnection))
            connection.Close();
    }

    internal static DuckDbDataReader Start(DuckDbCommand command, CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = new DuckDbDataReader(command, behavior);
        try
        {
            reader.MoveToResult(cancellationToken);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    internal bool Advance(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (row + 1 >= chunk.Count && !Fetch(cancellationToken))
            return false;
        row++;
        return true;
    }

    /// <summary>Runs everything that is left.</summary>
    internal void ReadToEnd(CancellationToken cancellationToken)
    {
        do
        {
            while (Fetch(cancellationToken))
            {
            }
        }
        while (MoveToResult(cancellationToken));
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    private bool MoveToResult(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        EndResult();
        connection.Claim(this);
        while (nextStatement < batch.Count)
        {
            using var interruption = Interruption.Start(connection.Handle, timeoutSeconds, cancellationToken);
            result = batch.Execute(nextStatement++, parameters, interruption);
            atEnd = false;
            if (result.ReturnType == ResultType.QueryResult)
            {
                Describe(result);
                return true;
            }
            if (result.ReturnType == ResultType.ChangedRows)
                CountChanges();
            EndResult();
        }
        connection.Release(this);
        return false;
    }

    private bool Fetch(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        DropChunk();
        if (atEnd || result is null)
            return false;
        using var interruption = Interruption.Start(connection.Handle, timeoutSeconds, cancellationToken);
        interruption?.ThrowIfRequested();
        chunkHandle = result.FetchChunk();
        if (chunkHandle.IsInvalid)
        {
            atEnd = true;
            hasRows ??= false;
            if (nextStatement >= batch.Count)
                connection.Release(this);
            return result.Failed ? throw Batch.Explain(ErrorText.From(result), interruption) : false;
        }
        hasRows = true;
        chunk.Attach(chunkHandle);
        return true;
    }

    /// <summary>Fetches the first chunk ahead of Read.</summary>
    private bool Peek() => chunk.Count > 0 || Fetch(CancellationToken.None);

    private void Describe(ResultHandle described)
    {
        var count = (int)QueryResults.ColumnCount(described);
        columns = new ColumnVector[count];
        infos = new DuckDbColumnInfo[count];
        for (var i = 0; i < count; i++)
        {
            using var type = QueryResults.ColumnType(described, (ulong)i);
            columns[i] = new ColumnVector(TypeDescription.Of(type));
            infos[i] = columns[i].Type.Column(Library.Borrowed(QueryResults.ColumnName(described, (ulong)i)) ?? "");
        }
        chunk = new DuckDbChunk(columns);
    }

    private void CountChanges()
    {
        Describe(result!); // the caller has just set it
        if (Fetch(CancellationToken.None))
            recordsAffected = Math.Max(recordsAffected, 0) + (int)Math.Min(chunk.Column<long>(0)[0], int.MaxValue);
    }

    private void EndResult()
    {
        DropChunk();
        result?.Dispose();
        result = null;
        atEnd = true;
        hasRows = null;
        columns = [];
        infos = [];
    }

    private void DropChunk()
    {
        row = -1;
        chunk.Detach();
        chunkHandle?.Dispose();
        chunkHandle = null;
    }

    private ColumnVector Current(int ordinal)
    {
        if ((uint)row >= (uint)chunk.Count)
            throw new InvalidOperationException("There is no current row; call Read and look at its answer.");
        return (uint)ordinal < (uint)columns.Length
            ? columns[ordinal]
            : throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, $"The result has {columns.Length} columns.");
    }
}
