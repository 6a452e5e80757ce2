using System.Globalization;
using System.Numerics;
using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>Numbers as files write them: digits, one decimal sign, an exponent. No thousands, units, percents or hexadecimals.</summary>
public static class NumberCell
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const int LongestNumber = 512;
    private const int DigitsOfDouble = 16;
    private const int GroupLength = 3;

    /// <summary>A finite number; true is 1 and false is 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, DecimalSign sign, out double number)
    {
        cell = Missing.Trim(cell);
        if (IsFlag(cell, out number))
        {
            return true;
        }

        if (sign == DecimalSign.Point)
        {
            return double.TryParse(cell, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }

        if (cell.Length > LongestNumber || cell.Contains((byte)'.'))
        {
            return false;
        }

        Span<byte> pointed = stackalloc byte[cell.Length];
        cell.Replace(pointed, (byte)',', (byte)'.');
        return double.TryParse(pointed, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>
    /// Which sign a number has. With three digits behind it and one to three before it, it could be one between thousands.
    /// </summary>
    public static NumberShape ShapeOf(ReadOnlySpan<byte> cell)
    {
        cell = Missing.Trim(cell);
        var at = cell.IndexOfAny((byte)'.', (byte)',');
        if (at < 0)
        {
            return TryParse(cell, DecimalSign.Point, out _) ? NumberShape.Whole : NumberShape.Text;
        }

        var isComma = cell[at] == (byte)',';
        if (!TryParse(cell, isComma ? DecimalSign.Comma : DecimalSign.Point, out _))
        {
            return NumberShape.Text;
        }

        var whole = cell[(cell[0] is (byte)'-' or (byte)'+' ? 1 : 0)..at];
        var rest = cell[(at + 1)..];
        var isGroup = whole.Length is >= 1 and <= GroupLength && whole[0] != (byte)'0' && rest.Length == GroupLength && IsDigits(rest);
        return (isComma, isGroup) switch
        {
            (true, true) => NumberShape.CommaOrThousands,
            (true, false) => NumberShape.Comma,
            (false, true) => NumberShape.PointOrThousands,
            _ => NumberShape.Point,
        };
    }

    /// <summary>Whether a whole number has more digits than its double keeps.</summary>
    public static bool IsRounded(ReadOnlySpan<byte> cell, double number)
    {
        cell = Missing.Trim(cell);
        var digits = cell is [(byte)'-' or (byte)'+', ..] ? cell[1..] : cell;
        return digits.Length >= DigitsOfDouble
            && IsDigits(digits)
            && BigInteger.Parse(Encoding.ASCII.GetString(digits), NumberStyles.None, CultureInfo.InvariantCulture)
                != new BigInteger(Math.Abs(number));
    }

    /// <summary>Whether it is written like a code: a zero before other digits.</summary>
    public static bool HasLeadingZero(ReadOnlySpan<byte> cell)
    {
        cell = Missing.Trim(cell);
        return cell is [(byte)'0', _, ..] && IsDigits(cell);
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool IsFlag(ReadOnlySpan<byte> cell, out double number)
    {
        number = 0;
        if (cell.Length is not (4 or 5) || cell[0] is not ((byte)'t' or (byte)'T' or (byte)'f' or (byte)'F'))
        {
            return false;
        }

        number = cell.Length == 4 ? 1 : 0;
        return cell.SequenceEqual("true"u8)
            || cell.SequenceEqual("True"u8)
            || cell.SequenceEqual("TRUE"u8)
            || cell.SequenceEqual("false"u8)
            || cell.SequenceEqual("False"u8)
            || cell.SequenceEqual("FALSE"u8);
    }
}

/// <summary>What a cell is, as a number.</summary>
public enum NumberShape
{
    Text,
    Whole,
    Point,
    PointOrThousands,
    Comma,
    CommaOrThousands,
}
