using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Serving.Errors;
using Tradepost.Storage;
using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Predicting;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>Reads what was predicted and judged.</summary>
internal static class ReturnReports
{
    /// <summary>The newest predictions first.</summary>
    /// <exception cref="ApiException">422: there is no such model, or none was trained for so many hours ahead.</exception>
    public static async Task<IReadOnlyList<ReturnPrediction>> PredictionsAsync(
        Store store,
        PredictionQuery query,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var (method, ofName) = Asked(query.ModelName);
        var found =
            query.Horizon is { } asked && ofName is { } named && asked != named
                ? throw await UntrainedAsync(connection, asked, cancellationToken)
                : await connection.ReadAsync(
                    """
                    SELECT model, version, entity, horizon, as_of, made_at, made_for, value, lower_bound, upper_bound, actual
                    FROM predictions WHERE model LIKE @pattern ORDER BY as_of DESC, model, entity, version DESC LIMIT @limit
                    """,
                    new { pattern = Pattern(method, query.Horizon ?? ofName), limit = query.Limit },
                    Read,
                    cancellationToken
                );
        return
            found.Count == 0
            && (query.Horizon ?? ofName) is { } horizon
            && !(await TrainedAsync(connection, cancellationToken)).Contains(horizon)
            ? throw await UntrainedAsync(connection, horizon, cancellationToken)
            : found;
    }

    /// <summary>The figures of each model's newest version, by horizon, symbol and model.</summary>
    /// <exception cref="ApiException">422: there is no such model.</exception>
    public static async Task<IReadOnlyList<ReturnMetrics>> MetricsAsync(Store store, string? model, CancellationToken cancellationToken)
    {
        var (method, horizon) = Asked(model);
        await using var connection = await store.OpenAsync(cancellationToken);
        return await MetricsAsync(connection, Pattern(method, horizon), "%", cancellationToken);
    }

    /// <summary>The figures of each model's newest version of a symbol and horizon, by model.</summary>
    public static Task<IReadOnlyList<ReturnMetrics>> MetricsAsync(
        DbConnection connection,
        string symbol,
        int horizon,
        CancellationToken cancellationToken
    ) => MetricsAsync(connection, Pattern(null, horizon), symbol, cancellationToken);

    private static Task<IReadOnlyList<ReturnMetrics>> MetricsAsync(
        DbConnection connection,
        string pattern,
        string symbol,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            """
            SELECT f.model, f.version, f.symbol, f.horizon, f.trained_at, f.train_from, f.test_from, f.test_to, f.data_fingerprint,
              f.feature_fingerprint, CAST(f.figures AS text), c.model IS NOT NULL, coalesce(p.made, 0), coalesce(p.known, 0), p.rmse,
              p.coverage
            FROM return_folds f
            LEFT JOIN return_champions c ON c.symbol = f.symbol AND c.horizon = f.horizon AND c.model = f.model
            LEFT JOIN (
              SELECT model, version, entity, count(*) AS made, count(actual) AS known,
                sqrt(avg((actual - value) * (actual - value))) AS rmse,
                avg(CASE WHEN actual IS NULL THEN NULL WHEN actual >= lower_bound AND actual <= upper_bound THEN 1.0 ELSE 0.0 END)
                  AS coverage
              FROM predictions WHERE model LIKE @pattern GROUP BY model, version, entity
            ) p ON p.model = f.model AND p.version = f.version AND p.entity = f.symbol
            WHERE f.fold IS NULL AND f.model LIKE @pattern AND (@symbol = '%' OR f.symbol = @symbol)
              AND f.version = (SELECT max(n.version) FROM return_folds n WHERE n.model = f.model AND n.symbol = f.symbol AND n.fold IS NULL)
            ORDER BY f.horizon, f.symbol, f.model
            """,
            new { pattern, symbol },
            row => new ReturnMetrics
            {
                Model = row.GetString(0),
                Version = row.GetInt32(1) is > 0 and var version ? version : null,
                Symbol = row.GetString(2),
                Horizon = row.GetInt32(3),
                TrainedAt = row.GetDateTime(4),
                TrainFrom = row.GetDateTime(5),
                TestFrom = row.GetDateTime(6),
                TestTo = row.GetDateTime(7),
                DataFingerprint = row.GetString(8),
                FeatureFingerprint = row.GetString(9),
                Figures = JsonSerializer.Deserialize<ReturnFigures>(row.GetString(10), ResultJson.Options)!,
                IsChampion = row.GetBoolean(11),
                Live = new LiveScore(row.GetInt64(12), row.GetInt64(13), Number(row, 14), Number(row, 15)),
            },
            cancellationToken
        );

    private static (ReturnMethod? Method, int? Horizon) Asked(string? model)
    {
        if (model is null)
        {
            return (null, null);
        }

        if (ReturnModelName.Find(model) is { } name)
        {
            return (name.Method, name.Horizon);
        }

        var all = Enum.GetValues<ReturnMethod>();
        var found = Array.FindIndex(all, method => method.ToString() == model);
        return found >= 0
            ? (all[found], null)
            : throw ApiException.Invalid(
                "model_name",
                $"There is no model \"{model}\" of returns; there are {string.Join(", ", all)}, each also with its horizon, such as "
                    + $"{new ReturnModelName(ReturnMethod.LinearRegression, 6)}.",
                [.. all.Select(method => method.ToString())]
            );
    }

    // The underscores of a pattern stand for any sign, and no other domain names its models so.
    private static string Pattern(ReturnMethod? method, int? horizon) =>
        $"{method?.ToString() ?? "%"}_log_return_{horizon?.ToString(CultureInfo.InvariantCulture) ?? "%"}h";

    private static Task<IReadOnlyList<int>> TrainedAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadAsync("SELECT DISTINCT horizon FROM return_folds ORDER BY horizon", row => row.GetInt32(0), cancellationToken);

    private static async Task<ApiException> UntrainedAsync(DbConnection connection, int horizon, CancellationToken cancellationToken)
    {
        var trained = await TrainedAsync(connection, cancellationToken);
        return ApiException.Invalid(
            "horizon",
            trained.Count == 0
                ? $"The horizon is {horizon}, and nothing was trained yet; the job trading.train does that."
                : $"The horizon is {horizon}; trained are {string.Join(", ", trained)}, and a model's name must agree with it.",
            [.. trained.Select(hours => hours.ToString(CultureInfo.InvariantCulture))]
        );
    }

    private static ReturnPrediction Read(DbDataReader row) =>
        new()
        {
            Model = row.GetString(0),
            Version = row.GetInt32(1),
            Symbol = row.GetString(2),
            Horizon = int.Parse(row.GetString(3).AsSpan()[..^1], CultureInfo.InvariantCulture),
            FeatureTime = row.GetDateTime(4),
            MadeAt = row.GetDateTime(5),
            TargetTime = row.GetDateTime(6),
            Value = row.GetDouble(7),
            Lower = row.GetDouble(8),
            Upper = row.GetDouble(9),
            Actual = Number(row, 10),
        };

    private static double? Number(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : Convert.ToDouble(row.GetValue(column), CultureInfo.InvariantCulture);
}
