using MySqlConnector;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>The SQL of MySQL and MariaDB.</summary>
/// <param name="zone">The zone of times in columns without one, where it is not UTC.</param>
internal sealed class MySqlSourceDialect(string? zone = null) : SourceDialect
{
    public override bool HasNoZone(SourceColumn column) => column.Type == nameof(MySqlDbType.DateTime);

    // Of what is no time, as 0000-00-00, nothing can be converted: it stays what it is, and is a problem of its row.
    public override string? InUtc(string expression, SourceColumn column) =>
        zone is not null && HasNoZone(column) ? $"IFNULL(CONVERT_TZ({expression}, '{zone}', '+00:00'), {expression})" : null;

    /// <summary>TO_DAYS of 1970-01-01.</summary>
    private const int UnixEpochDays = 719_528;

    public override string Name(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    // A day's number is at hand in a time; DATEDIFF would parse its second argument for every row.
    public override string DayOf(string timeExpression) => $"COALESCE(TO_DAYS({timeExpression}) - {UnixEpochDays}, 0)";

    public override string BlockOf(string integerExpression, int size) => $"({integerExpression} DIV {size} & {int.MaxValue})";

    public override string AsBigInt(string expression) => $"CAST({expression} AS SIGNED)";

    /// <summary>CRC32 of the row's canonical text in UTF-8. Empty values are spelled out, because CONCAT_WS would drop them.</summary>
    public override string RowHash(IReadOnlyList<Column> columns, IReadOnlyDictionary<string, SourceColumn> sources) =>
        $"CRC32(CONCAT_WS('|', {string.Join(", ", columns.Select(column => TextOf(column, sources.GetValueOrDefault(column.Name))))}))";

    public override StoredRowHash? StoredHash(IReadOnlyList<Column> columns, IReadOnlyDictionary<string, SourceColumn> sources) =>
        columns.All(column => sources.ContainsKey(column.Name))
            ? new StoredRowHash(columns, [.. columns.Select(column => MySqlCanonical.DigitsOfSecond(sources[column.Name]))])
            : null;

    public override string? IsKey(string expression, SourceColumn column) => MySqlKeys.IsKey(expression, column);

    public override long SummedExactly => 1 << 21;

    /// <summary>
    /// MySQL sums whole numbers as decimals. As doubles it is faster by a fifth, and exact to the sum of 2^21 numbers of 32 bits.
    /// </summary>
    public override string SumOfHashes(string hash) => AsBigInt($"SUM({hash} + 0e0)");

    public override string Time(DateTime time) => $"'{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff")}'";

    private string TextOf(Column column, SourceColumn? source)
    {
        var text = source is null ? Name(column.Name) : MySqlCanonical.Of(Name(column.Name), column, source);
        return source is { IsNullable: false } ? text : $"IFNULL({text}, CONCAT(CHAR(92 USING utf8mb4), 'N'))";
    }
}
