using Tradepost.Learning.Evaluation;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// Widens or narrows a model's intervals by what cross-validation showed: Prophet's know nothing of the uncertainty of its own seasonality
/// and usually hold too little. The distance of each past value from its forecast, in units of the interval's half width there, is a
/// conformity score; their quantile (G. Shafer, V. Vovk, "A tutorial on conformal prediction", JMLR 9, 2008) is the factor that the half
/// widths are multiplied with.
/// </summary>
public sealed record CalibratedInterval
{
    private CalibratedInterval(double width, double factor) => (IntervalWidth, Factor) = (width, factor);

    /// <summary>The probability that is aimed at.</summary>
    public double IntervalWidth { get; }

    /// <summary>What half widths are multiplied with; 1: they were right.</summary>
    public double Factor { get; }

    /// <summary>Learns the factor.</summary>
    /// <param name="rows">Of a cross-validation with intervals.</param>
    /// <param name="intervalWidth">The probability to aim at; above 0, under 1.</param>
    /// <exception cref="ArgumentException">No rows, rows without an interval, or too few of them for that probability.</exception>
    public static CalibratedInterval Of(IReadOnlyList<CrossValidationRow> rows, double intervalWidth)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var scores = new double[rows.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Score(rows[i]);
        }

        return Array.TrueForAll(scores, double.IsFinite)
            ? new CalibratedInterval(intervalWidth, ConformalInterval.Quantile(scores, intervalWidth))
            : throw new ArgumentException("A row has no interval; calibration needs uncertainty samples.", nameof(rows));
    }

    /// <summary>
    /// The forecast with the intervals of what lies ahead corrected. Those of the history stay, which the model was fitted on, and so do
    /// the trend's.
    /// </summary>
    /// <param name="forecast">With intervals.</param>
    /// <param name="historyEnd">The last time of the history.</param>
    /// <exception cref="ArgumentException">The forecast has no intervals.</exception>
    public Forecast Apply(Forecast forecast, DateTime historyEnd)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        if (forecast is not { YhatLower: { } lower, YhatUpper: { } upper })
        {
            throw new ArgumentException("The forecast has no intervals to correct.", nameof(forecast));
        }

        return forecast with
        {
            YhatLower = [.. lower.Select((bound, i) => forecast.Yhat[i] - (FactorAt(i) * (forecast.Yhat[i] - bound)))],
            YhatUpper = [.. upper.Select((bound, i) => forecast.Yhat[i] + (FactorAt(i) * (bound - forecast.Yhat[i])))],
        };

        double FactorAt(int row) => forecast.Times[row] > historyEnd ? Factor : 1;
    }

    /// <summary>
    /// The cross-validation with corrected intervals, each cutoff's by a factor learned on the other cutoffs alone: its coverage is that of
    /// forecasts that the calibration has not seen.
    /// </summary>
    /// <exception cref="ArgumentException">Fewer than two cutoffs, or rows without an interval.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CrossValidationRow[] CrossCalibrate(
        IReadOnlyList<CrossValidationRow> rows,
        double intervalWidth,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        var factors = rows.Select(row => row.Cutoff)
            .Distinct()
            .ToDictionary(
                cutoff => cutoff,
                cutoff =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return Of([.. rows.Where(row => row.Cutoff != cutoff)], intervalWidth).Factor;
                }
            );
        return
        [
            .. rows.Select(row =>
                row with
                {
                    YhatLower = row.Yhat - (factors[row.Cutoff] * (row.Yhat - row.YhatLower)),
                    YhatUpper = row.Yhat + (factors[row.Cutoff] * (row.YhatUpper - row.Yhat)),
                }
            ),
        ];
    }

    private static double Score(CrossValidationRow row) =>
        row.Y < row.Yhat ? (row.Yhat - row.Y) / (row.Yhat - row.YhatLower) : (row.Y - row.Yhat) / (row.YhatUpper - row.Yhat);
}
