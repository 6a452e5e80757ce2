using System.Buffers.Binary;

namespace Tradepost.DuckDb.Types;

/// <summary>UUIDs: DuckDB keeps them as 128-bit numbers whose highest bit is flipped, so that they sort.</summary>
internal static class Uuids
{
    private static readonly UInt128 highestBit = (UInt128)1 << 127;

    public static Guid Read(UInt128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stored ^ highestBit);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The number with the bit as it is: the native constructor flips it.</summary>
    public static UInt128 ToNumber(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
