namespace Tradepost.Learning.Budgets.Solving;

/// <summary>Bounds of the sum of some channels, in steps.</summary>
internal readonly record struct GridGroup(long Lower, long Upper);
