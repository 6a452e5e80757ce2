namespace Tradepost.Learning.Evaluation;

/// <summary>Rows to fit on and rows to judge by, as indices in the order of time.</summary>
public sealed record Split(int[] Train, int[] Test);
