using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Learning;

/// <summary>How good forecasts of the past were.</summary>
internal sealed record ForecastValidation(int Rows, IReadOnlyList<DateTime> Cutoffs, IReadOnlyList<ForecastValidationRow> Metrics)
{
    private const int MostShown = 8;

    public static ForecastValidation Of(IReadOnlyList<CrossValidationRow> rows, CancellationToken cancellationToken) =>
        new(
            rows.Count,
            [.. rows.Select(row => row.Cutoff).Distinct()],
            [
                .. PerformanceMetrics
                    .Of(rows, cancellationToken: cancellationToken)
                    .Select(row => new ForecastValidationRow(
                        row.Horizon.TotalDays,
                        row.Mse,
                        row.Rmse,
                        row.Mae,
                        row.Mape,
                        row.Mdape,
                        row.Smape,
                        row.Coverage
                    )),
            ]
        );

    /// <summary>A few of the horizons, the first and the last among them.</summary>
    public IEnumerable<ForecastValidationRow> Shown() =>
        Metrics.Count <= MostShown
            ? Metrics
            : Enumerable.Range(0, MostShown).Select(i => Metrics[i * (Metrics.Count - 1) / (MostShown - 1)]);
}
