using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Marketplace.Guarding;

/// <summary>The features of the store as readings, product after product and each by day, in slices that are sorted in memory.</summary>
/// <param name="connection">A connection for this alone.</param>
/// <param name="from">The first day that is read.</param>
/// <param name="rowsOfSlice">Rows, about, that are sorted at a time.</param>
internal sealed class FeatureReadings(DbConnection connection, DateOnly from, long rowsOfSlice = 4_000_000)
{
    /// <summary>Readings, each of which is gone when the next one is asked for.</summary>
    /// <param name="skus">Only these products; all when there are none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Reading> ReadAsync(
        IReadOnlyList<string> skus,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var reading = new Reading();
        foreach (var where in skus.Count > 0 ? [Of(skus)] : await SlicesAsync(cancellationToken))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                SELECT sku, CAST(feature_date - DATE '1970-01-01' AS integer), CAST(features AS text) FROM features_daily
                WHERE feature_date >= DATE {Date(from)} AND {where} ORDER BY sku, feature_date
                """;
            command.CommandTimeout = 0;
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                reading.Set(rows.GetString(0), rows.GetInt32(1), rows.GetString(2));
                yield return reading;
            }
        }
    }

    private async Task<IReadOnlyList<string>> SlicesAsync(CancellationToken cancellationToken)
    {
        var rows = await connection.ScalarAsync<long>(
            $"SELECT count(*) FROM features_daily WHERE feature_date >= DATE {Date(from)}",
            null,
            cancellationToken
        );
        if (rows <= rowsOfSlice)
        {
            return ["true"];
        }

        var products = await connection.ScalarAsync<long>("SELECT count(*) FROM products", null, cancellationToken);
        var size = Math.Max(1, products * rowsOfSlice / rows);
        var bounds = await connection.ReadAsync(
            $"SELECT sku FROM (SELECT sku, row_number() OVER (ORDER BY sku) AS n FROM products) p WHERE n % {size} = 0 ORDER BY sku",
            row => Sql.Literal(row.GetString(0)),
            cancellationToken
        );
        return
        [
            .. bounds
                .Prepend("")
                .Zip(bounds.Append(""), (low, high) => (low, high) switch
                    {
                        ("", "") => "true",
                        ("", _) => $"sku < {high}",
                        (_, "") => $"sku >= {low}",
                        _ => $"sku >= {low} AND sku < {high}",
                    }),
        ];
    }

    private static string Of(IEnumerable<string> skus) => $"sku IN ({string.Join(", ", skus.Select(Sql.Literal))})";

    private static string Date(DateOnly day) => Sql.Literal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
