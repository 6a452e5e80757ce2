namespace Tradepost.Learning.Evaluation;

/// <summary>
/// Errors of forecasts against what came. Both spans have one length, at least 1, and hold finite numbers; anything else is an
/// <see cref="ArgumentException"/>. Definitions are scikit-learn's where it has them.
/// </summary>
public static class RegressionMetrics
{
    /// <summary>Root of the mean squared error, in the units of the values.</summary>
    public static double Rmse(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted) =>
        Math.Sqrt(Mean(actual, predicted, (y, f) => (y - f) * (y - f)));

    /// <summary>Mean absolute error, in the units of the values.</summary>
    public static double Mae(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted) =>
        Mean(actual, predicted, (y, f) => Math.Abs(y - f));

    /// <summary>Mean of |error / value|, as a share; the values must not be 0.</summary>
    /// <exception cref="ArgumentException">A value is 0.</exception>
    public static double Mape(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted) =>
        actual.Contains(0)
            ? throw new ArgumentException("A value is 0, of which an error has no share.", nameof(actual))
            : Mean(actual, predicted, (y, f) => Math.Abs((y - f) / y));

    /// <summary>Mean of |error| over the mean of |value| and |forecast|, 0 to 2; where both are 0 it counts as 0.</summary>
    public static double Smape(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted) =>
        Mean(actual, predicted, (y, f) => y == f ? 0 : 2 * Math.Abs(y - f) / (Math.Abs(y) + Math.Abs(f)));

    /// <summary>
    /// The mean absolute error as a multiple of that of forecasting the training values by the ones a season before (R. Hyndman, A. Koehler
    /// 2006).
    /// </summary>
    /// <param name="training">The values before, in order; more than a season of them.</param>
    /// <param name="season">Length of a season in rows; 1: the value before.</param>
    /// <exception cref="ArgumentException">The training values are too few, or repeat from season to season exactly.</exception>
    public static double Mase(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, ReadOnlySpan<double> training, int season = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 1);
        if (training.Length <= season)
        {
            throw new ArgumentException("The training values are not longer than a season.", nameof(training));
        }

        var naive = Mae(training[season..], training[..^season]);
        return naive > 0
            ? Mae(actual, predicted) / naive
            : throw new ArgumentException("The training values repeat exactly; errors cannot be measured by theirs.", nameof(training));
    }

    /// <summary>Mean pinball loss of forecasts of a quantile.</summary>
    /// <param name="quantile">Between 0 and 1, both excluded; 0.5 gives half the mean absolute error.</param>
    public static double Pinball(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, double quantile) =>
        quantile is > 0 and < 1
            ? Mean(actual, predicted, (y, f) => y >= f ? quantile * (y - f) : (1 - quantile) * (f - y))
            : throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile is between 0 and 1, both excluded.");

    /// <summary>The share of values within their interval, bounds included.</summary>
    public static double Coverage(ReadOnlySpan<double> actual, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        Pairs.Check(actual, lower, nameof(lower));
        Pairs.Check(actual, upper, nameof(upper));
        var within = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            within += actual[i] >= lower[i] && actual[i] <= upper[i] ? 1 : 0;
        }

        return (double)within / actual.Length;
    }

    private static double Mean(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, Func<double, double, double> loss)
    {
        Pairs.Check(actual, predicted, nameof(predicted));
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            sum += loss(actual[i], predicted[i]);
        }

        return sum / actual.Length;
    }
}
