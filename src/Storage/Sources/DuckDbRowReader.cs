using System.Runtime.CompilerServices;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>Copies DuckDB's data chunks into batches, column by column: one chunk, one batch.</summary>
internal sealed class DuckDbRowReader(ChunkReader chunk, IReadOnlyList<Column> columns) : SourceReader
{
    public override async ValueTask<bool> FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (!await chunk.ReadAsync(cancellationToken))
        {
            return false;
        }

        for (var i = 0; i < columns.Count; i++)
        {
            Copy(chunk, i, batch[i], columns[i]);
        }

        batch.Count = chunk.Count;
        return batch.Count > 0;
    }

    public override ValueTask DisposeAsync()
    {
        chunk.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Copy(ChunkReader chunk, int i, ColumnBuffer buffer, Column column)
    {
        switch (column.Type)
        {
            case ColumnType.Boolean:
                chunk.Column<bool>(i).CopyTo(buffer.Values<bool>());
                break;
            case ColumnType.Integer or ColumnType.Date:
                chunk.Column<int>(i).CopyTo(buffer.Values<int>());
                break;
            case ColumnType.BigInt or ColumnType.Timestamp:
                chunk.Column<long>(i).CopyTo(buffer.Values<long>());
                break;
            case ColumnType.Double:
                chunk.Column<double>(i).CopyTo(buffer.Values<double>());
                break;
            case ColumnType.Decimal:
                CopyDecimals(chunk, i, buffer.Values<long>(), column.Precision);
                break;
            case ColumnType.Uuid:
                CopyUuids(chunk.Column<Int128>(i), buffer.Values<Guid>());
                break;
            case ColumnType.Text or ColumnType.Json or ColumnType.Binary:
                CopyTexts(chunk, i, buffer.AsText());
                break;
            default:
                throw new SwitchExpressionException(column.Type);
        }

        if (chunk.HasNulls(i))
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                if (chunk.IsNull(i, row))
                {
                    buffer.SetNull(row);
                }
            }
        }
    }

    private static void CopyDecimals(ChunkReader chunk, int i, Span<long> target, int precision)
    {
        if (precision > 9)
        {
            chunk.Column<long>(i).CopyTo(target);
            return;
        }

        for (var row = 0; row < chunk.Count; row++)
        {
            target[row] = precision > 4 ? chunk.Column<int>(i)[row] : chunk.Column<short>(i)[row];
        }
    }

    private static void CopyUuids(ReadOnlySpan<Int128> values, Span<Guid> target)
    {
        Span<byte> bytes = stackalloc byte[16];
        for (var row = 0; row < values.Length; row++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)values[row] ^ (UInt128.One << 127));
            target[row] = new Guid(bytes, bigEndian: true);
        }
    }

    private static void CopyTexts(ChunkReader chunk, int i, TextBuffer texts)
    {
        for (var row = 0; row < chunk.Count; row++)
        {
            if (!chunk.IsNull(i, row))
            {
                texts.Set(row, chunk.Text(i, row));
            }
        }
    }
}
