using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>How long the texts of tables are at most, from the statistics that DuckDB keeps about every column.</summary>
internal static partial class TableWidthReading
{
    /// <summary>
    /// For what DuckDB has no statistics: columns of views that are worked out, lists, texts of a table that nobody wrote to yet.
    /// </summary>
    private const double UnknownBytes = 65_536;

    public static async Task<IReadOnlyDictionary<TableName, TableWidths>> OfAsync(
        DbConnection connection,
        IReadOnlyCollection<TableName> tables,
        CancellationToken cancellationToken
    )
    {
        var widths = new Dictionary<TableName, TableWidths>();
        foreach (var table in tables)
        {
            widths[table] = await OfAsync(connection, table, cancellationToken);
        }

        return widths;
    }

    private static async Task<TableWidths> OfAsync(DbConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var name = string.Join('.', new[] { table.Catalog, table.Schema, table.Name }.OfType<string>().Select(Sql.Name));
        var columns = await connection.ReadAsync(
            $"SELECT column_name, column_type FROM (DESCRIBE {name})",
            reader => (Name: reader.GetString(0), Type: reader.GetString(1)),
            cancellationToken
        );
        var rows = await connection.ScalarAsync<long>(
            "SELECT coalesce(max(estimated_size), 4096) FROM duckdb_tables() WHERE database_name = current_database() AND "
                + $"lower(table_name) = {Sql.Literal(table.Name.ToLowerInvariant())}",
            null,
            cancellationToken
        );
        var texts = columns.Where(column => !IsFixed(column.Type)).ToList();
        var statistics =
            texts.Count == 0 ? []
            : await connection.ReadAsync(
                $"SELECT {string.Join(", ", texts.Select(column => $"stats({Sql.Name(column.Name)})"))} FROM {name} LIMIT 1",
                reader => texts.Select((_, i) => reader.IsDBNull(i) ? "" : reader.GetString(i)).ToList(),
                cancellationToken
            )
                is [var first, ..]
                ? first
            : [];
        var bytes = columns.ToDictionary(column => column.Name, _ => Measure.NumberBytes, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < texts.Count; i++)
        {
            bytes[texts[i].Name] = Math.Max(Measure.NumberBytes, statistics.Count == 0 ? 0 : Bytes(texts[i].Type, statistics[i]));
        }

        return new TableWidths(bytes, rows);
    }

    private static bool IsFixed(string type) =>
        !type.Contains('[', StringComparison.Ordinal) && !type.Contains("STRUCT", StringComparison.Ordinal) && !LongType().IsMatch(type);

    // A byte of a BLOB is shown as up to four letters.
    private static double Bytes(string type, string statistics) =>
        LongestText().Match(statistics) is { Success: true } match
        && !type.Contains('[', StringComparison.Ordinal)
        && type is "VARCHAR" or "JSON" or "BLOB"
            ? double.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture) * (type == "BLOB" ? 4 : 1)
            : UnknownBytes;

    [GeneratedRegex(@"Max String Length: (?<bytes>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongestText();

    [GeneratedRegex(
        "VARCHAR|JSON|BLOB|BIT|BIGNUM|MAP|UNION|VARIANT|GEOMETRY",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex LongType();
}
