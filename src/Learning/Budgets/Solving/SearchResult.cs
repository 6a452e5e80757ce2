namespace Tradepost.Learning.Budgets.Solving;

/// <summary>What was found.</summary>
/// <param name="Units">Steps by channel.</param>
/// <param name="Value">What they bring.</param>
/// <param name="Gap">How much more no division can bring.</param>
/// <param name="Price">What the last currency brings, about.</param>
internal sealed record SearchResult(long[] Units, double Value, double Gap, double Price);
