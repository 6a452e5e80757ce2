using System.Globalization;
using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>
/// Amounts as people write them: a number with blanks, apostrophes or the other sign between thousands, and a currency before or behind it, as
/// in <c>1 234,50 ₸</c> and <c>$1,234.50</c>.
/// </summary>
public static class AmountCell
{
    private const int Longest = 64;
    private const int GroupLength = 3;
    private const byte Blank = (byte)' ';

    private static readonly HashSet<string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "kzt",
        "usd",
        "eur",
        "rub",
        "rur",
        "gbp",
        "uah",
        "uzs",
        "kgs",
        "byn",
        "cny",
        "idr",
        "тг",
        "тнг",
        "тенге",
        "теңге",
        "руб",
        "р",
        "грн",
        "сум",
        "сом",
        "kr",
        "zł",
        "rs",
        "rp",
        "rm",
        "r$",
        "s$",
        "us$",
    };

    /// <summary>The amount that a cell is, with the file's decimal sign; false where it is none, or has more digits than can be kept.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, DecimalSign sign, out decimal amount)
    {
        Span<byte> plain = stackalloc byte[Longest];
        amount = 0;
        return TryPlain(cell, sign, plain, out var length)
            && decimal.TryParse(
                plain[..length],
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out amount
            );
    }

    /// <summary>Writes the amount of a cell with a decimal point and nothing else between its digits; false where it is none.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="sign">The file's decimal sign.</param>
    /// <param name="plain">At least 64 bytes.</param>
    /// <param name="length">How many of them were written.</param>
    public static bool TryPlain(ReadOnlySpan<byte> cell, DecimalSign sign, Span<byte> plain, out int length)
    {
        length = 0;
        if (!TryFindNumber(cell, out var number, out var isNegative))
        {
            return false;
        }

        if (isNegative)
        {
            plain[length++] = (byte)'-';
        }

        var (run, groups, separator, hasSign) = (0, 0, default(byte), false);
        for (var at = 0; at < number.Length; at++)
        {
            var one = number[at];
            if (one is >= (byte)'0' and <= (byte)'9')
            {
                plain[length++] = one;
                run++;
                continue;
            }

            if (one == sign.Sign && !hasSign)
            {
                if (groups > 0 && run != GroupLength)
                {
                    return false;
                }

                plain[length++] = (byte)'.';
                (hasSign, run) = (true, 0);
                continue;
            }

            var kind = SeparatorAt(number, ref at);
            if (kind == 0 || hasSign || (groups > 0 && (kind != separator || run != GroupLength)) || run is 0 or > GroupLength)
            {
                return false;
            }

            (separator, run) = (kind, 0);
            groups++;
        }

        return hasSign || groups == 0 || run == GroupLength;
    }

    /// <summary>Which decimal sign an amount has; one with three digits behind it and one to three before it could stand between thousands.</summary>
    public static NumberShape ShapeOf(ReadOnlySpan<byte> cell)
    {
        Span<byte> plain = stackalloc byte[Longest];
        if (!TryFindNumber(cell, out var number, out _))
        {
            return NumberShape.Text;
        }

        var (points, commas) = (number.Count((byte)'.'), number.Count((byte)','));
        if (points + commas == 0)
        {
            return TryPlain(cell, DecimalSign.Point, plain, out _) ? NumberShape.Whole : NumberShape.Text;
        }

        var isPoint = TryPlain(cell, DecimalSign.Point, plain, out _);
        var isComma = TryPlain(cell, DecimalSign.Comma, plain, out _);
        return (isPoint, isComma) switch
        {
            (true, true) => points > 0 ? NumberShape.PointOrThousands : NumberShape.CommaOrThousands,
            (true, false) => NumberShape.Point,
            (false, true) => NumberShape.Comma,
            _ => NumberShape.Text,
        };
    }

    private static bool TryFindNumber(ReadOnlySpan<byte> cell, out ReadOnlySpan<byte> number, out bool isNegative)
    {
        number = default;
        isNegative = false;
        var first = cell.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0 || cell.Length > Longest)
        {
            return false;
        }

        var last = cell.LastIndexOfAnyInRange((byte)'0', (byte)'9');
        first -= first > 0 && cell[first - 1] is (byte)'.' or (byte)',' && (first == 1 || cell[first - 2] is Blank or (byte)'-') ? 1 : 0;
        number = cell[first..(last + 1)];
        var before = Missing.Trim(cell[..first]);
        if (before is [.., (byte)'-' or (byte)'+'])
        {
            isNegative = before[^1] == (byte)'-';
            before = before[..^1];
        }
        else if (before is [(byte)'-', ..])
        {
            isNegative = true;
            before = before[1..];
        }

        var behind = cell[(last + 1)..];
        return (before.IsEmpty || IsCurrency(before)) && (behind.IsEmpty || IsCurrency(behind));
    }

    private static bool IsCurrency(ReadOnlySpan<byte> text)
    {
        var name = Encoding.UTF8.GetString(text).Trim(' ', '\t', '\u00A0', '\u202F', '\u2009', '.');
        return name.Length == 0
            || (name.Length == 1 && char.GetUnicodeCategory(name[0]) == UnicodeCategory.CurrencySymbol)
            || Currencies.Contains(name);
    }

    /// <summary>What stands between thousands at a place, which is moved to its last byte; 0 where nothing does.</summary>
    private static byte SeparatorAt(ReadOnlySpan<byte> number, ref int at)
    {
        switch (number[at..])
        {
            case [(byte)' ' or (byte)'\'' or (byte)',' or (byte)'.', ..]:
                return number[at];
            case [0xC2, 0xA0, ..]:
                at++;
                return Blank;
            case [0xE2, 0x80, 0xAF or 0x89, ..]:
                at += 2;
                return Blank;
            default:
                return 0;
        }
    }
}
