using System.Buffers.Binary;

namespace Tradepost.Storage.Loading;

/// <summary>
/// PostgreSQL's binary numeric: count of base-10000 digits, exponent of the first, sign, digits shown behind the point, digits.
/// </summary>
internal static class CopyNumeric
{
    /// <summary>Header, five groups of digits before the point and five behind it.</summary>
    public const int LargestSize = 8 + (MostGroups * 2);

    private const int MostGroups = 10;

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
        return Write(target, magnitude / Powers[scale], magnitude % Powers[scale], unscaled < 0, scale);
    }

    /// <summary>The same of up to 38 digits with a scale of at most 18, where what is before the point fits 64 bits.</summary>
    /// <exception cref="OverflowException">It does not.</exception>
    public static int Write(Span<byte> target, Int128 unscaled, int scale)
    {
        if (unscaled >= long.MinValue && unscaled <= long.MaxValue)
        {
            return Write(target, (long)unscaled, scale);
        }

        var (whole, fraction) = UInt128.DivRem((UInt128)Int128.Abs(unscaled), Powers[scale]);
        return Write(target, checked((ulong)whole), (ulong)fraction, unscaled < 0, scale);
    }

    private static int Write(Span<byte> target, ulong whole, ulong fraction, bool isNegative, int scale)
    {
        // Digits from the last to the first; digits[0] has the exponent of the lowest fraction group.
        Span<short> digits = stackalloc short[MostGroups];
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
        BinaryPrimitives.WriteInt16BigEndian(target[4..], isNegative ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)scale);
        for (var i = 0; i < length; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[(8 + (2 * i))..], digits[first - i]);
        }

        return 8 + (2 * length);
    }
}
