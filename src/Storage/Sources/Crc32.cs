using System.Buffers.Binary;

namespace Tradepost.Storage.Sources;

/// <summary>
/// CRC-32 as MySQL's CRC32() and zlib compute it (reflected 0x04C11DB7), eight bytes at a time ("slicing by 8", Intel 2006).
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> t = Tables;
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc =
                t[(7 * 256) + (int)(low & 255)]
                ^ t[(6 * 256) + (int)((low >> 8) & 255)]
                ^ t[(5 * 256) + (int)((low >> 16) & 255)]
                ^ t[(4 * 256) + (int)(low >> 24)]
                ^ t[(3 * 256) + (int)(high & 255)]
                ^ t[(2 * 256) + (int)((high >> 8) & 255)]
                ^ t[256 + (int)((high >> 16) & 255)]
                ^ t[(int)(high >> 24)];
        }

        foreach (var value in bytes)
        {
            crc = t[(int)((crc ^ value) & 255)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0; i < tables.Length; i++)
        {
            var crc = i < 256 ? (uint)i : tables[i - 256];
            tables[i] = i < 256 ? Shift(crc, 8) : tables[crc & 255] ^ (crc >> 8);
        }

        return tables;
    }

    private static uint Shift(uint crc, int bits)
    {
        for (var bit = 0; bit < bits; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
        }

        return crc;
    }
}
