using MySqlConnector;

namespace Tradepost.Storage.Sources;

/// <summary>Which values of a MySQL column <see cref="MySqlRowReader"/> reads as a 64-bit key, said in MySQL's SQL.</summary>
internal static class MySqlKeys
{
    private const string Least = "-9223372036854775808";
    private const string Greatest = "9223372036854775807";

    public static string? IsKey(string expression, SourceColumn column)
    {
        var isKey = Enum.Parse<MySqlDbType>(column.Type) switch
        {
            MySqlDbType.Bool
            or MySqlDbType.Byte
            or MySqlDbType.Int16
            or MySqlDbType.Int24
            or MySqlDbType.Int32
            or MySqlDbType.Int64
            or MySqlDbType.UByte
            or MySqlDbType.UInt16
            or MySqlDbType.UInt24
            or MySqlDbType.UInt32
            or MySqlDbType.Year => null,
            MySqlDbType.UInt64 or MySqlDbType.Bit => $"{expression} <= {Greatest}",
            MySqlDbType.NewDecimal or MySqlDbType.Decimal =>
                $"{expression} = TRUNCATE({expression}, 0) AND {expression} BETWEEN {Least} AND {Greatest}",
            MySqlDbType.Float => IsWhole(expression, MySqlNumbers.WholeInFloat),
            MySqlDbType.Double => IsWhole(expression, MySqlNumbers.WholeInDouble),
            MySqlDbType.VarChar
            or MySqlDbType.String
            or MySqlDbType.VarString
            or MySqlDbType.TinyText
            or MySqlDbType.Text
            or MySqlDbType.MediumText
            or MySqlDbType.LongText
            or MySqlDbType.Enum
            or MySqlDbType.Set
            or MySqlDbType.JSON => IsDigits($"CONCAT({expression}, '')"),
            _ => "FALSE",
        };
        return (isKey, column.IsNullable) switch
        {
            (null, false) => null,
            (null, true) => $"{expression} IS NOT NULL",
            _ => $"COALESCE({isKey}, FALSE)",
        };
    }

    private static string IsWhole(string number, double largest) =>
        $"{number} = TRUNCATE({number}, 0) AND {number} BETWEEN -{largest:F0} AND {largest:F0}";

    // In a pattern $ also matches before a line break at the end, which is no digit.
    private static string IsDigits(string text) =>
        $"{text} NOT REGEXP '[^-+0-9]' AND {text} REGEXP '^[-+]?[0-9]{{1,60}}$' AND CAST({text} AS DECIMAL(65,0)) BETWEEN {Least} AND "
        + $"{Greatest}";
}
