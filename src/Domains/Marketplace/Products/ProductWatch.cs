using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Products;

/// <summary>What somebody who watches products asks.</summary>
internal sealed class ProductWatch(Store store)
{
    private const string Columns = "p.sku, p.title, p.brand, p.category, p.first_seen, p.last_seen";

    private const int RecentDays = 30;

    /// <summary>Products behind a key, in the order of keys, with what was seen of each last.</summary>
    public async Task<IReadOnlyList<WatchedProduct>> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var (filter, parameters) = FilterOf(query);
        var products = await connection.ReadAsync(
            $"SELECT {Columns} FROM products p {filter} ORDER BY p.sku LIMIT @limit",
            parameters,
            Product,
            cancellationToken
        );
        var seen = await LastSeenAsync(connection, [.. products.Select(product => product.Sku)], cancellationToken);
        return
        [
            .. products.Select(product =>
                seen.TryGetValue(product.Sku, out var last)
                    ? product with
                    {
                        Features = last.Features,
                        RecentReviews = last.Reviews,
                    }
                    : product
            ),
        ];
    }

    /// <summary>What was seen of products last. Their keys stand in the query, so that a store passes over what has none of them.</summary>
    private static async Task<Dictionary<string, (JsonObject Features, IReadOnlyList<double> Reviews)>> LastSeenAsync(
        DbConnection connection,
        IReadOnlyList<string> skus,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, (JsonObject, IReadOnlyList<double>)>(StringComparer.Ordinal);
        if (skus.Count == 0)
        {
            return found;
        }

        await connection.ReadAsync(
            $"""
            SELECT sku, max(CASE WHEN n = 1 THEN CAST(features AS text) END), string_agg(features ->> 'reviews', ' ' ORDER BY feature_date)
            FROM (
              SELECT f.sku, f.feature_date, f.features, row_number() OVER (PARTITION BY f.sku ORDER BY f.feature_date DESC) AS n
              FROM features_daily f WHERE f.sku BETWEEN @first AND @last AND f.sku IN ({string.Join(", ", skus.Select((_, i) => $"@s{i}"))})
            ) d
            WHERE n <= {RecentDays} GROUP BY sku
            """,
            new Dictionary<string, object?>(skus.Select((sku, i) => KeyValuePair.Create($"s{i}", (object?)sku)))
            {
                ["first"] = skus[0],
                ["last"] = skus[^1],
            },
            row =>
            {
                found[row.GetString(0)] = (Object(row, 1), [.. Numbers(Text(row, 2))]);
                return true;
            },
            cancellationToken
        );
        return found;
    }

    /// <summary>A product day by day; null where there is none of that key.</summary>
    public async Task<ProductHistory?> FindHistoryAsync(string sku, ProductDaysQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        if (await FindAsync(connection, sku, cancellationToken) is not { } product)
        {
            return null;
        }

        var days = await connection.ReadAsync(
            """
            SELECT feature_date, CAST(features AS text) FROM features_daily
            WHERE sku = @sku AND feature_date >= CAST(@first AS date) AND feature_date <= CAST(@last AS date) ORDER BY feature_date
            """,
            new
            {
                sku,
                first = $"{query.From ?? new DateOnly(1, 1, 1):yyyy-MM-dd}",
                last = $"{query.To ?? new DateOnly(9999, 12, 31):yyyy-MM-dd}",
            },
            row => new ProductDay(Day(row, 0), Object(row, 1)),
            cancellationToken
        );
        var prices = await connection.ReadAsync(
            "SELECT merchant, price, valid_from, valid_to FROM price_history WHERE sku = @sku ORDER BY valid_from, merchant",
            new { sku },
            row => new PriceSpan(row.GetString(0), row.GetDecimal(1), Day(row, 2), row.IsDBNull(3) ? null : Day(row, 3)),
            cancellationToken
        );
        return new ProductHistory(days.Count == 0 ? product : product with { Features = days[^1].Features }, days, prices);
    }

    /// <summary>The last offer of each merchant, the cheapest first; null where there is no product of that key.</summary>
    public async Task<IReadOnlyList<MerchantOffer>?> FindOffersAsync(string sku, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await FindAsync(connection, sku, cancellationToken) is null
            ? null
            : await connection.ReadAsync(
                """
                SELECT o.merchant, coalesce(m.name, o.merchant), m.rating, o.price, o.availability, o.delivery_days, o.captured_at
                FROM (SELECT DISTINCT ON (merchant) * FROM offers WHERE sku = @sku ORDER BY merchant, captured_at DESC) o
                LEFT JOIN merchants m ON m.id = o.merchant ORDER BY o.price, o.merchant
                """,
                new { sku },
                row => new MerchantOffer(
                    row.GetString(0),
                    row.GetString(1),
                    row.IsDBNull(2) ? null : row.GetDouble(2),
                    row.GetDecimal(3),
                    Text(row, 4),
                    row.IsDBNull(5) ? null : row.GetInt32(5),
                    row.GetDateTime(6)
                ),
                cancellationToken
            );
    }

    private static (string Filter, Dictionary<string, object?> Parameters) FilterOf(ProductQuery query)
    {
        var conditions = new List<string>();
        var parameters = new Dictionary<string, object?> { ["limit"] = query.Limit };
        Add("p.sku > @cursor", "cursor", query.Cursor);
        Add("p.category = @category", "category", query.Category);
        Add("p.brand = @brand", "brand", query.Brand);
        Add(
            "(strpos(lower(coalesce(p.title, '')), @search) > 0 OR strpos(lower(coalesce(p.brand, '')), @search) > 0 OR strpos(lower(p.sku), @search) > 0)",
            "search",
            query.Search?.ToLowerInvariant()
        );
        return (conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}", parameters);

        void Add(string condition, string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                conditions.Add(condition);
                parameters[name] = value;
            }
        }
    }

    private static async Task<WatchedProduct?> FindAsync(DbConnection connection, string sku, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"SELECT {Columns} FROM products p WHERE p.sku = @sku",
            new { sku },
            Product,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    private static WatchedProduct Product(DbDataReader row) =>
        new(row.GetString(0), Text(row, 1), Text(row, 2), Text(row, 3), Day(row, 4), Day(row, 5), Features: null, RecentReviews: []);

    /// <summary>The numbers of a text with blanks between them; what is none is passed over.</summary>
    private static IEnumerable<double> Numbers(string? text)
    {
        foreach (var one in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                yield return number;
            }
        }
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonObject Object(DbDataReader row, int column) => (JsonObject)JsonNode.Parse(row.GetString(column))!; // the table has objects

    private static DateOnly Day(DbDataReader row, int column) =>
        row.GetValue(column) is DateOnly day
            ? day
            : DateOnly.FromDateTime(Convert.ToDateTime(row.GetValue(column), CultureInfo.InvariantCulture));
}
