using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Sales;

/// <summary>Reads what is known of sales from one day to another. Nothing that was seen or sold later is looked at.</summary>
internal sealed class SalesHistoryReader(DbConnection connection, DateOnly since, DateOnly day)
{
    /// <summary>Of more products with known sales as many are taken, chosen by a hash of their keys.</summary>
    public const int MostProducts = 2000;

    /// <summary>Days that the feature <c>sold</c> is about.</summary>
    public const int DaysOfSold = 30;

    private const string KnownSkus = "SELECT DISTINCT sku FROM known_sales WHERE last_day >= @since AND last_day <= @day";

    private static readonly string SoldSkus =
        $"SELECT DISTINCT sku FROM ({CleanFeatures.Query("@day")}) s WHERE day >= @since AND day <= @day AND sold IS NOT NULL";

    private readonly SalesHistory history = new();

    private object Parameters =>
        new
        {
            since,
            day,
            most = MostProducts,
        };

    /// <summary>Reads it.</summary>
    /// <returns>The history, and where its true sales come from; null where there are none.</returns>
    public async Task<(SalesHistory History, KnownTruth? Truth)> ReadAsync(KnownTruth truth, CancellationToken cancellationToken)
    {
        if (truth != KnownTruth.Sold)
        {
            await ReadSeenAsync(KnownSkus, withSold: false, cancellationToken);
            await ReadKnownAsync(cancellationToken);
            if (history.Products.Any(product => product.Sales.Count > 0))
            {
                return (history, KnownTruth.Known);
            }
        }

        if (truth == KnownTruth.Known || (truth == KnownTruth.Auto && !await HasSoldAsync(cancellationToken)))
        {
            return (history, null);
        }

        await ReadSeenAsync(SoldSkus, withSold: true, cancellationToken);
        return (history, history.Products.Any(product => product.Sales.Count > 0) ? KnownTruth.Sold : null);
    }

    /// <summary>Whether the newest day has the feature: looking through all days takes long.</summary>
    private async Task<bool> HasSoldAsync(CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(
            $"""
            SELECT count(*) FROM ({CleanFeatures.Query("@day")}) f
            WHERE day = (SELECT max(feature_date) FROM features_daily WHERE feature_date >= @since AND feature_date <= @day) AND sold IS NOT NULL
            """,
            new { since, day },
            cancellationToken
        ) > 0;

    private async Task ReadSeenAsync(string skus, bool withSold, CancellationToken cancellationToken) =>
        await connection.ReadAsync(
            $"""
            SELECT f.sku, p.brand, p.category, {CleanFeatures.Number("f.day")}, f.reviews, {(withSold ? "f.sold" : "NULL")}
            FROM ({CleanFeatures.Query(
                "@day",
                CleanFeatures.Rows($"SELECT sku FROM ({skus}) s ORDER BY md5(sku), sku LIMIT @most", "@since", "@day")
            )}) f
            JOIN products p ON p.sku = f.sku ORDER BY f.sku, f.day
            """,
            Parameters,
            row =>
            {
                if (row.IsDBNull(4))
                {
                    return false;
                }

                var product = history.Get(row.GetString(0), Text(row, 1), Text(row, 2));
                var seen = new Observation(CleanFeatures.FirstDay + row.GetInt32(3), row.GetDouble(4));
                product.Seen.Add(seen);
                if (withSold && !row.IsDBNull(5))
                {
                    product.Sales.Add(new KnownSale(seen.Day - DaysOfSold + 1, seen.Day, row.GetDouble(5)));
                }

                return true;
            },
            cancellationToken
        );

    /// <summary>A range counts as its middle, but for totals: they are compared with the ends that the marketplace shows.</summary>
    private async Task ReadKnownAsync(CancellationToken cancellationToken) =>
        await connection.ReadAsync(
            $"""
            SELECT sku, {CleanFeatures.Number("first_day")}, {CleanFeatures.Number("last_day")}, units, most_units
            FROM known_sales WHERE last_day >= @since AND last_day <= @day ORDER BY sku, last_day, first_day
            """,
            new { since, day },
            row =>
            {
                if (history.Find(row.GetString(0)) is { } product)
                {
                    var least = row.GetDouble(3);
                    var units = row.IsDBNull(4) || product.IsSnapshot ? least : (least + row.GetDouble(4)) / 2;
                    product.Sales.Add(
                        new KnownSale(CleanFeatures.FirstDay + row.GetInt32(1), CleanFeatures.FirstDay + row.GetInt32(2), units)
                    );
                }

                return true;
            },
            cancellationToken
        );

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
