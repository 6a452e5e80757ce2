using System.Buffers.Binary;
using System.Text;

namespace Tradepost.Storage.ClickHouse;

/// <summary>
/// Rows as ClickHouse's format RowBinary has them: the fields one behind the other, nothing between. Filled again and again.
/// </summary>
public sealed class RowBinaryBuffer
{
    private byte[] content = new byte[64 << 10];

    /// <summary>What a DateTime holds of a time in microseconds since 1970: the nearest that it can.</summary>
    public static uint SecondsOf(long microseconds) => (uint)Math.Clamp(microseconds / 1_000_000, 0, uint.MaxValue);

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The rows so far, valid until more are added.</summary>
    public ReadOnlyMemory<byte> Rows => content.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>A String.</summary>
    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>A String, as UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        var target = Take(text.Length + 5);
        var at = 0;
        for (var rest = (uint)text.Length; ; rest >>= 7)
        {
            target[at++] = rest < 0x80 ? (byte)rest : (byte)(rest | 0x80);
            if (rest < 0x80)
            {
                break;
            }
        }

        text.CopyTo(target[at..]);
        Length += at + text.Length;
    }

    /// <summary>An Int64, or a Decimal of up to 18 digits as its digits without the point.</summary>
    public void Add(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), number);
        Length += sizeof(long);
    }

    /// <summary>A Decimal of 19 to 38 digits, as its digits without the point.</summary>
    public void Add(Int128 number)
    {
        BinaryPrimitives.WriteInt128LittleEndian(Take(2 * sizeof(long)), number);
        Length += 2 * sizeof(long);
    }

    /// <summary>The same of a column that may be empty.</summary>
    public void Add(Int128? number)
    {
        Take(1)[0] = number is null ? (byte)1 : (byte)0;
        Length++;
        if (number is { } given)
        {
            Add(given);
        }
    }

    /// <summary>A DateTime, from microseconds since 1970.</summary>
    public void AddTime(long microseconds)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), SecondsOf(microseconds));
        Length += sizeof(uint);
    }

    /// <summary>A UUID: two halves, each little endian.</summary>
    public void Add(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var target = Take(16);
        BinaryPrimitives.WriteUInt64LittleEndian(target, BinaryPrimitives.ReadUInt64BigEndian(bytes));
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        Length += 16;
    }

    private Span<byte> Take(int bytes)
    {
        if (content.Length - Length < bytes)
        {
            Array.Resize(ref content, Math.Max(content.Length * 2, Length + bytes));
        }

        return content.AsSpan(Length);
    }
}
