using System.Globalization;
using System.Numerics;

namespace Tradepost.Learning.Tests;

/// <summary>
/// Decimal numbers as R reads them on x86-64: digits divided by a power of ten in 64 bits of precision, then rounded to the 53 of a double. The
/// last bit is not always that of the nearest double.
/// </summary>
internal static class RNumber
{
    /// <summary>Of up to 19 digits, without an exponent.</summary>
    public static double Parse(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var divisor = BigInteger.Pow(10, point < 0 ? 0 : text.Length - point - 1);
        const int shift = 200;
        var quotient = BigInteger.DivRem(BigInteger.Abs(digits) << shift, divisor, out var rest);
        var rounded = Round(Round((quotient << 1) + (rest.IsZero ? 0 : 1), 64), 53);
        return digits.Sign * Math.ScaleB((double)rounded, -shift - 1);
    }

    /// <summary>To the nearest number of so many bits, to an even one of two.</summary>
    private static BigInteger Round(BigInteger value, int bits)
    {
        var excess = (int)value.GetBitLength() - bits;
        if (excess <= 0)
        {
            return value;
        }

        var (unit, kept) = (BigInteger.One << excess, value >> excess);
        var twice = (value - (kept << excess)) * 2;
        return twice > unit || (twice == unit && !kept.IsEven) ? (kept + 1) << excess : kept << excess;
    }
}
