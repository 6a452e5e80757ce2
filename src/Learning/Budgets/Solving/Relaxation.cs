namespace Tradepost.Learning.Budgets.Solving;

/// <summary>The best division under the envelopes: what no division under the curves is better than.</summary>
/// <param name="Units">Steps by channel.</param>
/// <param name="Price">What the last currency brings.</param>
internal sealed record Relaxation(long[] Units, double Price);
