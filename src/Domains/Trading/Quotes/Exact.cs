using System.Globalization;

namespace Tradepost.Trading.Quotes;

/// <summary>
/// Decimals of eight places as whole numbers of 10⁻⁸: exact from the wire to the table, whose contract is DECIMAL(20,8). What has more than
/// eight places that are not zero, or more than twelve digits before them, is none of these and is kept aside by whoever reads it.
/// </summary>
internal static class Exact
{
    public const int Digits = 20;
    public const int Places = 8;
    public const long One = 100_000_000;

    /// <summary>What a text that is refused is told.</summary>
    public const string Expected = "a decimal of at most 12 digits and 8 places";

    /// <summary>Characters that <see cref="Format(Int128, Span{char})"/> needs at most.</summary>
    public const int LongestText = 48;

    private const int WholeDigits = Digits - Places;
    private const int SafeDigits = 19;

    private static ReadOnlySpan<ulong> Powers => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    // Beyond it every digit of a number would be a zero, or none would be left.
    private const int FarthestExponent = 10_000;

    /// <summary>The largest that a table holds.</summary>
    public static Int128 Largest { get; } = ((Int128)10_000_000_000 * 10_000_000_000) - 1;

    /// <summary>Reads a number as exchanges send them: digits with a point, and a minus if need be.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Int128 value)
    {
        if (TryShort(text, out value))
        {
            return true;
        }

        var isNegative = text is [(byte)'-', ..];
        return Plain(isNegative ? text[1..] : text, exponent: 0, isNegative, ref value) == ExactReading.Read;
    }

    /// <summary>Reads a number as files have them: with a sign, a point and a power of ten, or without.</summary>
    public static ExactReading Read(ReadOnlySpan<byte> text, out Int128 value)
    {
        if (TryShort(text, out value))
        {
            return ExactReading.Read;
        }

        var isNegative = text is [(byte)'-', ..];
        var digits = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        var power = digits.IndexOfAny((byte)'e', (byte)'E');
        if (power < 0)
        {
            return Plain(digits, exponent: 0, isNegative, ref value);
        }

        if (!TryExponent(digits[(power + 1)..], out var exponent))
        {
            return ExactReading.NotANumber;
        }

        var reading = Plain(digits[..power], exponent, isNegative, ref value);
        return reading == ExactReading.Read ? ExactReading.Scientific : reading;
    }

    /// <summary>The number that it stands for.</summary>
    public static decimal ToDecimal(Int128 value) => (decimal)value / One;

    /// <summary>A number of a table in units.</summary>
    public static Int128 FromDecimal(decimal value) => (Int128)(value * One);

    /// <summary>As the exchanges' archives write it: without zeros at the end.</summary>
    public static string Format(Int128 value)
    {
        Span<char> text = stackalloc char[LongestText];
        return text[..Format(value, text)].ToString();
    }

    /// <summary>The same into a span of <see cref="LongestText"/> characters; gives how many were written.</summary>
    public static int Format(Int128 value, Span<char> text)
    {
        var (whole, fraction) = Parts(value);
        var length = 0;
        if (value < 0)
        {
            text[length++] = '-';
        }

        whole.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        if (fraction == 0)
        {
            return length;
        }

        text[length++] = '.';
        fraction.TryFormat(text[length..], out written, "D8", CultureInfo.InvariantCulture);
        return text[..(length + written)].TrimEnd('0').Length;
    }

    /// <summary>
    /// Nearly every number there is, in one go: few digits with a point among them. False says nothing but that it is none of these.
    /// </summary>
    private static bool TryShort(ReadOnlySpan<byte> text, out Int128 value)
    {
        var (units, count, places) = (0UL, 0, -1);
        value = 0;
        foreach (var letter in text)
        {
            var digit = (uint)(letter - '0');
            if (digit <= 9)
            {
                units = (units * 10) + digit;
                count++;
                places += places < 0 ? 0 : 1;
            }
            else if (letter == (byte)'.' && places < 0)
            {
                places = 0;
            }
            else
            {
                return false;
            }
        }

        var missing = Places - Math.Max(0, places);
        if (count == 0 || missing < 0 || count + missing > SafeDigits)
        {
            return false;
        }

        value = units * Powers[missing];
        return true;
    }

    /// <summary>
    /// What is before the point and behind it, without the sign. Nearly every number fits 64 bits, where dividing is quick.
    /// </summary>
    private static (UInt128 Whole, ulong Fraction) Parts(Int128 value)
    {
        var magnitude = (UInt128)(value < 0 ? -value : value);
        if (magnitude <= ulong.MaxValue)
        {
            var (narrow, rest) = Math.DivRem((ulong)magnitude, (ulong)One);
            return (narrow, rest);
        }

        var (whole, fraction) = UInt128.DivRem(magnitude, (ulong)One);
        return (whole, (ulong)fraction);
    }

    private static ExactReading Plain(ReadOnlySpan<byte> text, int exponent, bool isNegative, ref Int128 value)
    {
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if ((whole.IsEmpty && fraction.IsEmpty) || !IsDigits(whole) || !IsDigits(fraction))
        {
            return ExactReading.NotANumber;
        }

        if (exponent != 0)
        {
            return Moved(whole, fraction, exponent, isNegative, ref value);
        }

        whole = whole.TrimStart((byte)'0');
        fraction = fraction.TrimEnd((byte)'0');
        if (whole.Length > WholeDigits || fraction.Length > Places)
        {
            return ExactReading.DoesNotFit;
        }

        var places = Number(fraction);
        for (var i = fraction.Length; i < Places; i++)
        {
            places *= 10;
        }

        value = (Int128)(((UInt128)Number(whole) * (ulong)One) + places);
        value = isNegative ? -value : value;
        return ExactReading.Read;
    }

    /// <summary>A number whose point a power of ten moves: the same digits with the point there.</summary>
    private static ExactReading Moved(
        ReadOnlySpan<byte> whole,
        ReadOnlySpan<byte> fraction,
        int exponent,
        bool isNegative,
        ref Int128 value
    )
    {
        byte[] all = [.. whole, .. fraction];
        var digits = all.AsSpan().TrimStart((byte)'0');
        var point = whole.Length - (all.Length - digits.Length) + exponent;
        digits = digits.TrimEnd((byte)'0');
        if (digits.IsEmpty)
        {
            return ExactReading.Read; // nought, whatever it is moved by
        }

        if (point > WholeDigits || digits.Length - point > Places)
        {
            return ExactReading.DoesNotFit;
        }

        UInt128 units = 0;
        foreach (var digit in digits)
        {
            units = (units * 10) + (uint)(digit - '0');
        }

        for (var i = digits.Length - point; i < Places; i++)
        {
            units *= 10;
        }

        value = isNegative ? -(Int128)units : (Int128)units;
        return ExactReading.Read;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        var isNegative = text is [(byte)'-', ..];
        var digits = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        exponent = 0;
        if (digits.IsEmpty || !IsDigits(digits))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            exponent = Math.Min(FarthestExponent, (exponent * 10) + (digit - '0'));
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static ulong Number(ReadOnlySpan<byte> digits)
    {
        var value = 0UL;
        foreach (var digit in digits)
        {
            value = (value * 10) + (uint)(digit - '0');
        }

        return value;
    }
}
