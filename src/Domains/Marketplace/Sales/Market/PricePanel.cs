using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Sales.Market;

/// <summary>Reads the prices of the last year beside what was sold at them: of the products whose sales are known, and of a sample of all others.</summary>
internal static class PricePanel
{
    /// <summary>Of each of the two; chosen by a hash of the keys.</summary>
    private const int MostProducts = 3000;

    private const int Days = 365;

    private const string Skus = """
        SELECT sku FROM (
          SELECT sku FROM (SELECT DISTINCT sku FROM known_sales WHERE last_day >= @since AND last_day <= @day) k ORDER BY md5(sku), sku LIMIT @most
        ) known
        UNION
        SELECT sku FROM (SELECT sku FROM products WHERE first_seen <= @day ORDER BY md5(sku), sku LIMIT @most) s
        """;

    private static readonly string Query = $"""
        SELECT f.sku, p.brand, p.category, {CleanFeatures.Number("f.day")}, f.price, f.reviews
        FROM ({CleanFeatures.Query("@day", CleanFeatures.Rows(Skus, "@since", "@day"))}) f
        JOIN products p ON p.sku = f.sku ORDER BY f.sku, f.day
        """;

    /// <summary>Reads it.</summary>
    /// <param name="connection">To the store.</param>
    /// <param name="history">With known sales; null where there are none.</param>
    /// <param name="day">The last day that is looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<PricedProduct>> ReadAsync(
        DbConnection connection,
        SalesHistory? history,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var panel = new List<PricedProduct>();
        var (sku, brand, category) = ("", (string?)null, (string?)null);
        var (prices, seen) = (new List<(int Day, double LogPrice)>(), new List<Observation>());
        await connection.ReadAsync(
            Query,
            new
            {
                day,
                since = day.AddDays(-Days),
                most = MostProducts,
            },
            row =>
            {
                if (row.GetString(0) is var next && next != sku)
                {
                    End();
                    (sku, brand, category) = (next, Text(row, 1), Text(row, 2));
                }

                var number = CleanFeatures.FirstDay + row.GetInt32(3);
                if (!row.IsDBNull(4) && row.GetDouble(4) > 0)
                {
                    prices.Add((number, Math.Log(row.GetDouble(4))));
                }

                if (!row.IsDBNull(5))
                {
                    seen.Add(new Observation(number, row.GetDouble(5)));
                }

                return true;
            },
            cancellationToken
        );
        End();
        return panel;

        void End()
        {
            if (prices.Count > 0)
            {
                panel.Add(PricedProduct.Of(brand, category, prices, seen, history?.Find(sku)?.Sales ?? []));
            }

            prices.Clear();
            seen.Clear();
        }
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
