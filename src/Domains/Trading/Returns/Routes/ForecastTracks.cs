using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Serving.Errors;
using Tradepost.Storage;
using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>Reads what the champion of a symbol and horizon forecast.</summary>
internal static class ForecastTracks
{
    /// <summary>Of what is named in the query, or of the first that was trained.</summary>
    /// <exception cref="ApiException">422: what is named was not trained.</exception>
    public static async Task<ForecastTrack> ReadAsync(Store store, ForecastQuery asked, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var choice = await TrainedChoice.ReadAsync(connection, asked, cancellationToken);
        var champion = await choice.ChampionAsync(connection, cancellationToken);
        var settings = champion is null ? new WalkSettings() : await SettingsAsync(connection, champion, cancellationToken);
        var equity = new EquityCurve(choice.Horizon ?? 1, settings.Cost, settings.DecisionFactor * settings.Cost);
        var walkedTo = champion is null ? null : await WalkAsync(connection, champion, equity, cancellationToken);
        return new ForecastTrack
        {
            Symbol = choice.Symbol,
            Horizon = choice.Horizon,
            Model = champion?.Model,
            Forecasts = champion is null
                ? []
                : await NewestAsync(connection, champion, walkedTo ?? Moment.ToDateTime(0), asked.Limit, cancellationToken),
            CostBasisPoints = settings.CostBasisPoints,
            DecisionFactor = settings.DecisionFactor,
            ActedShare = equity.Forecasts == 0 ? null : (double)equity.Acted / equity.Forecasts,
            Equity = equity.Days,
        };
    }

    /// <summary>By what the champion was judged, as it was registered.</summary>
    private static async Task<WalkSettings> SettingsAsync(
        DbConnection connection,
        ReturnChampion champion,
        CancellationToken cancellationToken
    ) =>
        await connection.ScalarAsync<string>(
            "SELECT CAST(parameters AS text) FROM model_versions WHERE model = @Model AND version = @Version",
            new { champion.Model, champion.Version },
            cancellationToken
        )
            is { } parameters
            ? JsonSerializer.Deserialize<WalkSettings>(parameters, ResultJson.Options)!
            : new WalkSettings();

    /// <summary>Adds up the walk; gives when its last forecast was made.</summary>
    private static async Task<DateTime?> WalkAsync(
        DbConnection connection,
        ReturnChampion champion,
        EquityCurve equity,
        CancellationToken cancellationToken
    )
    {
        var walked = await connection.ReadAsync(
            """
            SELECT feature_time, value, actual FROM return_forecasts
            WHERE model = @Model AND version = @Version AND symbol = @Symbol AND horizon = @Horizon ORDER BY feature_time
            """,
            new
            {
                champion.Model,
                champion.Version,
                champion.Symbol,
                champion.Horizon,
            },
            row => (Made: row.GetDateTime(0), Forecast: row.GetDouble(1), Actual: row.GetDouble(2)),
            cancellationToken
        );
        foreach (var (made, forecast, actual) in walked)
        {
            equity.Add(made, forecast, actual);
        }

        return walked.Count == 0 ? null : walked[^1].Made;
    }

    private static async Task<IReadOnlyList<TrackedForecast>> NewestAsync(
        DbConnection connection,
        ReturnChampion champion,
        DateTime walkedTo,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var newest = await connection.ReadAsync(
            """
            SELECT r.feature_time, r.target_time, r.fold, r.version, t.close, r.value, r.lower_bound, r.upper_bound, r.actual
            FROM (
              SELECT feature_time, target_time, fold, version, value, lower_bound, upper_bound, actual
              FROM return_forecasts WHERE model = @Model AND version = @Version AND symbol = @Symbol AND horizon = @Horizon
              UNION ALL
              SELECT p.as_of, p.made_for, CAST(NULL AS integer), p.version, p.value, p.lower_bound, p.upper_bound, p.actual
              FROM predictions p
              WHERE p.model = @Model AND p.entity = @Symbol AND p.as_of > @walkedTo AND p.version = (
                SELECT max(n.version) FROM predictions n WHERE n.model = p.model AND n.entity = p.entity AND n.as_of = p.as_of)
            ) r
            LEFT JOIN trading_features t ON t.symbol = @Symbol AND t.feature_time = r.feature_time
            ORDER BY r.feature_time DESC LIMIT @limit
            """,
            new
            {
                champion.Model,
                champion.Version,
                champion.Symbol,
                champion.Horizon,
                walkedTo,
                limit,
            },
            row => new TrackedForecast
            {
                FeatureTime = row.GetDateTime(0),
                TargetTime = row.GetDateTime(1),
                Fold = row.IsDBNull(2) ? null : row.GetInt32(2),
                Version = row.GetInt32(3),
                Close = row.IsDBNull(4) ? null : row.GetDouble(4),
                Value = row.GetDouble(5),
                Lower = row.GetDouble(6),
                Upper = row.GetDouble(7),
                Actual = row.IsDBNull(8) ? null : row.GetDouble(8),
            },
            cancellationToken
        );
        return [.. newest.Reverse()];
    }
}
