using System.Globalization;

namespace Tradepost.Trading.Quotes;

/// <summary>
/// Decimals of eight places as whole numbers of 10⁻⁸: exact from the wire to the table. What has more than eight places that are not zero, or
/// more than ten digits before them, is none of these and is kept aside by whoever reads it.
/// </summary>
internal static class Exact
{
    public const int Places = 8;
    public const long One = 100_000_000;

    /// <summary>The largest that a table's DECIMAL(18,8) holds.</summary>
    public const long Largest = 999_999_999_999_999_999;

    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var isNegative = text is [(byte)'-', ..];
        var digits = isNegative ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..].TrimEnd((byte)'0');
        if ((whole.IsEmpty && fraction.IsEmpty) || whole.TrimStart((byte)'0').Length > 10 || fraction.Length > Places)
        {
            return false;
        }

        if (!TryAdd(whole.TrimStart((byte)'0'), ref value) || !TryAdd(fraction, ref value))
        {
            return false;
        }

        for (var i = fraction.Length; i < Places; i++)
        {
            value *= 10;
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>The number that it stands for.</summary>
    public static decimal ToDecimal(long value) => (decimal)value / One;

    /// <summary>As the exchanges' archives write it: without zeros at the end.</summary>
    public static string Format(long value)
    {
        Span<char> text = stackalloc char[24];
        return text[..Format(value, text)].ToString();
    }

    /// <summary>The same into a span of at least 21 characters; gives how many were written.</summary>
    public static int Format(long value, Span<char> text)
    {
        var (whole, fraction) = Math.DivRem((ulong)(value < 0 ? -(Int128)value : value), (ulong)One);
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

    private static bool TryAdd(ReadOnlySpan<byte> digits, ref long value)
    {
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
