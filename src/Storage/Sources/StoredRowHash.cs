using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// The hash of a row's canonical text, made from the values that are stored and not by the source: where a reader changed a value
/// on its way, this hash is another than the source's. A row with a problem keeps the source's, for it is kept aside.
/// </summary>
/// <param name="columns">The columns that are hashed, the first of the batch.</param>
/// <param name="digits">For each, how many digits behind the second its times have at the source.</param>
public sealed class StoredRowHash(IReadOnlyList<Column> columns, IReadOnlyList<int> digits)
{
    private const int LongestValue = 32;

    private readonly HashSet<int> problems = [];
    private byte[] text = new byte[4096];
    private int used;

    /// <summary>Puts these hashes in the place of the source's.</summary>
    public void Replace(RowBatch batch, int hashColumn)
    {
        problems.Clear();
        problems.UnionWith(batch.Problems.Select(problem => problem.Row));
        var hashes = batch[hashColumn].Values<long>();
        for (var row = 0; row < batch.Count; row++)
        {
            if (problems.Count == 0 || !problems.Contains(row))
            {
                hashes[row] = HashOf(batch, row);
            }
        }
    }

    private uint HashOf(RowBatch batch, int row)
    {
        used = 0;
        for (var i = 0; i < columns.Count; i++)
        {
            Reserve(LongestValue);
            if (i > 0)
            {
                text[used++] = (byte)'|';
            }

            Write(batch[i], row, digits[i]);
        }

        return Crc32.Of(text.AsSpan(0, used));
    }

    private void Write(ColumnBuffer buffer, int row, int digitsOfSecond)
    {
        if (buffer.IsNull(row))
        {
            text[used++] = (byte)'\\';
            text[used++] = (byte)'N';
            return;
        }

        switch (buffer.Column.Type)
        {
            case ColumnType.BigInt:
                Write(Unsafe.As<ValueBuffer<long>>(buffer).Values[row]);
                break;
            case ColumnType.Integer:
                Write(Unsafe.As<ValueBuffer<int>>(buffer).Values[row]);
                break;
            case ColumnType.Boolean:
                text[used++] = Unsafe.As<ValueBuffer<bool>>(buffer).Values[row] ? (byte)'1' : (byte)'0';
                break;
            case ColumnType.Decimal:
                WriteDecimal(Unsafe.As<ValueBuffer<long>>(buffer).Values[row], buffer.Column.Scale);
                break;
            case ColumnType.Timestamp:
                WriteTime(Unsafe.As<ValueBuffer<long>>(buffer).Values[row], digitsOfSecond);
                break;
            case ColumnType.Text:
                WriteText(Unsafe.As<TextBuffer>(buffer)[row]);
                break;
            default:
                throw new SwitchExpressionException(buffer.Column.Type);
        }
    }

    private void Write(long value)
    {
        Utf8Formatter.TryFormat(value, text.AsSpan(used), out var length);
        used += length;
    }

    private void WriteDecimal(long units, int scale)
    {
        if (units < 0)
        {
            text[used++] = (byte)'-';
        }

        var power = 1L;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        var magnitude = Math.Abs(units);
        Write(magnitude / power);
        if (scale > 0)
        {
            text[used++] = (byte)'.';
            WriteDigits(magnitude % power, scale);
        }
    }

    private void WriteTime(long microseconds, int digitsOfSecond)
    {
        var time = DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
        WriteDigits(time.Year, 4);
        text[used++] = (byte)'-';
        WriteDigits(time.Month, 2);
        text[used++] = (byte)'-';
        WriteDigits(time.Day, 2);
        text[used++] = (byte)' ';
        WriteDigits(time.Hour, 2);
        text[used++] = (byte)':';
        WriteDigits(time.Minute, 2);
        text[used++] = (byte)':';
        WriteDigits(time.Second, 2);
        WriteFraction(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond, digitsOfSecond);
    }

    // A time with more digits than its source has was made by somebody else.
    private void WriteFraction(long microseconds, int digitsOfSecond)
    {
        var unit = 1L;
        for (var i = digitsOfSecond; i < 6; i++)
        {
            unit *= 10;
        }

        var (count, value) = microseconds % unit == 0 ? (digitsOfSecond, microseconds / unit) : (6, microseconds);
        if (count > 0)
        {
            text[used++] = (byte)'.';
            WriteDigits(value, count);
        }
    }

    private void WriteDigits(long value, int count)
    {
        for (var i = used + count - 1; i >= used; i--)
        {
            text[i] = (byte)('0' + (value % 10));
            value /= 10;
        }

        used += count;
    }

    private void WriteText(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length + LongestValue);
        value.CopyTo(text.AsSpan(used));
        used += value.Length;
    }

    private void Reserve(int bytes)
    {
        if (used + bytes > text.Length)
        {
            Array.Resize(ref text, Math.Max(text.Length * 2, used + bytes));
        }
    }
}
