namespace Tradepost.Learning.Forecasting;

/// <summary>A forecast, one value per row in the order of the rows asked for, in the units of the series.</summary>
public sealed record Forecast
{
    /// <summary>The times of the rows.</summary>
    public required DateTime[] Times { get; init; }

    /// <summary>Trend and components together.</summary>
    public required double[] Yhat { get; init; }

    /// <summary>The lower bound of the interval; null without uncertainty samples.</summary>
    public double[]? YhatLower { get; init; }

    /// <summary>The upper bound; null without uncertainty samples.</summary>
    public double[]? YhatUpper { get; init; }

    /// <summary>The trend alone, floor included.</summary>
    public required double[] Trend { get; init; }

    /// <summary>The lower bound of the trend; the trend itself within the history. Null without uncertainty samples.</summary>
    public double[]? TrendLower { get; init; }

    /// <summary>The upper bound of the trend, likewise.</summary>
    public double[]? TrendUpper { get; init; }

    /// <summary>
    /// What each seasonality, holiday, regressor and group of them contributes: additive ones in the units of the series, multiplicative
    /// ones as a share of the trend. <c>additive_terms</c> and <c>multiplicative_terms</c> are the sums of their kind.
    /// </summary>
    public required IReadOnlyDictionary<string, double[]> Components { get; init; }
}
