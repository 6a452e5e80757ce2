using System.Numerics;

namespace Tradepost.DuckDb.Types;

/// <summary>BIGNUM: three bytes of length and sign, then the magnitude, all bits inverted for negative numbers.</summary>
internal static class Bignums
{
    private const int HeaderLength = 3;

    public static BigInteger Read(ReadOnlySpan<byte> bytes)
    {
        var negative = (bytes[0] & 0x80) == 0;
        var magnitude = bytes[HeaderLength..].ToArray();
        if (negative)
        {
            for (var i = 0; i < magnitude.Length; i++)
                magnitude[i] = (byte)~magnitude[i];
        }
        var value = new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
        return negative ? -value : value;
    }
}
