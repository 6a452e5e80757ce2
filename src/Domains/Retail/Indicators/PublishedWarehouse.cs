using System.Globalization;
using Tradepost.Storage;

namespace Tradepost.Retail.Indicators;

/// <summary>What of the warehouse can be said without reading much of it.</summary>
public static class PublishedWarehouse
{
    /// <summary>
    /// A mark of what was published last, by a load or by mended rows put in; it is another whenever the warehouse is. Empty before the
    /// first load.
    /// </summary>
    public static async Task<string> FindLoadAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ScalarAsync<string>(
            """
            SELECT COALESCE((SELECT run_id FROM etl_runs ORDER BY finished_at DESC, run_id DESC LIMIT 1), '')
                || COALESCE((SELECT CAST(max(replayed_at) AS text) FROM etl_rejects), '')
            """,
            parameters: null,
            cancellationToken
        ) ?? "";
    }

    public static async Task<SalesPeriod> PeriodAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var days = await connection.ReadAsync(
            "SELECT min(date_key), max(date_key) FROM fact_sales WHERE NOT is_deleted AND date_key > 0",
            row => row.IsDBNull(0) ? new SalesPeriod(null, null) : new SalesPeriod(Day(row.GetInt32(0)), Day(row.GetInt32(1)).AddDays(1)),
            cancellationToken
        );
        return days[0];
    }

    private static DateOnly Day(int key) => DateOnly.ParseExact(key.ToString(), "yyyyMMdd", CultureInfo.InvariantCulture);
}
