using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Indicators;

/// <summary>The rows behind the key figures, a page at a time.</summary>
public static class SalesLines
{
    private const string Unknown = "Unknown";

    /// <summary>A page of them.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="withNames">Whether whoever asks may see what customers are called; else their numbers stand there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<SalesLine>> ReadAsync(
        Store store,
        SalesFilter filter,
        bool withNames,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var sql = SqlScript
            .Load(typeof(SalesLines).Assembly, "Indicators/sales.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>>
                {
                    ["customer"] = alias => withNames ? $"COALESCE({alias}.name, {NumberOf(alias)})" : NumberOf(alias),
                }
            );
        return await connection.ReadAsync(
            sql,
            new
            {
                from = filter.From is { } first ? DateKey(first) : 1,
                to = filter.To is { } last ? DateKey(last) : int.MaxValue,
                region = filter.Region ?? "",
                manager = filter.Manager ?? "",
                category = filter.Category ?? "",
                method = filter.PaymentMethod ?? "",
                limit = filter.Limit,
                offset = filter.Cursor,
            },
            Line,
            cancellationToken
        );
    }

    private static string NumberOf(string alias) => $"CASE WHEN {alias}.customer_id > 0 THEN 'Customer ' || {alias}.customer_id END";

    private static SalesLine Line(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt32(1),
            Day(row.GetValue(2)),
            Text(row, 3),
            Text(row, 4),
            Text(row, 5),
            Text(row, 6),
            Text(row, 7),
            Text(row, 8),
            row.GetString(9),
            row.GetString(10),
            row.GetInt32(11),
            row.GetDecimal(12),
            row.GetDecimal(13),
            row.GetDecimal(14),
            row.IsDBNull(15) ? null : row.GetDecimal(15)
        );

    private static DateOnly Day(object value) =>
        value is DateOnly day ? day : DateOnly.FromDateTime(Convert.ToDateTime(value, CultureInfo.InvariantCulture));

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? Unknown : row.GetString(column);

    private static int DateKey(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;
}
