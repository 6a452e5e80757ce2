namespace Tradepost.Trading.Returns.Figures;

/// <summary>What acting on forecasts had brought by the end of a day.</summary>
/// <param name="Day">The day (UTC) in which the last outcome fell due that is counted.</param>
/// <param name="Gross">The sum of log returns before costs.</param>
/// <param name="Net">The same after costs.</param>
public sealed record EquityDay(DateOnly Day, double Gross, double Net);
