using System.Buffers.Text;
using System.Globalization;
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
    private const long MicrosecondsOfDay = TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
    private static readonly ulong[] Powers = [.. Enumerable.Range(0, 19).Select(exponent => (ulong)Math.Pow(10, exponent))];

    private readonly ColumnBuffer[] buffers = new ColumnBuffer[columns.Count];
    private readonly int[] digits = [.. digits];
    private readonly HashSet<int> problems = [];
    private readonly byte[] dayText = "0000-00-00 "u8.ToArray();
    private long knownDay = long.MinValue;
    private byte[] text = new byte[4096];
    private int used;

    /// <summary>Puts these hashes in the place of the source's.</summary>
    public void Replace(RowBatch batch, int hashColumn)
    {
        problems.Clear();
        problems.UnionWith(batch.Problems.Select(problem => problem.Row));
        var hashes = batch[hashColumn].Values<long>();
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i] = batch[i];
        }

        for (var row = 0; row < batch.Count; row++)
        {
            if (problems.Count == 0 || !problems.Contains(row))
            {
                hashes[row] = HashOf(row);
            }
        }
    }

    private uint HashOf(int row)
    {
        used = 0;
        for (var i = 0; i < buffers.Length; i++)
        {
            Reserve(LongestValue);
            if (i > 0)
            {
                text[used++] = (byte)'|';
            }

            Write(buffers[i], row, digits[i]);
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

        var magnitude = (ulong)Math.Abs(units);
        // By a constant it is a multiplication.
        var (whole, rest) = scale == 2 ? Math.DivRem(magnitude, 100UL) : Math.DivRem(magnitude, Powers[scale]);
        Write((long)whole);
        if (scale > 0)
        {
            text[used++] = (byte)'.';
            WriteDigits(rest, scale);
        }
    }

    private void WriteTime(long microseconds, int digitsOfSecond)
    {
        var day = Math.DivRem(microseconds, MicrosecondsOfDay, out var ofDay);
        if (ofDay < 0)
        {
            (day, ofDay) = (day - 1, ofDay + MicrosecondsOfDay);
        }

        WriteDay(day);
        var second = (uint)(ofDay / 1_000_000);
        WriteTwo(second / 3600, (byte)':');
        WriteTwo(second / 60 % 60, (byte)':');
        WriteTwo(second % 60, (byte)' ');
        used--;
        WriteFraction((uint)(ofDay % 1_000_000), digitsOfSecond);
    }

    // Rows of one day often follow one another.
    private void WriteDay(long day)
    {
        if (day != knownDay)
        {
            DateOnly.FromDayNumber((int)(day + EpochDay)).TryFormat(dayText, out _, "yyyy-MM-dd ", CultureInfo.InvariantCulture);
            knownDay = day;
        }

        dayText.CopyTo(text.AsSpan(used));
        used += dayText.Length;
    }

    private void WriteTwo(uint value, byte behind)
    {
        var target = text.AsSpan(used, 3);
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
        target[2] = behind;
        used += 3;
    }

    // A time with more digits than its source has was made by somebody else.
    private void WriteFraction(uint microseconds, int digitsOfSecond)
    {
        var unit = (uint)Powers[6 - digitsOfSecond];
        var (count, value) = microseconds % unit == 0 ? (digitsOfSecond, microseconds / unit) : (6, microseconds);
        if (count > 0)
        {
            text[used++] = (byte)'.';
            WriteDigits(value, count);
        }
    }

    private void WriteDigits(ulong value, int count)
    {
        for (var i = used + count - 1; i >= used; i--)
        {
            (value, var digit) = Math.DivRem(value, 10UL);
            text[i] = (byte)('0' + digit);
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
