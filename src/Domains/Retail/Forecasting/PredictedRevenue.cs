namespace Tradepost.Retail.Forecasting;

/// <summary>The revenue predicted for a day or a week, and what came.</summary>
/// <param name="Date">Its first day.</param>
/// <param name="Actual">Null as long as that is not known.</param>
public sealed record PredictedRevenue(DateOnly Date, double Value, double Lower, double Upper, double? Actual);
