using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// The rows of one query, up to 2048 at a time and column by column, in DuckDB's own memory: no copies, no allocations. Spans are
/// valid until the next <see cref="ReadAsync"/> or disposal.
/// </summary>
internal sealed unsafe class ChunkReader : IDisposable
{
    private readonly EmbeddedConnection connection;
    private readonly DuckDBPreparedStatement statement;
    private readonly PhysicalType[] types;
    private readonly byte*[] data;
    private readonly ulong*[] validity;
    private DuckDBResult result;
    private DuckDBDataChunk? chunk;
    private bool isAtEnd;
    private bool isDisposed;

    private ChunkReader(EmbeddedConnection connection, DuckDBPreparedStatement statement, DuckDBResult result)
    {
        (this.connection, this.statement, this.result) = (connection, statement, result);
        types = new PhysicalType[Query.DuckDBColumnCount(ref result)];
        data = new byte*[types.Length];
        validity = new ulong*[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            using var type = Query.DuckDBColumnLogicalType(ref result, i);
            types[i] = PhysicalType.Of(type);
        }
    }

    /// <summary>The number of rows in the chunk.</summary>
    public int Count { get; private set; }

    /// <summary>Starts the query.</summary>
    /// <exception cref="EmbeddedException">The query is wrong, or fails before its first row.</exception>
    public static Task<ChunkReader> StartAsync(EmbeddedConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.RunAsync(() => Start(connection, sql, cancellationToken), cancellationToken);

    /// <summary>Moves to the next chunk.</summary>
    /// <exception cref="EmbeddedException">The query failed on the way.</exception>
    public Task<bool> ReadAsync(CancellationToken cancellationToken) =>
        connection.RunAsync(() => Read(cancellationToken), cancellationToken);

    /// <summary>
    /// The values as DuckDB stores them: <c>long</c> for BIGINT and the TIMESTAMPs, <c>int</c> for INTEGER and DATE (days since 1970),
    /// DECIMAL as <c>short</c>, <c>int</c>, <c>long</c> or <see cref="Int128"/> by its precision (up to 4, 9, 18, 38), <c>bool</c> for
    /// BOOLEAN. Where a row is null the value means nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The size of <typeparamref name="T"/> is not that of the column's values.</exception>
    public ReadOnlySpan<T> Column<T>(int column)
        where T : unmanaged
    {
        types[column].Require<T>();
        return new ReadOnlySpan<T>(data[column], Count);
    }

    public bool IsNull(int column, int row) => IsNull(validity[column], Checked(row));

    /// <summary>Whether the column has a null in this chunk.</summary>
    public bool HasNulls(int column)
    {
        var mask = validity[column];
        for (var row = 0; mask is not null && row < Count; row++)
        {
            if (IsNull(mask, row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes of a VARCHAR or JSON (in UTF-8) or a BLOB, of a row that is not null.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ReadOnlySpan<byte> Text(int column, int row)
    {
        types[column].RequireText();
        var text = (DuckDBString*)data[column] + Checked(row);
        return new ReadOnlySpan<byte>(text->Data, text->Length);
    }

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        Count = 0;
        chunk?.Dispose();
        result.Close();
        statement.Dispose();
        connection.Release(this);
        if (!isAtEnd)
        {
            connection.EndUnfinishedQuery();
        }
    }

    private static ChunkReader Start(EmbeddedConnection connection, string sql, CancellationToken cancellationToken)
    {
        connection.EnsureNoReader();
        using var interruption = Interruption.Start(connection.NativeConnection, 0, cancellationToken);
        var prepared = PreparedStatements.DuckDBPrepare(connection.NativeConnection, sql, out var statement);
        try
        {
            if (!prepared.IsSuccess())
            {
                throw Interruption.Explain(EmbeddedException.Of(PreparedStatements.DuckDBPrepareError(statement)), interruption);
            }

            if (!PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result).IsSuccess())
            {
                var failure = Failure(ref result, interruption);
                result.Close();
                throw failure;
            }

            var reader = new ChunkReader(connection, statement, result);
            connection.Claim(reader);
            return reader;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private static Exception Failure(ref DuckDBResult result, Interruption? interruption) =>
        Interruption.Explain(
            new EmbeddedException(Query.DuckDBResultError(ref result), Query.DuckDBResultErrorType(ref result)),
            interruption
        );

    private static bool IsNull(ulong* mask, int row) => mask is not null && (mask[row >> 6] & (1UL << row)) == 0;

    private bool Read(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Count = 0;
        chunk?.Dispose();
        chunk = null;
        if (isAtEnd)
        {
            return false;
        }

        using var interruption = Interruption.Start(connection.NativeConnection, 0, cancellationToken);
        chunk = StreamingResult.DuckDBStreamFetchChunk(result);
        if (chunk.IsInvalid)
        {
            isAtEnd = true;
            connection.Release(this);
            return string.IsNullOrEmpty(Query.DuckDBResultError(ref result)) ? false : throw Failure(ref result, interruption);
        }

        Count = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
        for (var i = 0; i < types.Length; i++)
        {
            var vector = DataChunks.DuckDBDataChunkGetVector(chunk, i);
            data[i] = (byte*)Vectors.DuckDBVectorGetData(vector);
            validity[i] = Vectors.DuckDBVectorGetValidity(vector);
        }

        return true;
    }

    private int Checked(int row) =>
        (uint)row < (uint)Count ? row : throw new ArgumentOutOfRangeException(nameof(row), row, $"The chunk has {Count} rows.");
}
