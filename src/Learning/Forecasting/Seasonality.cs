namespace Tradepost.Learning.Forecasting;

/// <summary>A periodic component as a Fourier series.</summary>
/// <param name="Name">Of the component; unique.</param>
/// <param name="Period">In days; above 0.</param>
/// <param name="FourierOrder">Pairs of sine and cosine; at least 1.</param>
/// <param name="PriorScale">Standard deviation of the coefficients' prior, above 0; null: the options'
/// <c>seasonality_prior_scale</c>.</param>
/// <param name="Mode">Null: the options' <c>seasonality_mode</c>.</param>
/// <param name="ConditionName">Column of zeros and ones; the component is zero where that is 0. Null: always.</param>
public sealed record Seasonality(
    string Name,
    double Period,
    int FourierOrder,
    double? PriorScale = null,
    SeasonalityMode? Mode = null,
    string? ConditionName = null
);
