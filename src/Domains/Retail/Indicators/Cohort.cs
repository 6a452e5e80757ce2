namespace Tradepost.Retail.Indicators;

/// <summary>Customers who ordered first in a month, and which share of them ordered in the months after it (the first is 1).</summary>
public sealed record Cohort(string Month, long Customers, IReadOnlyList<decimal> Retention);
