using System.Runtime.InteropServices;
using System.Text.Unicode;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Tradepost.Storage.Embedded;

/// <summary>The memory of a chunk's columns, to be filled: one of an appender's, or one that a statement asks for. Not thread-safe.</summary>
internal sealed unsafe partial class ChunkVectors
{
    private const int InlineLength = 12;

    private readonly IReadOnlyList<string> columns;
    private readonly PhysicalType[] types;
    private readonly nint[] vectors;
    private readonly byte*[] data;

    /// <summary>Vectors of no chunk yet.</summary>
    /// <param name="columns">What the columns are called, for messages.</param>
    /// <param name="types">Their types.</param>
    public ChunkVectors(IReadOnlyList<string> columns, PhysicalType[] types)
    {
        (this.columns, this.types) = (columns, types);
        vectors = new nint[types.Length];
        data = new byte*[types.Length];
    }

    /// <summary>How many rows a chunk holds: 2048.</summary>
    public static int Capacity { get; } = (int)Helpers.DuckDBVectorSize();

    /// <summary>Takes the vectors of a chunk, which is empty.</summary>
    public void Take(nint chunk)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = VectorOf(chunk, (ulong)i);
            data[i] = (byte*)Vectors.DuckDBVectorGetData(vectors[i]);
            if (types[i].IsText)
            {
                // A text left over points to memory that is gone by now.
                new Span<byte>(data[i], Capacity * sizeof(DuckDBString)).Clear();
            }
        }
    }

    /// <inheritdoc cref="ChunkAppender.Column{T}" />
    public Span<T> Column<T>(int column)
        where T : unmanaged
    {
        types[column].Require<T>();
        return new Span<T>(data[column], Capacity);
    }

    /// <inheritdoc cref="ChunkAppender.SetText" />
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        CheckRow(row);
        types[column].RequireText();
        if (types[column].Type == DuckDBType.Varchar && !Utf8.IsValid(utf8))
        {
            throw new ArgumentException(
                $"The text for column {columns[column]}, row {row}, is not valid UTF-8: "
                    + $"{Convert.ToHexString(utf8[..Math.Min(utf8.Length, 32)])}.",
                nameof(utf8)
            );
        }

        if (utf8.Length <= InlineLength)
        {
            // The unused bytes must be zero: comparisons read them.
            var words = (ulong*)data[column] + (2 * row);
            words[0] = (uint)utf8.Length;
            words[1] = 0;
            utf8.CopyTo(new Span<byte>((byte*)words + sizeof(uint), InlineLength));
            return;
        }

        fixed (byte* text = utf8)
        {
            Vectors.DuckDBUnsafeVectorAssignStringElementLength(vectors[column], (ulong)row, text, utf8.Length);
        }
    }

    /// <inheritdoc cref="ChunkAppender.SetNull" />
    public void SetNull(int column, int row)
    {
        CheckRow(row);
        Vectors.DuckDBVectorEnsureValidityWritable(vectors[column]);
        Vectors.DuckDBVectorGetValidity(vectors[column])[row >> 6] &= ~(1UL << row);
    }

    /// <summary>Makes those cells of a column null that are so here, from the first row on.</summary>
    public void SetNulls(int column, ReadOnlySpan<bool> isNull)
    {
        if (isNull.IsEmpty)
        {
            return;
        }

        CheckRow(isNull.Length - 1);
        Vectors.DuckDBVectorEnsureValidityWritable(vectors[column]);
        var validity = Vectors.DuckDBVectorGetValidity(vectors[column]);
        for (var row = 0; row < isNull.Length; row++)
        {
            validity[row >> 6] &= ~((isNull[row] ? 1UL : 0) << row);
        }
    }

    private static void CheckRow(int row)
    {
        if ((uint)row >= (uint)Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, $"A chunk has the rows 0 to {Capacity - 1}.");
        }
    }

    // DuckDB.NET's takes a handle, which a chunk that a statement asks for has none of.
    [LibraryImport("duckdb", EntryPoint = "duckdb_data_chunk_get_vector")]
    private static partial nint VectorOf(nint chunk, ulong column);
}
