using Tradepost.Retail.Sources;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>The rows of a table as the warehouse holds them, as SQL: unit, bucket, money and hash.</summary>
internal static class StagedRows
{
    /// <summary>
    /// What is staged, with what was kept aside without being staged: together they mirror the source's rows that have a unit.
    /// </summary>
    public static string Before(SourceTable table) =>
        $"""
            (SELECT {Sql.Name(table.Unit)} AS unit, bucket, {Money(table)} AS money, row_hash FROM {Sql.Name(table.Staging)}
             UNION ALL SELECT unit, bucket, money, row_hash FROM {Unstaged(table)} d)
            """;

    /// <summary>What is staged of a table none of whose rows was ever kept aside; otherwise something that equals nothing.</summary>
    public static string Unrejected(SourceTable table) =>
        $"""
            (SELECT bucket, {Money(table)} AS money, row_hash FROM {Sql.Name(table.Staging)}
             UNION ALL SELECT -1, CAST(0 AS numeric(18,2)), 0 FROM etl_rejects WHERE source_table = {Sql.Literal(table.Name)})
            """;

    /// <summary>What this run read.</summary>
    public static string Landed(SourceTable table) =>
        $"(SELECT {Sql.Name(table.Unit)} AS unit, bucket, {Money(table)} AS money, row_hash FROM {Sql.Name(table.Landing)} WHERE "
        + $"{Sql.Name(table.Unit)} IS NOT NULL)";

    /// <summary>What will be staged once the run is published.</summary>
    public static string After(SourceTable table) =>
        $"""
            (SELECT unit, bucket, money, row_hash FROM {Before(table)} b
             WHERE NOT EXISTS (SELECT 1 FROM {Sql.Name(table.Replaced)} r WHERE r.unit = b.unit)
             UNION ALL SELECT unit, bucket, money, row_hash FROM {Landed(table)} l)
            """;

    /// <summary>The part of what is staged that this run replaces.</summary>
    public static string Replaced(SourceTable table) =>
        $"""
            (SELECT bucket, {Money(table)} AS money, row_hash FROM {Sql.Name(table.Displaced)}
             UNION ALL
             SELECT bucket, money, row_hash FROM {Unstaged(table)} d WHERE unit IN (SELECT unit FROM {Sql.Name(table.Replaced)}))
            """;

    /// <summary>Of several rows with one key all but the latest, and rows whose key breaks off behind the unit.</summary>
    private static string Unstaged(SourceTable table) =>
        $"""
            (SELECT CAST(NULLIF(split_part(natural_key, ':', 1), '') AS bigint) AS unit, bucket, amount AS money, row_hash FROM etl_rejects
             WHERE source_table = {Sql.Literal(table.Name)} AND (rule LIKE '%.key.unique' OR natural_key LIKE '%:') AND replayed_at IS NULL
               AND split_part(natural_key, ':', 1) <> '')
            """;

    private static string Money(SourceTable table) => table.Money is { } column ? Sql.Name(column) : "CAST(0 AS numeric(18,2))";
}
