using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Training.Backtests;

namespace Tradepost.Retail.Forecasting;

/// <summary>
/// Revenue day by day, from the first day with sales up to a day that is left out. A day on which nothing was sold has a revenue of 0.
/// </summary>
internal static class DailyRevenue
{
    /// <summary>The first day that is not complete: the one up to which orders were read, or else the last one with sales.</summary>
    public static async Task<DateOnly?> FirstIncompleteDayAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var read = await connection.ScalarAsync<DateTime?>(
            "SELECT watermark FROM etl_watermarks WHERE source_table = 'orders'",
            parameters: null,
            cancellationToken
        );
        var last = await connection.ScalarAsync<int?>(
            "SELECT max(date_key) FROM fact_sales WHERE NOT is_deleted AND date_key > 0",
            parameters: null,
            cancellationToken
        );
        return last is not { } key ? null
            : read is { } watermark ? DateOnly.FromDateTime(watermark)
            : DateOnly.ParseExact(key.ToString(), "yyyyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>What was sold before a day.</summary>
    public static async Task<DailySeries> ReadAsync(
        Store store,
        DbConnection connection,
        DateOnly until,
        CancellationToken cancellationToken
    )
    {
        var sql = SqlScript
            .Load(typeof(DailyRevenue).Assembly, "Forecasting/daily_revenue.sql")
            .For(store.Dialect, new Dictionary<string, Func<string, string>>());
        var key = (until.Year * 10000) + (until.Month * 100) + until.Day;
        var days = await connection.ReadAsync(
            sql,
            new { until = key },
            row => (Day: DayOf(row.GetValue(0)), Revenue: (double)row.GetDecimal(1)),
            cancellationToken
        );
        return days.Count == 0 ? new DailySeries(until, []) : Of(days, until);
    }

    private static DailySeries Of(IReadOnlyList<(DateOnly Day, double Revenue)> days, DateOnly until)
    {
        var first = days[0].Day;
        var values = new double[until.DayNumber - first.DayNumber];
        foreach (var (day, revenue) in days)
        {
            values[day.DayNumber - first.DayNumber] = revenue;
        }

        return new DailySeries(first, values);
    }

    private static DateOnly DayOf(object value) => value is DateOnly day ? day : DateOnly.FromDateTime((DateTime)value);
}
