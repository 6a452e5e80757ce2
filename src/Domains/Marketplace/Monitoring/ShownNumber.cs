using System.Globalization;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>A number as people are shown it: with a currency, spaces or signs between thousands, words behind it.</summary>
internal static class ShownNumber
{
    /// <summary>
    /// Reads the first number of a text. A sign with one or two digits behind it that stands last, or stands once before other than three
    /// digits, is the decimal sign; else signs stand between thousands.
    /// </summary>
    public static bool TryRead(string text, out decimal number)
    {
        number = 0;
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return false;
        }

        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || IsBetween(text, end)))
        {
            end++;
        }

        var digits = text[start..end];
        var last = digits.LastIndexOfAny(['.', ',']);
        var isDecimal =
            last >= 0
            && (
                digits.Length - last - 1 != 3
                || digits.AsSpan(0, last).IndexOfAny('.', ',') >= 0 && digits[last] != digits[digits.IndexOfAny(['.', ','])]
            );
        var plain = string.Concat(
            digits.Select(
                (c, i) =>
                    char.IsAsciiDigit(c) ? c.ToString()
                    : isDecimal && i == last ? "."
                    : ""
            )
        );
        var isNegative = start > 0 && text[..start].TrimEnd() is [.., '-' or '−'];
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        number = isNegative ? -number : number;
        return true;
    }

    // A sign between two digits, or a space before three of them.
    private static bool IsBetween(string text, int at) =>
        at + 1 < text.Length
        && char.IsAsciiDigit(text[at + 1])
        && (
            text[at] is '.' or ','
            || (
                text[at] is ' ' or '\u00a0' or '\u202f' or '\''
                && at + 3 < text.Length
                && char.IsAsciiDigit(text[at + 2])
                && char.IsAsciiDigit(text[at + 3])
                && (at + 4 == text.Length || !char.IsAsciiDigit(text[at + 4]))
            )
        );
}
