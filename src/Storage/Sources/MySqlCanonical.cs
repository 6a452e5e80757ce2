using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// The one text of a value, whatever type MySQL keeps it as, written by MySQL itself: 5 for 5, 5.00 and 00005 where a whole number
/// is wanted. <see cref="StoredRowHash"/> writes the same from what is stored. A value that is no such number or time stays as it
/// is, so that nothing near it has its text.
/// </summary>
internal static class MySqlCanonical
{
    private const string Iso = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:.]+)?(Z|[-+][0-9]{2}:[0-9]{2})?$";

    public static string Of(string value, Column column, SourceColumn source)
    {
        var form = MySqlForms.Of(source);
        var text = Of(value, column, source, form);
        return form == MySqlForm.Text ? Utf8(text) : text; // columns of several character sets do not mix
    }

    private static string Of(string value, Column column, SourceColumn source, MySqlForm form) =>
        (column.Type, form) switch
        {
            (ColumnType.BigInt or ColumnType.Integer, MySqlForm.Padded) => $"{value} + 0",
            (ColumnType.BigInt or ColumnType.Integer, MySqlForm.Decimal) => source.Scale == 0
                ? $"{value} + 0"
                : WithoutZeros($"{value} + 0"),
            (ColumnType.BigInt or ColumnType.Integer, MySqlForm.Float) => Number(value, 0),
            (ColumnType.BigInt or ColumnType.Integer, MySqlForm.Double) => Number(Text(value), 0),
            (ColumnType.BigInt or ColumnType.Integer, MySqlForm.Text) =>
                $"IF({Text(value)} REGEXP '^[-+]?[0-9]+$', CAST({Text(value)} AS DECIMAL(65,0)), {Text(value)})",
            (ColumnType.Decimal, MySqlForm.Decimal) => source.Scale == column.Scale && !source.IsPadded
                ? value
                : Number(value, column.Scale),
            (ColumnType.Decimal, MySqlForm.Whole or MySqlForm.Padded or MySqlForm.Float) => $"CAST({value} AS DECIMAL(65,{column.Scale}))",
            (ColumnType.Decimal, MySqlForm.Double or MySqlForm.Text) => Number(Text(value), column.Scale),
            (ColumnType.Boolean, not MySqlForm.Text) => $"({value} <> 0)",
            (ColumnType.Boolean, _) => $"({Text(value)} <> 0)",
            (ColumnType.Timestamp, MySqlForm.Day) => $"CAST({value} AS DATETIME)",
            (ColumnType.Timestamp, MySqlForm.Text) => Time(Text(value)),
            (ColumnType.Text, MySqlForm.Padded) => $"{value} + 0",
            (ColumnType.Text, MySqlForm.Decimal) => source.IsPadded ? $"{value} + 0" : value,
            (ColumnType.Text, MySqlForm.Float) => WithoutZeros($"CAST({value} AS DECIMAL(65,30))"),
            (ColumnType.Text, MySqlForm.Double) => WithoutZeros($"CAST({Text(value)} AS DECIMAL(65,30))"),
            (ColumnType.Text, MySqlForm.Day) => $"CAST({value} AS DATETIME)",
            (ColumnType.Text, MySqlForm.Moment or MySqlForm.Clock) when source.Scale > 0 => WithoutZeros(value),
            (ColumnType.Text, MySqlForm.Bytes) => Utf8(value),
            _ => value,
        };

    /// <summary>Digits behind the second that the text of a stored time has.</summary>
    public static int DigitsOfSecond(SourceColumn source) =>
        MySqlForms.Of(source) switch
        {
            MySqlForm.Moment => source.Scale,
            MySqlForm.Text => 6,
            _ => 0,
        };

    // An ENUM or SET is its text here, and never the number of the text.
    private static string Text(string value) => $"CONCAT({value}, '')";

    private static string Utf8(string text) => $"CONVERT({text} USING utf8mb4)";

    private static string Number(string value, int scale) =>
        $"IF(CAST({value} AS DECIMAL(65,30)) = CAST({value} AS DECIMAL(65,{scale})), CAST({value} AS DECIMAL(65,{scale})), "
        + $"CONCAT({value}, ''))";

    private static string WithoutZeros(string value) => $"TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM {value}))";

    private static string Time(string text) =>
        $"""
            CASE WHEN {text} NOT REGEXP '{Iso}' THEN {text}
                 WHEN {text} LIKE '%Z' THEN COALESCE(CAST(LEFT({text}, CHAR_LENGTH({text}) - 1) AS DATETIME(6)), {text})
                 WHEN {text} REGEXP '[-+][0-9]+:[0-9]+$' AND CHAR_LENGTH({text}) > 15
                 THEN COALESCE(TIMESTAMPADD(MINUTE, IF(SUBSTRING({text}, -6, 1) = '-', 1, -1) * (SUBSTRING({text}, -5,
                   2) * 60 + RIGHT({text}, 2)),
                                            CAST(LEFT({text}, CHAR_LENGTH({text}) - 6) AS DATETIME(6))), {text})
                 ELSE COALESCE(CAST({text} AS DATETIME(6)), {text}) END
            """;
}
