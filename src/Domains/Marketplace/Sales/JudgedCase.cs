namespace Tradepost.Marketplace.Sales;

/// <summary>An estimate of sales that were known afterwards.</summary>
/// <param name="Units">What was sold.</param>
/// <param name="Estimate">What was estimated.</param>
/// <param name="Constant">New reviews times one constant.</param>
/// <param name="LastMonth">The newest window before, again.</param>
internal readonly record struct JudgedCase(double Units, double Estimate, double Lower, double Upper, double Constant, double? LastMonth);
