namespace Tradepost.Learning.Forecasting;

/// <summary>How a component enters the forecast: added to the trend, or as a share of it.</summary>
public enum SeasonalityMode
{
    /// <summary>Added, in the units of the series.</summary>
    Additive,

    /// <summary>A share of the trend.</summary>
    Multiplicative,
}
