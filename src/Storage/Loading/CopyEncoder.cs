using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Rows in PostgreSQL's binary COPY format: a signature, for each row the number of fields and each field as length
/// (-1 for null) and big-endian value, then -1. See "Binary Format" under COPY in PostgreSQL's manual.
/// </summary>
internal sealed class CopyEncoder
{
    private const int FlushSize = 128 * 1024;
    private const int LargestFixedField = 4 + CopyNumeric.LargestSize;
    private const long TimestampEpoch = 946_684_800_000_000; // 2000-01-01 in microseconds since 1970
    private const int DateEpoch = 10_957; // and in days

    private byte[] buffer = new byte[FlushSize + 4096];
    private int used;

    public CopyEncoder()
    {
        ReadOnlySpan<byte> signature =
        [
            (byte)'P',
            (byte)'G',
            (byte)'C',
            (byte)'O',
            (byte)'P',
            (byte)'Y',
            (byte)'\n',
            0xFF,
            (byte)'\r',
            (byte)'\n',
            0,
        ];
        signature.CopyTo(buffer);
        used = signature.Length + 8; // no flags, no header extension
    }

    public ReadOnlyMemory<byte> Encoded => buffer.AsMemory(0, used);

    public void Clear() => used = 0;

    public void EncodeEnd()
    {
        Reserve(2);
        BinaryPrimitives.WriteInt16BigEndian(buffer.AsSpan(used), -1);
        used += 2;
    }

    /// <summary>Encodes rows from one on until the buffer is worth sending; returns the row it stopped before.</summary>
    public int Encode(RowBatch batch, int row, long numberOfFirstRow)
    {
        for (; row < batch.Count && used < FlushSize; row++)
        {
            Reserve(2 + (batch.Columns.Count * LargestFixedField));
            BinaryPrimitives.WriteInt16BigEndian(buffer.AsSpan(used), (short)batch.Columns.Count);
            used += 2;
            for (var column = 0; column < batch.Columns.Count; column++)
            {
                EncodeField(batch[column], row, numberOfFirstRow, batch.Columns.Count - column);
            }
        }

        return row;
    }

    private void EncodeField(ColumnBuffer values, int row, long numberOfFirstRow, int fieldsLeft)
    {
        if (values.IsNull(row))
        {
            BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(used), -1);
            used += 4;
            return;
        }

        var column = values.Column;
        if (column.Type is ColumnType.Text or ColumnType.Json or ColumnType.Binary)
        {
            EncodeText(Unsafe.As<TextBuffer>(values), row, numberOfFirstRow, fieldsLeft);
            return;
        }

        var length = EncodeFixed(values, row, numberOfFirstRow, buffer.AsSpan(used + 4));
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(used), length);
        used += 4 + length;
    }

    private static int EncodeFixed(ColumnBuffer values, int row, long numberOfFirstRow, Span<byte> target)
    {
        var column = values.Column;
        switch (column.Type)
        {
            case ColumnType.Boolean:
                target[0] = values.Values<bool>()[row] ? (byte)1 : (byte)0;
                return 1;
            case ColumnType.Integer:
                BinaryPrimitives.WriteInt32BigEndian(target, values.Values<int>()[row]);
                return 4;
            case ColumnType.BigInt:
                BinaryPrimitives.WriteInt64BigEndian(target, values.Values<long>()[row]);
                return 8;
            case ColumnType.Decimal when column.IsWide:
                return CopyNumeric.Write(target, values.Values<Int128>()[row], column.Scale);
            case ColumnType.Decimal:
                return CopyNumeric.Write(target, values.Values<long>()[row], column.Scale);
            case ColumnType.Double:
                BinaryPrimitives.WriteDoubleBigEndian(target, values.Values<double>()[row]);
                return 8;
            case ColumnType.Date:
                var days = values.Values<int>()[row];
                BinaryPrimitives.WriteInt32BigEndian(
                    target,
                    days >= int.MinValue + DateEpoch ? days - DateEpoch : throw TooEarly(column, row, numberOfFirstRow)
                );
                return 4;
            case ColumnType.Timestamp:
                var microseconds = values.Values<long>()[row];
                BinaryPrimitives.WriteInt64BigEndian(
                    target,
                    microseconds >= long.MinValue + TimestampEpoch
                        ? microseconds - TimestampEpoch
                        : throw TooEarly(column, row, numberOfFirstRow)
                );
                return 8;
            case ColumnType.Uuid:
                values.Values<Guid>()[row].TryWriteBytes(target, bigEndian: true, out var length);
                return length;
            default:
                throw new SwitchExpressionException(column.Type);
        }
    }

    private void EncodeText(TextBuffer values, int row, long numberOfFirstRow, int fieldsLeft)
    {
        var text = values[row];
        var isJson = values.Column.Type == ColumnType.Json;
        if (values.Column.Type != ColumnType.Binary && text.Contains((byte)0))
        {
            throw new BulkWriteException(
                values.Column.Name,
                numberOfFirstRow + row,
                $"Column {values.Column.Name}, row {numberOfFirstRow + row} of this write: the text holds a NUL character (U+0000), "
                    + "which PostgreSQL cannot keep; remove it at the source."
            );
        }

        var length = text.Length + (isJson ? 1 : 0);
        Reserve(4 + length + (fieldsLeft * LargestFixedField));
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(used), length);
        used += 4;
        if (isJson)
        {
            buffer[used++] = 1; // version of jsonb's binary form
        }

        text.CopyTo(buffer.AsSpan(used));
        used += text.Length;
    }

    private void Reserve(int bytes)
    {
        if (used + bytes > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + bytes));
        }
    }

    private static BulkWriteException TooEarly(Column column, int row, long numberOfFirstRow) =>
        new(
            column.Name,
            numberOfFirstRow + row,
            $"Column {column.Name}, row {numberOfFirstRow + row} of this write: the {column.Type} is before the earliest that PostgreSQL "
                + "can keep."
        );
}
