namespace Tradepost.Learning.Forecasting;

/// <summary>Errors of forecasts this far ahead, over a window of horizons that ends there.</summary>
/// <param name="Horizon">How far ahead.</param>
/// <param name="Mse">Mean squared error.</param>
/// <param name="Rmse">Its root.</param>
/// <param name="Mae">Mean absolute error.</param>
/// <param name="Mape">Mean of |error / value|; null where a value is nearly 0.</param>
/// <param name="Mdape">Median of the same.</param>
/// <param name="Smape">Mean of |error| over the mean of |value| and |forecast|.</param>
/// <param name="Coverage">Share of values within the interval; null without intervals.</param>
public sealed record PerformanceRow(
    TimeSpan Horizon,
    double Mse,
    double Rmse,
    double Mae,
    double? Mape,
    double? Mdape,
    double Smape,
    double? Coverage
);
