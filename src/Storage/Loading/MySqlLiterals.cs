using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Values of a batch as MySQL literals in UTF-8, for a session without NO_BACKSLASH_ESCAPES.</summary>
internal static class MySqlLiterals
{
    private const long MicrosecondsADay = 86_400_000_000;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create("'\\\0"u8);

    /// <summary>Writes a row as (…,…).</summary>
    public static void WriteRow(ArrayBufferWriter<byte> target, RowBatch batch, int row)
    {
        for (var column = 0; column < batch.Columns.Count; column++)
        {
            target.Write(column == 0 ? "("u8 : ","u8);
            Write(target, batch[column], row);
        }

        target.Write(")"u8);
    }

    private static void Write(ArrayBufferWriter<byte> target, ColumnBuffer column, int row)
    {
        if (column.IsNull(row))
        {
            target.Write("NULL"u8);
            return;
        }

        switch (column.Column.Type)
        {
            case ColumnType.Boolean:
                target.Write(column.Values<bool>()[row] ? "1"u8 : "0"u8);
                break;
            case ColumnType.Integer:
                WriteNumber(target, column.Values<int>()[row]);
                break;
            case ColumnType.BigInt:
                WriteNumber(target, column.Values<long>()[row]);
                break;
            case ColumnType.Decimal:
                WriteDecimal(target, column.Values<long>()[row], column.Column.Scale);
                break;
            case ColumnType.Double:
                WriteDouble(target, column, row);
                break;
            case ColumnType.Text or ColumnType.Json:
                WriteText(target, column.AsText()[row]);
                break;
            case ColumnType.Date:
                WriteDay(target, column.Values<int>()[row]);
                break;
            case ColumnType.Timestamp:
                WriteTime(target, column.Values<long>()[row]);
                break;
            case ColumnType.Uuid:
                WriteUuid(target, column.Values<Guid>()[row]);
                break;
            case ColumnType.Binary:
                WriteBinary(target, column.AsText()[row]);
                break;
            default:
                throw new SwitchExpressionException(column.Column.Type);
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> target, long value)
    {
        Utf8Formatter.TryFormat(value, target.GetSpan(20), out var written);
        target.Advance(written);
    }

    private static void WriteDecimal(ArrayBufferWriter<byte> target, long units, int scale)
    {
        var power = 1UL;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        if (units < 0)
        {
            target.Write("-"u8);
        }

        var magnitude = units < 0 ? (ulong)-units : (ulong)units;
        Utf8Formatter.TryFormat(magnitude / power, target.GetSpan(20), out var written);
        target.Advance(written);
        if (scale > 0)
        {
            target.Write("."u8);
            Utf8Formatter.TryFormat(magnitude % power, target.GetSpan(20), out written, new StandardFormat('D', (byte)scale));
            target.Advance(written);
        }
    }

    private static void WriteDouble(ArrayBufferWriter<byte> target, ColumnBuffer column, int row)
    {
        var value = column.Values<double>()[row];
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"Column {column.Column.Name} holds {value}; MySQL has finite numbers only.", nameof(column));
        }

        Utf8Formatter.TryFormat(value, target.GetSpan(32), out var written);
        target.Advance(written);
    }

    private static void WriteText(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> value)
    {
        target.Write("'"u8);
        for (var next = value.IndexOfAny(Escaped); next >= 0; next = value.IndexOfAny(Escaped))
        {
            target.Write(value[..next]);
            target.Write(
                value[next] switch
                {
                    (byte)'\'' => "\\'"u8,
                    (byte)'\\' => "\\\\"u8,
                    _ => "\\0"u8,
                }
            );
            value = value[(next + 1)..];
        }

        target.Write(value);
        target.Write("'"u8);
    }

    private static void WriteDay(ArrayBufferWriter<byte> target, int days) =>
        Format(target, DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(days), "yyyy-MM-dd");

    private static void WriteTime(ArrayBufferWriter<byte> target, long microseconds)
    {
        var day = (int)Math.DivRem(microseconds, MicrosecondsADay, out var rest);
        if (rest < 0)
        {
            day--;
            rest += MicrosecondsADay;
        }

        Format(target, DateTime.UnixEpoch.AddDays(day).AddTicks(rest * TimeSpan.TicksPerMicrosecond), "yyyy-MM-dd HH:mm:ss.ffffff");
    }

    private static void WriteUuid(ArrayBufferWriter<byte> target, Guid value) => Format(target, value, "D");

    private static void Format<T>(ArrayBufferWriter<byte> target, T value, string format)
        where T : IUtf8SpanFormattable
    {
        target.Write("'"u8);
        value.TryFormat(target.GetSpan(40), out var written, format, System.Globalization.CultureInfo.InvariantCulture);
        target.Advance(written);
        target.Write("'"u8);
    }

    private static void WriteBinary(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> value)
    {
        target.Write("x'"u8);
        Convert.TryToHexString(value, target.GetSpan(value.Length * 2), out var written);
        target.Advance(written);
        target.Write("'"u8);
    }
}
