namespace Tradepost.Learning.Forecasting;

/// <summary>How a component enters the forecast: added to the trend, or as a share of it.</summary>
public enum SeasonalityMode
{
    Additive,
    Multiplicative,
}
