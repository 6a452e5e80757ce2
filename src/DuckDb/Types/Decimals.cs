using System.Globalization;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Types;

/// <summary>DuckDB's decimals (up to 38 digits) and .NET's (96 bits, scale up to 28).</summary>
internal static class Decimals
{
    private const int MaximumScale = 28;
    private static readonly Int128 maximum = (Int128)decimal.MaxValue;

    public static decimal ToDecimal(Int128 unscaled, int scale)
    {
        var value = unscaled;
        var digits = scale;
        // Zeros at the end are worth nothing: without them, more values fit.
        while ((Int128.Abs(value) > maximum || digits > MaximumScale) && digits > 0 && value % 10 == 0)
        {
            value /= 10;
            digits--;
        }
        if (value > maximum || value < -maximum || digits > MaximumScale)
            throw new OverflowException($"{ToText(unscaled, scale)} does not fit System.Decimal; read it with GetString, or as BigInteger if it is whole.");
        var magnitude = (UInt128)Int128.Abs(value);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), value < 0, (byte)digits);
    }

    /// <summary>The exact digits.</summary>
    public static string ToText(Int128 unscaled, int scale)
    {
        var digits = Magnitude(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return unscaled < 0 ? "-" + text : text;
    }

    /// <summary>The value without its fraction, which must be zero.</summary>
    public static Int128 ToWhole(Int128 unscaled, int scale)
    {
        var value = unscaled;
        for (var digit = 0; digit < scale; digit++)
        {
            if (value % 10 != 0)
                throw new InvalidCastException($"{ToText(unscaled, scale)} is not a whole number; read it as decimal or with GetString.");
            value /= 10;
        }
        return value;
    }

    public static NativeDecimal ToNative(decimal value)
    {
        var scale = value.Scale;
        return new NativeDecimal(Math.Max(Digits(value), (byte)Math.Max((byte)1, scale)), scale, Unscaled(value));
    }

    public static Int128 Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = (Int128)new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return value < 0 ? -magnitude : magnitude;
    }

    /// <summary>How many digits the value has, the fraction's zeros included.</summary>
    public static byte Digits(decimal value)
    {
        byte digits = 0;
        for (var rest = (UInt128)Int128.Abs(Unscaled(value)); rest > 0; rest /= 10)
            digits++;
        return digits;
    }

    private static UInt128 Magnitude(Int128 value) => value < 0 ? (UInt128)(-(value + 1)) + 1 : (UInt128)value;
}
