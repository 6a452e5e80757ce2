using System.Runtime.CompilerServices;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>A finished tree, by the values of columns rather than bins.</summary>
internal sealed class DecisionTree(TreeNode[] nodes, CategorySet[] categories)
{
    public TreeNode[] Nodes { get; } = nodes;

    public CategorySet[] Categories { get; } = categories;

    public int Leaves => Nodes.Count(node => node.Feature < 0);

    public static DecisionTree Of(GrowingNode root, FeatureBins[] features)
    {
        var nodes = new List<TreeNode>();
        var categories = new List<CategorySet>();
        Append(root);
        return new DecisionTree([.. nodes], [.. categories]);

        void Append(GrowingNode node)
        {
            if (node.IsLeaf)
            {
                nodes.Add(new TreeNode(node.Value, -1, -1, -1, false));
                return;
            }

            var at = nodes.Count;
            nodes.Add(default);
            Append(node.Left!);
            var right = nodes.Count;
            Append(node.Right!);
            var (split, bins) = (node.Best, features[node.Best.Feature]);
            nodes[at] = split.Categories is { } left
                ? new TreeNode(0, split.Feature, right, AddCategories(bins, left), split.MissingLeft)
                : new TreeNode(bins.Threshold(split.Bin), split.Feature, right, -1, split.MissingLeft);
        }

        int AddCategories(FeatureBins bins, byte[] left)
        {
            categories.Add(
                new CategorySet(
                    [.. Enumerable.Range(0, bins.Count).Select(bins.Category)],
                    [.. Enumerable.Range(0, bins.Count).Select(bin => left[bin] == 1)]
                )
            );
            return categories.Count - 1;
        }
    }

    /// <summary>The position of the leaf of a row.</summary>
    /// <param name="row">One value per column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Leaf(ReadOnlySpan<double> row)
    {
        var at = 0;
        while (true)
        {
            ref readonly var node = ref Nodes[at];
            if (node.Feature < 0)
            {
                return at;
            }

            var value = row[node.Feature];
            var left =
                double.IsNaN(value) ? node.MissingLeft
                : node.Categories < 0 ? value <= node.Number
                : Categories[node.Categories].GoesLeft(value, node.MissingLeft);
            at = left ? at + 1 : node.Right;
        }
    }

    /// <summary>The same tree with other leaves.</summary>
    /// <param name="value">What a leaf predicts, by its position and what it predicted.</param>
    public DecisionTree WithLeaves(Func<int, double, double> value) =>
        new([.. Nodes.Select((node, at) => node.Feature < 0 ? node with { Number = value(at, node.Number) } : node)], Categories);
}
