namespace Tradepost.App.Learning;

/// <summary>Errors of forecasts that many days ahead, as Prophet defines them.</summary>
internal sealed record ForecastValidationRow(
    double HorizonDays,
    double Mse,
    double Rmse,
    double Mae,
    double? Mape,
    double? Mdape,
    double Smape,
    double? Coverage
);
