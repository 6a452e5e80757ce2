using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Marketplace.Sales;

/// <summary>Reads estimates that were made.</summary>
internal static class SalesReports
{
    private const string Columns = "e.sku, e.\"date\", e.units, e.lower, e.upper, e.reason, e.days, e.revenue, CAST(e.forecast AS text)";

    /// <summary>The newest ones, what sells most revenue first.</summary>
    public static async Task<IReadOnlyList<SalesRow>> ListAsync(Store store, SalesFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"""
            SELECT {Columns} FROM sales_estimates e JOIN products p ON p.sku = e.sku
            WHERE e."date" = (SELECT max("date") FROM sales_estimates)
              AND e.model_version = (SELECT max(model_version) FROM sales_estimates WHERE "date" = (SELECT max("date") FROM sales_estimates))
              AND (@category = '' OR p.category = @category) AND (@brand = '' OR p.brand = @brand)
            ORDER BY e.revenue DESC NULLS LAST, e.units DESC NULLS LAST, e.sku LIMIT @limit OFFSET @cursor
            """,
            new
            {
                category = filter.Category ?? "",
                brand = filter.Brand ?? "",
                limit = filter.Limit,
                cursor = filter.Cursor,
            },
            Read,
            cancellationToken
        );
    }

    /// <summary>Those of a product, newest first, each day by the newest version.</summary>
    public static async Task<IReadOnlyList<SalesRow>> OfProductAsync(
        Store store,
        string sku,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"""
            SELECT {Columns} FROM sales_estimates e
            WHERE e.sku = @sku AND NOT EXISTS (
              SELECT 1 FROM sales_estimates n WHERE n.sku = @sku AND n."date" = e."date" AND n.model_version > e.model_version
            )
            ORDER BY e."date" DESC LIMIT @limit
            """,
            new { sku, limit },
            Read,
            cancellationToken
        );
    }

    /// <summary>The market by category or brand.</summary>
    public static async Task<IReadOnlyList<MarketShare>> MarketAsync(Store store, MarketQuery query, CancellationToken cancellationToken)
    {
        var sql = SqlScript
            .Load(typeof(SalesReports).Assembly, "Sales/market.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>> { ["part"] = _ => query.By == MarketPart.Brand ? "brand" : "category" }
            );
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            sql,
            new { limit = query.Limit },
            row => new MarketShare(
                row.IsDBNull(0) ? null : row.GetString(0),
                row.GetInt64(1),
                row.GetInt64(2),
                Number(row, 3),
                Number(row, 4),
                Number(row, 5),
                Number(row, 6),
                Number(row, 7),
                Number(row, 8)
            ),
            cancellationToken
        );
    }

    private static SalesRow Read(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetFieldValue<DateOnly>(1),
            Number(row, 2),
            Number(row, 3),
            Number(row, 4),
            Reasons.Parse(row.GetString(5)),
            row.IsDBNull(6) ? null : row.GetInt32(6),
            Number(row, 7),
            row.IsDBNull(8) ? [] : JsonSerializer.Deserialize<SalesForecast[]>(row.GetString(8), ResultJson.Options)!
        );

    private static double? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
