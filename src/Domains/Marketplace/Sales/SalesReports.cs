using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Marketplace.Sales.Market;
using Tradepost.Storage;

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

    /// <summary>The market by category or brand as of the newest estimates, what sells most revenue first.</summary>
    public static async Task<IReadOnlyList<MarketGroup>> MarketAsync(Store store, MarketQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            """
            SELECT CAST(figures AS text) FROM market_groups
            WHERE "date" = (SELECT max("date") FROM market_groups) AND part = @part
              AND model_version = (SELECT max(model_version) FROM market_groups WHERE "date" = (SELECT max("date") FROM market_groups))
            ORDER BY revenue DESC NULLS LAST, units DESC NULLS LAST, label LIMIT @limit
            """,
            new { part = MarketSurvey.NameOf(query.By), limit = query.Limit },
            row => JsonSerializer.Deserialize<MarketGroup>(row.GetString(0), ResultJson.Options)!, // the column is not null
            cancellationToken
        );
    }

    /// <summary>Keeps how good a version's estimates were, in the place of what was kept of it before.</summary>
    public static async Task KeepAsync(DbConnection connection, int version, BacktestResult? backtest, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("DELETE FROM sales_backtests WHERE model_version = @version", new { version }, cancellationToken);
        if (backtest is not null)
        {
            await connection.ExecuteAsync(
                "INSERT INTO sales_backtests (model_version, figures) VALUES (@version, CAST(@figures AS json))",
                new { version, figures = JsonSerializer.Serialize(backtest, ResultJson.Options) },
                cancellationToken
            );
        }
    }

    /// <summary>How good a version's estimates were; null where that was not kept.</summary>
    public static async Task<BacktestResult?> FindBacktestAsync(Store store, int version, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return
            await connection.ScalarAsync<string>(
                "SELECT CAST(figures AS text) FROM sales_backtests WHERE model_version = @version",
                new { version },
                cancellationToken
            )
                is { } figures
            ? JsonSerializer.Deserialize<BacktestResult>(figures, ResultJson.Options)
            : null;
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
