using System.Buffers.Binary;

namespace Tradepost.Storage.Loading;

/// <summary>PostgreSQL's binary numeric: count of base-10000 digits, exponent of the first, sign, digits shown behind the point, digits.</summary>
internal static class CopyNumeric
{
    /// <summary>Header, five digits before the point and five behind it.</summary>
    public const int LargestSize = 8 + (10 * 2);

    private const short Negative = 0x4000;

    private static readonly ulong[] Powers =
    [
        1,
        10,
        100,
        1000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
        10_000_000_000_000,
        100_000_000_000_000,
        1_000_000_000_000_000,
        10_000_000_000_000_000,
        100_000_000_000_000_000,
        1_000_000_000_000_000_000,
    ];

    /// <summary>Writes <paramref name="unscaled"/> × 10^-scale and returns the number of bytes.</summary>
    public static int Write(Span<byte> target, long unscaled, int scale)
    {
        var magnitude = unscaled < 0 ? (ulong)-(unscaled + 1) + 1 : (ulong)unscaled;
        var whole = magnitude / Powers[scale];
        var fraction = magnitude % Powers[scale];

        // Digits from the last to the first; digits[0] has the exponent of the lowest fraction group.
        Span<short> digits = stackalloc short[10];
        var count = 0;
        var fractionDigits = (scale + 3) / 4;
        var partial = scale % 4;
        for (var group = 0; group < fractionDigits; group++)
        {
            var width = group == 0 && partial != 0 ? partial : 4;
            digits[count++] = (short)(fraction % Powers[width] * Powers[4 - width]);
            fraction /= Powers[width];
        }

        for (; whole > 0; whole /= 10_000)
        {
            digits[count++] = (short)(whole % 10_000);
        }

        var first = count - 1;
        while (first >= 0 && digits[first] == 0)
        {
            first--;
        }

        var last = 0;
        while (last < first && digits[last] == 0)
        {
            last++;
        }

        var length = first < 0 ? 0 : first - last + 1;
        BinaryPrimitives.WriteInt16BigEndian(target, (short)length);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)(length == 0 ? 0 : first - fractionDigits));
        BinaryPrimitives.WriteInt16BigEndian(target[4..], unscaled < 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)scale);
        for (var i = 0; i < length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[(8 + (2 * i))..], digits[first - i]);
        }

        return 8 + (2 * length);
    }
}
