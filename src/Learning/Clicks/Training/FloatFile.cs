using System.Runtime.InteropServices;
using Tradepost.Learning.Clicks.Network;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>Numbers in files: how many, then their bits in little-endian order.</summary>
internal static class FloatFile
{
    public static void Write(BinaryWriter writer, AlignedFloats values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Click models are kept in little-endian order.");
        }

        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.Span));
    }

    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <exception cref="InvalidDataException">The file holds another number of them, or ends.</exception>
    public static void Read(BinaryReader reader, AlignedFloats values)
    {
        if (reader.ReadInt32() != values.Length)
        {
            throw new InvalidDataException("The sizes in the file do not fit together.");
        }

        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.Span));
    }
}
