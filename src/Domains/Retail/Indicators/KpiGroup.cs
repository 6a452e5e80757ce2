namespace Tradepost.Retail.Indicators;

/// <summary>The indicators of one period, region, manager, category or payment method.</summary>
public sealed record KpiGroup(
    string Key,
    long Orders,
    decimal Revenue,
    decimal? Margin,
    decimal AverageOrderValue,
    decimal CancellationRate
);
