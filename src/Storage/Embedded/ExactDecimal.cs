using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// DuckDB's decimals (up to 38 digits) as .NET's (96 bits, scale up to 28). DuckDB.NET drops the zeros at the end of those with more
/// than 18 digits, and rounds what does not fit.
/// </summary>
internal static class ExactDecimal
{
    private const int MaximumScale = 28;
    private static readonly Int128 Maximum = (Int128)decimal.MaxValue;

    public static decimal ToDecimal(DuckDBDecimal stored)
    {
        var value = stored.Value.ToInt128();
        int digits = stored.Scale;
        // Zeros at the end are worth nothing: without them, more values fit.
        while ((Int128.Abs(value) > Maximum || digits > MaximumScale) && digits > 0 && value % 10 == 0)
        {
            value /= 10;
            digits--;
        }

        if (value > Maximum || value < -Maximum || digits > MaximumScale)
        {
            throw new OverflowException(
                $"{ToText(stored)} does not fit System.Decimal; read it with GetString, or as BigInteger if it is whole."
            );
        }

        var magnitude = (UInt128)Int128.Abs(value);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), value < 0, (byte)digits);
    }

    public static double ToDouble(DuckDBDecimal stored) => (double)stored.Value.ToInt128() / Math.Pow(10, stored.Scale);

    /// <summary>The exact digits.</summary>
    public static string ToText(DuckDBDecimal stored)
    {
        var unscaled = stored.Value.ToInt128();
        var magnitude = unscaled < 0 ? (UInt128)(-(unscaled + 1)) + 1 : (UInt128)unscaled;
        var digits = magnitude.ToString().PadLeft(stored.Scale + 1, '0');
        var text = stored.Scale == 0 ? digits : $"{digits[..^stored.Scale]}.{digits[^stored.Scale..]}";
        return unscaled < 0 ? "-" + text : text;
    }

    /// <summary>The value without its fraction, which must be zero.</summary>
    public static Int128 ToWhole(DuckDBDecimal stored)
    {
        var value = stored.Value.ToInt128();
        for (var digit = 0; digit < stored.Scale; digit++)
        {
            if (value % 10 != 0)
            {
                throw new InvalidCastException($"{ToText(stored)} is not a whole number; read it as decimal or with GetString.");
            }

            value /= 10;
        }

        return value;
    }

    /// <summary>How many digits a value has as a DECIMAL, the fraction's zeros included.</summary>
    public static int Digits(decimal value)
    {
        var digits = 0;
        var bits = decimal.GetBits(value);
        for (var rest = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]); rest > 0; rest /= 10)
        {
            digits++;
        }

        return Math.Max(digits, value.Scale + 1);
    }
}
