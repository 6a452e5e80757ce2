using System.Globalization;
using MySqlConnector;

namespace Tradepost.Storage.Sources;

/// <summary>Decimals with more digits than System.Decimal keeps: the driver rounds or refuses them, and does not say which.</summary>
internal static class MySqlDecimals
{
    /// <summary>As many digits as System.Decimal keeps whatever they are.</summary>
    public const int ExactDigits = 28;

    /// <summary>The value of a column with so many places; throws OverflowException where it cannot be kept as it is.</summary>
    public static decimal Read(MySqlDataReader reader, int i, int scale) =>
        TryGet(reader, i, out var value) && value.Scale == scale ? value : Parse(reader.GetMySqlDecimal(i).ToString());

    private static bool TryGet(MySqlDataReader reader, int i, out decimal value)
    {
        try
        {
            value = reader.GetDecimal(i);
            return true;
        }
        catch (FormatException)
        {
            value = 0; // it has too many digits, which the text says better
            return false;
        }
    }

    /// <summary>A number written with a point; throws where it is none, or has more digits than can be kept.</summary>
    public static decimal Parse(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException($"'{text}' is not a number"); // the parser would pass over it
        }

        var digits = text.AsSpan().TrimStart('-').TrimStart('0');
        if (digits.Contains('.'))
        {
            digits = digits.TrimEnd('0');
        }

        return digits.Length <= ExactDigits
            ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : throw new OverflowException($"{text} has more digits than can be kept");
    }
}
