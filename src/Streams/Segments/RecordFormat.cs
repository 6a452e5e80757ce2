using System.Buffers.Binary;
using System.Numerics;

namespace Tradepost.Streams.Segments;

/// <summary>
/// How a segment looks: a header of 16 bytes (eight of magic, the position of the first record), then records of a length (4 bytes), a
/// checksum (4 bytes) and the content, integers little endian. The checksum is CRC-32C over position, length and content, so that a record
/// that was left from an older use of the same place is none.
/// </summary>
internal static class RecordFormat
{
    public const int HeaderSize = 16;
    public const int Overhead = 8;
    public const int LongestRecord = 4 << 20;

    private static ReadOnlySpan<byte> Magic => "TPLOG\0\0\u0001"u8;

    public static int SizeOf(int length) => Overhead + length;

    public static byte[] Header(long first)
    {
        var header = new byte[HeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), first);
        return header;
    }

    public static bool IsHeader(ReadOnlySpan<byte> header, long first) =>
        header.Length >= HeaderSize && header.StartsWith(Magic) && BinaryPrimitives.ReadInt64LittleEndian(header[8..]) == first;

    public static void Write(Span<byte> target, long position, ReadOnlySpan<byte> content)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Checksum(position, content));
        content.CopyTo(target[Overhead..]);
    }

    /// <summary>
    /// The length of the content of a record that begins here and is whole; −1 when it is not, and <paramref name="isCut"/> when more bytes
    /// might complete it.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> from, long position, out bool isCut)
    {
        isCut = from.Length < Overhead;
        if (isCut)
        {
            return -1;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(from);
        if (length is < 0 or > LongestRecord)
        {
            return -1;
        }

        isCut = from.Length < Overhead + length;
        return !isCut && BinaryPrimitives.ReadUInt32LittleEndian(from[4..]) == Checksum(position, from.Slice(Overhead, length))
            ? length
            : -1;
    }

    private static uint Checksum(long position, ReadOnlySpan<byte> content)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)position);
        crc = BitOperations.Crc32C(crc, (uint)content.Length);
        while (content.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
            content = content[8..];
        }

        foreach (var value in content)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
