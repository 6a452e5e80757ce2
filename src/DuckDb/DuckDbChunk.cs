using System.Runtime.CompilerServices;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Types;

namespace Tradepost.DuckDb;

/// <summary>
/// Up to 2048 rows of a result, column by column, in DuckDB's own memory: no copies, no allocations. Valid until the next
/// <see cref="DuckDbDataReader.ReadChunk()"/>, <c>Read</c> or disposal of the reader; spans must not be kept longer.
/// </summary>
public sealed class DuckDbChunk
{
    private readonly ColumnVector[] columns;

    internal DuckDbChunk(ColumnVector[] columns) => this.columns = columns;

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The values as DuckDB stores them: <c>long</c> for BIGINT, TIME and the TIMESTAMPs, <c>int</c> for INTEGER and DATE (days
    /// since 1970), DECIMAL as <c>short</c>, <c>int</c>, <c>long</c> or <see cref="Int128"/> by its precision (up to 4, 9, 18, 38),
    /// <c>byte</c> or <c>bool</c> for BOOLEAN. Where a row is null the value means nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The size of <typeparamref name="T"/> is not that of the column's values.</exception>
    public ReadOnlySpan<T> Column<T>(int column)
        where T : unmanaged
    {
        var vector = columns[column];
        PhysicalSize.Require<T>(vector.Type);
        return vector.Span<T>(Count);
    }

    /// <summary>Whether a row's value is null.</summary>
    public bool IsNull(int column, int row) => columns[column].IsNull(Checked(row));

    /// <summary>Whether the column has a null in this chunk.</summary>
    public bool HasNulls(int column) => columns[column].HasNulls(Count);

    /// <summary>The bytes of a VARCHAR or JSON (in UTF-8) or a BLOB; empty where the row is null.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ReadOnlySpan<byte> Text(int column, int row)
    {
        var vector = columns[column];
        if (vector.Type.Id is not (DuckDbType.Varchar or DuckDbType.Blob))
            throw new InvalidOperationException($"Column {column} is {vector.Type.Name}, not VARCHAR, JSON or BLOB.");
        return vector.IsNull(Checked(row)) ? default : vector.Bytes(row);
    }

    internal void Attach(DataChunkHandle chunk)
    {
        Count = (int)DataChunks.Size(chunk);
        for (var i = 0; i < columns.Length; i++)
            columns[i].Attach(DataChunks.Vector(chunk, (ulong)i));
    }

    /// <summary>Forgets the rows, whose memory is about to be freed.</summary>
    internal void Detach() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Checked(int row) => (uint)row < (uint)Count
        ? row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"The chunk has {Count} rows.");
}
