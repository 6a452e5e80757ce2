namespace Tradepost.Learning.Forecasting;

/// <summary>A column that the forecast depends on linearly; needed in the history and wherever something is predicted.</summary>
/// <param name="Name">Of the column and of the component.</param>
/// <param name="PriorScale">Standard deviation of the coefficient's prior, above 0; null: the options' <c>holidays_prior_scale</c>.</param>
/// <param name="Standardize">Whether mean and standard deviation are taken out; null: unless the values are exactly 0 and 1, or
/// constant.</param>
/// <param name="Mode">Null: the options' <c>seasonality_mode</c>.</param>
public sealed record Regressor(string Name, double? PriorScale = null, bool? Standardize = null, SeasonalityMode? Mode = null);
