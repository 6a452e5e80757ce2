using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Sales;

/// <summary>The day whose view is taken.</summary>
internal static class SalesDay
{
    /// <summary>A day before any that there is.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>The one that was asked for, or the last one on which anything was seen.</summary>
    /// <exception cref="JobFailedException">Nothing was seen until then.</exception>
    public static async Task<DateOnly> GetAsync(DbConnection connection, DateOnly? asked, CancellationToken cancellationToken) =>
        await FindAsync(connection, asked, cancellationToken)
        ?? throw new JobFailedException(
            asked is { } day
                ? $"No product was seen until {day:yyyy-MM-dd}; choose a later day."
                : "No product was seen yet; load some with `tradepost marketplace load FILE`."
        );

    /// <summary>The same; null where nothing was seen until then.</summary>
    public static async Task<DateOnly?> FindAsync(DbConnection connection, DateOnly? asked, CancellationToken cancellationToken)
    {
        var last = await connection.ScalarAsync<int?>(
            $"SELECT {CleanFeatures.Number("max(feature_date)")} FROM features_daily WHERE feature_date <= @until",
            new { until = asked ?? DateOnly.MaxValue },
            cancellationToken
        );
        return last is { } number ? asked ?? DateOnly.FromDayNumber(CleanFeatures.FirstDay + number) : null;
    }
}
