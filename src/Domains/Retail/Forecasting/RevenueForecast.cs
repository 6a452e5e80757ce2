namespace Tradepost.Retail.Forecasting;

/// <summary>The revenue of the days or weeks to come.</summary>
/// <param name="Version">The version in production, which made it; null when there is none.</param>
/// <param name="AsOf">What was sold from then on was not known.</param>
public sealed record RevenueForecast(string Model, int? Version, DateTime? AsOf, DateTime? MadeAt, IReadOnlyList<PredictedRevenue> Items);
