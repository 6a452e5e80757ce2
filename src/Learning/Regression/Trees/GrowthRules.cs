namespace Tradepost.Learning.Regression.Trees;

/// <summary>How far a tree of boosting grows.</summary>
/// <param name="MaxLeafNodes">The best nodes are divided first until there are so many leaves; null: all are, as deep as they may.</param>
/// <param name="MaxDepth">Divisions from the root to a leaf, at most; null: any number.</param>
/// <param name="MinSamplesLeaf">Rows of a leaf, at least.</param>
/// <param name="MinChildWeight">Second derivative of a leaf, at least.</param>
/// <param name="Lambda">Added to second derivatives.</param>
internal sealed record GrowthRules(int? MaxLeafNodes, int? MaxDepth, int MinSamplesLeaf, double MinChildWeight, double Lambda);
