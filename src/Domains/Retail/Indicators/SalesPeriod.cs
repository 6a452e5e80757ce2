namespace Tradepost.Retail.Indicators;

/// <summary>The days that have orders; both are null where there are none.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The day after the last one.</param>
public sealed record SalesPeriod(DateOnly? From, DateOnly? To);
