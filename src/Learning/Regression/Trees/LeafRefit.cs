namespace Tradepost.Learning.Regression.Trees;

/// <summary>Gives the trees of a model leaves for other rows.</summary>
internal sealed class LeafRefit(
    TreeEnsemble model,
    FeatureTable features,
    double[] target,
    BoostingLoss? loss,
    double decay,
    CancellationToken cancellationToken
)
{
    private const int RowsBetweenLooks = 256;

    public TreeEnsemble Run()
    {
        var leaves = Leaves();
        if (loss is null)
        {
            return model.With(0, [.. model.Trees.Select((tree, at) => Mean(tree, leaves[at]))]);
        }

        loss.Check(target);
        var baseline = (decay * model.Baseline) + ((1 - decay) * loss.Start(model.Boosting!.BaseScore, target));
        var raw = new double[target.Length];
        raw.AsSpan().Fill(baseline);
        var (first, second) = (new double[target.Length], new double[target.Length]);
        second.AsSpan().Fill(1);
        var trees = new DecisionTree[model.Count];
        for (var i = 0; i < trees.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss.Derivatives(target, raw, first, second);
            var (tree, rows) = (model.Trees[i], leaves[i]);
            trees[i] = loss.RenewsLeaves ? Renewed(tree, rows, raw) : Stepped(tree, rows, first, second);
            for (var row = 0; row < raw.Length; row++)
            {
                raw[row] += trees[i].Nodes[rows[row]].Number;
            }
        }

        return model.With(baseline, trees);
    }

    /// <summary>Of each tree the leaf of each row.</summary>
    private int[][] Leaves()
    {
        var leaves = new int[model.Count][];
        for (var tree = 0; tree < leaves.Length; tree++)
        {
            leaves[tree] = new int[features.Rows];
        }

        var values = new double[features.Columns];
        for (var row = 0; row < features.Rows; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (var column = 0; column < values.Length; column++)
            {
                values[column] = features.Column(column)[row];
            }

            for (var tree = 0; tree < leaves.Length; tree++)
            {
                leaves[tree][row] = model.Trees[tree].Leaf(values);
            }
        }

        return leaves;
    }

    private DecisionTree Mean(DecisionTree tree, int[] leaves)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (sums, counts) = (new double[tree.Nodes.Length], new int[tree.Nodes.Length]);
        for (var row = 0; row < leaves.Length; row++)
        {
            sums[leaves[row]] += target[row];
            counts[leaves[row]]++;
        }

        return tree.WithLeaves((at, old) => counts[at] == 0 ? old : Blend(old, sums[at] / counts[at]));
    }

    private DecisionTree Stepped(DecisionTree tree, int[] leaves, double[] first, double[] second)
    {
        var (firsts, seconds, counts) = (new double[tree.Nodes.Length], new double[tree.Nodes.Length], new int[tree.Nodes.Length]);
        for (var row = 0; row < leaves.Length; row++)
        {
            firsts[leaves[row]] += first[row];
            seconds[leaves[row]] += second[row];
            counts[leaves[row]]++;
        }

        var options = model.Boosting!;
        return tree.WithLeaves(
            (at, old) =>
                counts[at] == 0
                    ? old
                    : Blend(old, -options.LearningRate * firsts[at] / (seconds[at] + options.L2Regularization + double.Epsilon))
        );
    }

    private DecisionTree Renewed(DecisionTree tree, int[] leaves, double[] raw)
    {
        var residuals = Enumerable.Range(0, leaves.Length).ToLookup(row => leaves[row], row => target[row] - raw[row]);
        return tree.WithLeaves(
            (at, old) => residuals.Contains(at) ? Blend(old, model.Boosting!.LearningRate * loss!.LeafValue(residuals[at].ToArray())) : old
        );
    }

    private double Blend(double old, double now) => (decay * old) + ((1 - decay) * now);
}
