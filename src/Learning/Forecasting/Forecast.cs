namespace Tradepost.Learning.Forecasting;

/// <summary>A forecast, one value per row in the order of the rows asked for, in the units of the series.</summary>
public sealed record Forecast
{
    public required DateTime[] Times { get; init; }

    public required double[] Yhat { get; init; }

    /// <summary>Bounds of the interval; null without uncertainty samples.</summary>
    public double[]? YhatLower { get; init; }

    public double[]? YhatUpper { get; init; }

    public required double[] Trend { get; init; }

    public double[]? TrendLower { get; init; }

    public double[]? TrendUpper { get; init; }

    /// <summary>
    /// What each seasonality, holiday, regressor and group of them contributes: additive ones in the units of the series, multiplicative
    /// ones as a share of the trend. <c>additive_terms</c> and <c>multiplicative_terms</c> are the sums of their kind.
    /// </summary>
    public required IReadOnlyDictionary<string, double[]> Components { get; init; }
}
