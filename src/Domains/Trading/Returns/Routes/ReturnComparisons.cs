using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Serving.Errors;
using Tradepost.Storage;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Publishing;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>Reads the models of a symbol and horizon.</summary>
internal static class ReturnComparisons
{
    /// <summary>What is named in the query, or the first that was trained.</summary>
    /// <exception cref="ApiException">422: what is named was not trained.</exception>
    public static async Task<ReturnComparison> ReadAsync(Store store, TrainedQuery asked, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var choice = await TrainedChoice.ReadAsync(connection, asked, cancellationToken);
        var champion = await choice.ChampionAsync(connection, cancellationToken);
        return new ReturnComparison
        {
            Trained = choice.All,
            Symbol = choice.Symbol,
            Horizon = choice.Horizon,
            Champion = champion,
            Models = choice is { Symbol: { } symbol, Horizon: { } horizon }
                ? [.. (await ReturnReports.MetricsAsync(connection, symbol, horizon, cancellationToken)).OrderBy(one => one.Figures.Rmse)]
                : [],
            Canaries = await CanariesAsync(connection, choice, cancellationToken),
            Years = champion is null ? [] : await YearsAsync(connection, champion, cancellationToken),
            Folds = champion is null ? [] : await FoldsAsync(connection, champion, cancellationToken),
        };
    }

    private static Task<IReadOnlyList<LeakCanary>> CanariesAsync(
        DbConnection connection,
        TrainedChoice choice,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            """
            SELECT name, symbol, horizon, verdict, value, most FROM return_canaries
            WHERE symbol = @Symbol AND horizon = @Horizon ORDER BY name
            """,
            new { Symbol = choice.Symbol ?? "", Horizon = choice.Horizon ?? 0 },
            row => new LeakCanary(
                row.GetString(0),
                row.GetString(1),
                row.GetInt32(2),
                row.GetString(3) == "passed" ? CanaryVerdict.Passed : CanaryVerdict.Leak,
                row.GetDouble(4),
                row.GetDouble(5)
            ),
            cancellationToken
        );

    private static Task<IReadOnlyList<CoveredYear>> YearsAsync(
        DbConnection connection,
        ReturnChampion champion,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            """
            SELECT CAST(extract(year FROM target_time) AS integer), count(*),
              CAST(avg(CASE WHEN actual >= lower_bound AND actual <= upper_bound THEN 1.0 ELSE 0.0 END) AS double precision),
              avg(upper_bound - lower_bound)
            FROM return_forecasts WHERE model = @Model AND version = @Version AND symbol = @Symbol AND horizon = @Horizon
            GROUP BY 1 ORDER BY 1
            """,
            new
            {
                champion.Model,
                champion.Version,
                champion.Symbol,
                champion.Horizon,
            },
            row => new CoveredYear(row.GetInt32(0), row.GetInt64(1), row.GetDouble(2), row.GetDouble(3)),
            cancellationToken
        );

    private static Task<IReadOnlyList<JudgedFold>> FoldsAsync(
        DbConnection connection,
        ReturnChampion champion,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            """
            SELECT fold, test_from, test_to, CAST(figures AS text) FROM return_folds
            WHERE model = @Model AND version = @Version AND symbol = @Symbol AND horizon = @Horizon AND fold IS NOT NULL ORDER BY fold
            """,
            new
            {
                champion.Model,
                champion.Version,
                champion.Symbol,
                champion.Horizon,
            },
            row =>
            {
                var figures = JsonSerializer.Deserialize<ReturnFigures>(row.GetString(3), ResultJson.Options)!;
                return new JudgedFold(
                    row.GetInt32(0),
                    row.GetDateTime(1),
                    row.GetDateTime(2),
                    figures.N,
                    figures.Rmse,
                    figures.RmseZero,
                    figures.Coverage80
                );
            },
            cancellationToken
        );
}
