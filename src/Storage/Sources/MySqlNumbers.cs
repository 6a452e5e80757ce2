using System.Globalization;

namespace Tradepost.Storage.Sources;

/// <summary>Numbers that MySQL gives as a floating one or as a text, read as what they are or not at all.</summary>
internal static class MySqlNumbers
{
    /// <summary>Up to here a FLOAT says which whole number it is.</summary>
    public const double WholeInFloat = 1 << 24;

    /// <summary>Up to here a DOUBLE does.</summary>
    public const double WholeInDouble = 1L << 53;

    private const int LongestText = 60;

    public static OverflowException NotWhole(IFormattable number) =>
        new($"{number.ToString(null, CultureInfo.InvariantCulture)} is not a whole number");

    // A parser of the program would pass over a NUL at the end.
    public static long Whole(string text) =>
        text.Length is 0 or > LongestText || text.AsSpan(text[0] is '+' or '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9')
            ? throw new FormatException($"'{text}' is not a whole number")
            : long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static long Whole(double number, double largest) =>
        number != Math.Truncate(number) ? throw NotWhole(number)
        : Math.Abs(number) <= largest ? (long)number
        : throw Inexact(number);

    /// <summary>The decimal number that a DOUBLE is the nearest one to.</summary>
    public static decimal Exact(double number)
    {
        var exact = decimal.Parse(number.ToString("R"), NumberStyles.Float, CultureInfo.InvariantCulture);
        return (double)exact == number && Math.Abs(number) <= WholeInDouble ? exact : throw Inexact(number);
    }

    /// <summary>The same of a FLOAT, when it is that number to so many places.</summary>
    public static decimal Exact(float number, int scale)
    {
        var exact = decimal.Parse(number.ToString("R"), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Abs(number) <= WholeInFloat && (float)exact == number && Rounded(Exact((double)number)) == Rounded(exact)
            ? exact
            : throw Inexact(number);

        decimal Rounded(decimal value) => Math.Round(value, scale, MidpointRounding.AwayFromZero);
    }

    public static double Floating(string text)
    {
        var number = double.Parse(
            text,
            NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture
        );
        return Exact(number) == MySqlDecimals.Parse(text)
            ? number
            : throw new OverflowException($"{text} has more digits than can be kept");
    }

    /// <summary>Digits without an exponent.</summary>
    public static string Plain(decimal number) => (number / 1.0000000000000000000000000000m).ToString();

    /// <summary>A number without the zeros that ZEROFILL puts before it.</summary>
    public static string WithoutPadding(string number) =>
        number.TrimStart('0') is { Length: > 0 } digits && digits[0] != '.' ? digits : $"0{number.TrimStart('0')}";

    /// <summary>A TIME as MySQL writes it: hours may be more than a day's, or negative.</summary>
    public static string Clock(TimeSpan time)
    {
        var length = time.Duration();
        var fraction = length.ToString("FFFFFF");
        return $"{(time < TimeSpan.Zero ? "-" : "")}{(int)length.TotalHours:00}:{length.Minutes:00}:{length.Seconds:00}{(fraction.Length == 0 ? "" : $".{fraction}")}";
    }

    private static OverflowException Inexact<T>(T number)
        where T : IFormattable => new($"{number:R} is a floating number that is not exact");
}
