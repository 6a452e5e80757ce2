namespace Tradepost.Retail.Forecasting;

/// <summary>The revenue predicted for a day or a week.</summary>
/// <param name="Date">Its first day.</param>
public sealed record ForecastPeriod(DateOnly Date, double Value, double Lower, double Upper);
