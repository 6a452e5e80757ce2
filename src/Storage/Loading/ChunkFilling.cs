using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Copies batches into DuckDB's chunks, column by column.</summary>
internal static class ChunkFilling
{
    /// <summary>Copies the columns of a batch into a chunk's, which are as many and in the same order.</summary>
    public static void Fill(ChunkVectors chunk, RowBatch batch)
    {
        for (var i = 0; i < batch.Columns.Count; i++)
        {
            Write(chunk, i, batch[i], batch.Count);
        }
    }

    private static void Write(ChunkVectors chunk, int column, ColumnBuffer buffer, int rows)
    {
        switch (buffer.Column.Type)
        {
            case ColumnType.Boolean:
                buffer.Values<bool>()[..rows].CopyTo(chunk.Column<bool>(column));
                break;
            case ColumnType.Integer or ColumnType.Date:
                buffer.Values<int>()[..rows].CopyTo(chunk.Column<int>(column));
                break;
            case ColumnType.BigInt or ColumnType.Timestamp:
                buffer.Values<long>()[..rows].CopyTo(chunk.Column<long>(column));
                break;
            case ColumnType.Decimal when buffer.Column.IsWide:
                // A HUGEINT lies in memory as an Int128 does.
                buffer.Values<Int128>()[..rows].CopyTo(chunk.Column<Int128>(column));
                break;
            case ColumnType.Decimal:
                WriteDecimals(chunk, column, buffer.Values<long>()[..rows], buffer.Column.Precision);
                break;
            case ColumnType.Double:
                buffer.Values<double>()[..rows].CopyTo(chunk.Column<double>(column));
                break;
            case ColumnType.Uuid:
                WriteUuids(chunk, column, buffer.Values<Guid>()[..rows]);
                break;
            case ColumnType.Text or ColumnType.Json or ColumnType.Binary:
                WriteTexts(chunk, column, buffer.AsText(), rows);
                break;
            default:
                throw new SwitchExpressionException(buffer.Column.Type);
        }

        if (buffer.HasNulls)
        {
            chunk.SetNulls(column, buffer.Nulls[..rows]);
        }
    }

    private static void WriteDecimals(ChunkVectors chunk, int column, ReadOnlySpan<long> values, int precision)
    {
        if (precision > 9)
        {
            values.CopyTo(chunk.Column<long>(column));
        }
        else if (precision > 4)
        {
            var target = chunk.Column<int>(column);
            for (var row = 0; row < values.Length; row++)
            {
                target[row] = (int)values[row];
            }
        }
        else
        {
            var target = chunk.Column<short>(column);
            for (var row = 0; row < values.Length; row++)
            {
                target[row] = (short)values[row];
            }
        }
    }

    /// <summary>DuckDB keeps a UUID as a 128-bit number with the highest bit flipped, so that numbers sort as texts do.</summary>
    private static void WriteUuids(ChunkVectors chunk, int column, ReadOnlySpan<Guid> values)
    {
        var target = chunk.Column<Int128>(column);
        Span<byte> bytes = stackalloc byte[16];
        for (var row = 0; row < values.Length; row++)
        {
            values[row].TryWriteBytes(bytes, bigEndian: true, out _);
            target[row] = (Int128)(BinaryPrimitives.ReadUInt128BigEndian(bytes) ^ (UInt128.One << 127));
        }
    }

    private static void WriteTexts(ChunkVectors chunk, int column, TextBuffer texts, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!texts.IsNull(row))
            {
                chunk.SetText(column, row, texts[row]);
            }
        }
    }
}
