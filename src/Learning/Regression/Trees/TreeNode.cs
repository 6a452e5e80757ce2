namespace Tradepost.Learning.Regression.Trees;

/// <summary>A node of a finished tree. The left child follows its parent.</summary>
/// <param name="Number">The greatest value that goes left; of a leaf what it predicts.</param>
/// <param name="Feature">The column; −1 for a leaf.</param>
/// <param name="Right">The position of the right child.</param>
/// <param name="Categories">The position of the set of categories that go left, for a categorical column; else −1.</param>
/// <param name="MissingLeft">Where missing values go, and categories that were not there in the fit.</param>
internal readonly record struct TreeNode(double Number, int Feature, int Right, int Categories, bool MissingLeft)
{
    /// <summary>How large it is in an array.</summary>
    public const int Bytes = 24;
}
