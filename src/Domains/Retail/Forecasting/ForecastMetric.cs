namespace Tradepost.Retail.Forecasting;

/// <summary>A figure of the version, and the same of the week before repeated.</summary>
public sealed record ForecastMetric(double Value, double? SeasonalNaive);
