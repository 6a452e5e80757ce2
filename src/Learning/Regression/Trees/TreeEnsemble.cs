namespace Tradepost.Learning.Regression.Trees;

/// <summary>Many trees that predict together: their sum for boosting, their mean for a forest.</summary>
public sealed class TreeEnsemble : IRegressionModel
{
    private const int Block = 64;

    private readonly BoostingLoss? loss;

    internal TreeEnsemble(
        string model,
        IReadOnlyList<string> features,
        IReadOnlyList<bool> categorical,
        double baseline,
        DecisionTree[] trees,
        double[] gains,
        HistGradientBoostingOptions? boosting,
        RandomForestOptions? forest
    )
    {
        (Model, Features, Categorical, Baseline, Trees, Gains, Boosting, Forest) = (
            model,
            features,
            categorical,
            baseline,
            trees,
            gains,
            boosting,
            forest
        );
        loss = boosting is null ? null : BoostingLoss.Of(boosting.Loss, boosting.Quantile);
    }

    /// <inheritdoc/>
    public string Model { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Features { get; }

    /// <summary>Which of the columns are categories.</summary>
    public IReadOnlyList<bool> Categorical { get; }

    /// <inheritdoc/>
    public bool IsClassifier => Model is HistGradientBoosting.Classifier or RandomForest.Classifier;

    /// <summary>How many trees there are.</summary>
    public int Count => Trees.Length;

    /// <summary>How many leaves they have together.</summary>
    public int Leaves => Trees.Sum(tree => tree.Leaves);

    /// <summary>
    /// Of each column the share in what all divisions gained: for boosting of the loss's second-order fall, for a forest of the squared
    /// error (of classes: the Gini impurity). They add up to 1, or are 0 when nothing was divided. Columns with many values are favoured;
    /// <see cref="PermutationImportance"/> does not favour them.
    /// </summary>
    public double[] FeatureImportances => Gains.Sum() is > 0 and var sum ? [.. Gains.Select(gain => gain / sum)] : [.. Gains];

    /// <inheritdoc/>
    public double[] Importances(FeatureTable rows, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return FeatureImportances;
    }

    internal double Baseline { get; }

    internal DecisionTree[] Trees { get; }

    internal double[] Gains { get; }

    internal HistGradientBoostingOptions? Boosting { get; }

    internal RandomForestOptions? Forest { get; }

    /// <inheritdoc/>
    public double[] Predict(FeatureTable rows, CancellationToken cancellationToken = default)
    {
        var predictions = PredictRaw(rows, cancellationToken);
        for (var row = 0; row < predictions.Length; row++)
        {
            predictions[row] = loss is null ? predictions[row] / Trees.Length : loss.Predict(predictions[row]);
        }

        return predictions;
    }

    /// <summary>The same divisions with leaves for other rows, such as later ones.</summary>
    /// <param name="features">The columns of the fit.</param>
    /// <param name="target">One value per row, as the fit takes them.</param>
    /// <param name="decay">What of the old leaves is kept; 0: nothing but where a leaf has no rows; 1: everything.</param>
    /// <exception cref="ArgumentException">The rows are refused as in a fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A decay outside 0 … 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TreeEnsemble RefitLeaves(
        FeatureTable features,
        ReadOnlySpan<double> target,
        double decay = 0,
        CancellationToken cancellationToken = default
    )
    {
        if (!(decay is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "What is kept is a share, 0 to 1.");
        }

        InputRules.CheckPredict(features, Features);
        InputRules.CheckFit(features, target, least: 1);
        new WorkSize
        {
            Work = WorkSize.Say($"New leaves of {Count:N0} trees for {features.Rows:N0} rows"),
            Smaller = "Fewer rows take less.",
            Bytes = sizeof(int) * (double)Count * features.Rows,
            Seconds = Count * (double)features.Rows / 1e7,
        }.Check(nameof(features));
        return new LeafRefit(this, features, target.ToArray(), loss, decay, cancellationToken).Run();
    }

    /// <inheritdoc/>
    public string ToJson() => TreeDocument.Write(this);

    internal TreeEnsemble With(HistGradientBoostingOptions boosting) =>
        new(Model, Features, Categorical, Baseline, Trees, Gains, boosting, Forest);

    internal TreeEnsemble With(double baseline, DecisionTree[] trees) =>
        new(Model, Features, Categorical, baseline, trees, Gains, Boosting, Forest);

    /// <summary>Baseline and the sum of the trees.</summary>
    internal double[] PredictRaw(FeatureTable rows, CancellationToken cancellationToken)
    {
        InputRules.CheckPredict(rows, Features);
        if (!rows.Categorical.SequenceEqual(Categorical))
        {
            throw new ArgumentException("Other columns are categories than in the fit.", nameof(rows));
        }

        var predictions = new double[rows.Rows];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, (rows.Rows + Block - 1) / Block, parallel, block => PredictBlock(rows, block * Block, predictions));
        return predictions;
    }

    /// <summary>A few rows go through each tree while it is in the cache.</summary>
    private void PredictBlock(FeatureTable rows, int from, double[] predictions)
    {
        var (count, width) = (Math.Min(Block, rows.Rows - from), rows.Columns);
        var values = new double[count * width];
        for (var column = 0; column < width; column++)
        {
            var source = rows.Column(column).Slice(from, count);
            for (var row = 0; row < count; row++)
            {
                values[(row * width) + column] = source[row];
            }
        }

        var sums = predictions.AsSpan(from, count);
        sums.Fill(Baseline);
        foreach (var tree in Trees)
        {
            for (var row = 0; row < count; row++)
            {
                sums[row] += tree.Nodes[tree.Leaf(values.AsSpan(row * width, width))].Number;
            }
        }
    }
}
