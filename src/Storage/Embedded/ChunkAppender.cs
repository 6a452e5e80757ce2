using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;
using NativeAppender = DuckDB.NET.Native.DuckDBAppender;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// The fast way into a table: rows are written column by column into DuckDB's own memory, a chunk at a time.
/// </summary>
/// <remarks>
/// <para>Fill up to <see cref="Capacity"/> rows, <see cref="Append"/>, repeat, and <see cref="Complete"/> at the end. Disposing
/// without <see cref="Complete"/> discards what DuckDB has not written yet; it writes about every 200 000 rows, so for all or
/// nothing use a transaction.</para>
/// <para>Set every column of every row, or set it null: a number that is not set is what the chunk before had there, a text is
/// empty. Not thread-safe; appenders on different connections may work in parallel.</para>
/// </remarks>
internal sealed partial class ChunkAppender : IDisposable
{
    private readonly EmbeddedConnection owner;
    private readonly string table;
    private readonly IReadOnlyList<string> columns;
    private readonly NativeAppender appender;
    private readonly DuckDBDataChunk chunk = new();
    private readonly ChunkVectors vectors;
    private bool isComplete;

    /// <summary>An appender for some of a table's columns.</summary>
    /// <param name="owner">An open connection.</param>
    /// <param name="table">The table's name, unquoted, on the search path.</param>
    /// <param name="columns">The columns that will be written, in this order; the others take their defaults.</param>
    /// <exception cref="EmbeddedException">The table or a column does not exist.</exception>
    public ChunkAppender(EmbeddedConnection owner, string table, IReadOnlyList<string> columns)
    {
        (this.owner, this.table, this.columns) = (owner, table, columns);
        var created = Appender.DuckDBAppenderCreate(owner.NativeConnection, schema: null, table, out appender);
        try
        {
            Check(created);
            foreach (var column in columns)
            {
                Take(column);
            }

            var handles = TakeTypes();
            try
            {
                vectors = new ChunkVectors(columns, [.. handles.Select(PhysicalType.Of)]);
                chunk = DataChunks.DuckDBCreateDataChunk(
                    [.. handles.Select(static handle => handle.DangerousGetHandle())],
                    (ulong)handles.Count
                );
            }
            finally
            {
                foreach (var handle in handles)
                {
                    handle.Dispose();
                }
            }

            vectors.Take(chunk.DangerousGetHandle());
            owner.Add(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many rows a chunk holds: 2048.</summary>
    public int Capacity { get; } = ChunkVectors.Capacity;

    /// <summary>The memory that rows are written to.</summary>
    public ChunkVectors Vectors
    {
        get
        {
            ObjectDisposedException.ThrowIf(chunk.IsClosed, this);
            return vectors;
        }
    }

    /// <summary>
    /// The column's memory, <see cref="Capacity"/> values long, to be written to; the types are those of
    /// <see cref="ChunkReader.Column{T}"/>. Valid until <see cref="Append"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The size of <typeparamref name="T"/> is not that of the column's values.</exception>
    public Span<T> Column<T>(int column)
        where T : unmanaged => Vectors.Column<T>(column);

    /// <summary>Sets a VARCHAR, JSON or BLOB; the bytes are copied. JSON is stored as it comes, without a check of its syntax.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    /// <exception cref="ArgumentException">The bytes for a VARCHAR or JSON are not valid UTF-8.</exception>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8) => Vectors.SetText(column, row, utf8);

    /// <summary>Makes a cell null. It stays null in this chunk even if a value is written to it later.</summary>
    public void SetNull(int column, int row) => Vectors.SetNull(column, row);

    /// <summary>The types of its columns; to be disposed of.</summary>
    public IReadOnlyList<DuckDBLogicalType> TakeTypes() =>
        [.. Enumerable.Range(0, columns.Count).Select(column => Appender.DuckDBAppenderColumnType(appender, (ulong)column))];

    /// <summary>Hands the first <paramref name="rows"/> rows over and empties the chunk; nothing is null in the next one.</summary>
    /// <exception cref="EmbeddedException">DuckDB refused rows, of this chunk or an earlier one; its message says which
    /// constraint.</exception>
    public void Append(int rows)
    {
        ObjectDisposedException.ThrowIf(appender.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        if (rows == 0)
        {
            return;
        }

        DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows);
        Tell(Appender.DuckDBAppendDataChunk(appender, chunk));
        DataChunks.DuckDBDataChunkReset(chunk);
        vectors.Take(chunk.DangerousGetHandle());
    }

    /// <summary>Writes everything that was appended and ends the appender.</summary>
    /// <exception cref="EmbeddedException">DuckDB refused rows; none of those it had not written before are in the table then.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(appender.IsClosed, this);
        if (isComplete)
        {
            throw new InvalidOperationException("The appender is complete already.");
        }

        isComplete = true;
        Tell(Appender.DuckDBAppenderClose(appender));
    }

    /// <summary>Frees the appender; without <see cref="Complete"/>, what DuckDB has not written yet is discarded.</summary>
    public void Dispose()
    {
        owner.Remove(this);
        chunk.Dispose();
        if (appender is { IsClosed: false, IsInvalid: false })
        {
            // Freeing alone would write what is still buffered; what was not completed is meant to vanish.
            _ = Appender.DuckDBAppenderClear(appender);
        }

        appender.Dispose();
    }

    // DuckDB.NET's appender writes all columns of a table.
    [LibraryImport("duckdb", EntryPoint = "duckdb_appender_add_column", StringMarshalling = StringMarshalling.Utf8)]
    private static partial DuckDBState AddColumn(NativeAppender appender, string name);

    private void Take(string column)
    {
        if (!AddColumn(appender, column).IsSuccess())
        {
            var error = Failure();
            throw new EmbeddedException(
                $"The appender cannot write column '{column}' of '{table}': {error.Message}",
                error.ErrorType,
                error
            );
        }
    }

    private void Tell(DuckDBState state)
    {
        owner.Executed?.Invoke(StatementKind.Writes, table);
        Check(state);
    }

    private void Check(DuckDBState state)
    {
        if (!state.IsSuccess())
        {
            throw Failure();
        }
    }

    private EmbeddedException Failure()
    {
        using var error = Appender.DuckDBAppenderErrorData(appender);
        return new EmbeddedException(error.Message ?? "The appender failed without a message.", ErrorData.DuckDBErrorDataErrorType(error));
    }
}
