using System.Globalization;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// Conversions between DuckDB's types that change nothing: what cannot be kept as it is becomes null, and never something near it.
/// </summary>
internal static class DuckDbCasts
{
    private const string Digits = "[-+]?[0-9]{1,60}";
    private const string Time = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[-+][0-9]{2}:[0-9]{2})?)?";

    private static readonly DuckDbDialect Dialect = new();

    /// <summary>A value of a column as one of our type.</summary>
    public static string Exact(string value, string type, Column column)
    {
        var target = Dialect.TypeName(column);
        return type == target
            ? value
            : (column.Type, Kind(type)) switch
            {
                (ColumnType.BigInt or ColumnType.Integer, Kinds.Text) => When($"regexp_full_match({value}, '{Digits}')", value, target),
                (ColumnType.BigInt or ColumnType.Integer, Kinds.Number) => When($"{value} = trunc({value})", value, target),
                (ColumnType.BigInt or ColumnType.Integer, Kinds.Whole) => $"TRY_CAST({value} AS {target})",
                (ColumnType.Decimal, Kinds.Whole) => $"TRY_CAST({value} AS {target})",
                (ColumnType.Decimal, Kinds.Number) when ScaleOf(type) <= column.Scale => $"TRY_CAST({value} AS {target})",
                (ColumnType.Decimal, Kinds.Text or Kinds.Number) => When(
                    Fits($"CAST({value} AS VARCHAR)", column.Scale),
                    $"CAST({value} AS VARCHAR)",
                    target
                ),
                (ColumnType.Boolean, Kinds.Whole) => $"({value} <> 0)",
                (ColumnType.Boolean, Kinds.Number) => $"CASE WHEN {value} = trunc({value}) THEN {value} <> 0 END",
                (ColumnType.Timestamp, Kinds.Text) => $"CASE WHEN regexp_full_match({value}, '{Time}') THEN {InUtc(value)} END",
                (ColumnType.Timestamp, Kinds.Zoned) => $"make_timestamp(epoch_us({value}))",
                (ColumnType.Text, Kinds.Bytes) => $"TRY(decode({value}))",
                (ColumnType.Text, _) => $"CAST({value} AS {target})",
                _ => $"TRY_CAST({value} AS {target})",
            };
    }

    // The engine's own cast passes over the zone.
    private static string InUtc(string text) =>
        $$"""
            TRY_CAST(regexp_replace({{text}}, '(Z|[-+][0-9]{2}:[0-9]{2})$', '') AS TIMESTAMP)
            - to_minutes(CASE WHEN regexp_matches({{text}}, '[-+][0-9]{2}:[0-9]{2}$')
                              THEN CASE WHEN {{text}}[-6] = '-' THEN -1
                                ELSE 1 END * (TRY_CAST({{text}}[-5:-4] AS INTEGER) * 60 + TRY_CAST({{text}}[-2:] AS INTEGER)) ELSE 0 END)
            """;

    private static string When(string condition, string value, string target) =>
        $"CASE WHEN {condition} THEN TRY_CAST({value} AS {target}) END";

    private static string Fits(string text, int scale) => $"regexp_full_match({text}, '[-+]?[0-9]+([.][0-9]{{1,{scale}}}0*)?')";

    private static int? ScaleOf(string type) =>
        type.StartsWith("DECIMAL(", StringComparison.Ordinal)
            ? int.Parse(type.AsSpan((type.IndexOf(',', StringComparison.Ordinal) + 1)..^1), CultureInfo.InvariantCulture)
            : null;

    private static Kinds Kind(string type) =>
        type switch
        {
            "BOOLEAN"
            or "TINYINT"
            or "SMALLINT"
            or "INTEGER"
            or "BIGINT"
            or "HUGEINT"
            or "UTINYINT"
            or "USMALLINT"
            or "UINTEGER"
            or "UBIGINT"
            or "UHUGEINT" => Kinds.Whole,
            "FLOAT" or "DOUBLE" => Kinds.Number,
            "VARCHAR" => Kinds.Text,
            "BLOB" => Kinds.Bytes,
            "TIMESTAMP WITH TIME ZONE" => Kinds.Zoned,
            _ => type.StartsWith("DECIMAL", StringComparison.Ordinal) ? Kinds.Number : Kinds.Other,
        };

    private enum Kinds
    {
        Whole,
        Number,
        Text,
        Bytes,
        Zoned,
        Other,
    }
}
