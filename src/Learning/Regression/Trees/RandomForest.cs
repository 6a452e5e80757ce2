using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Random forests (L. Breiman, Machine Learning 45, 2001) on binned columns: each tree sees rows drawn with putting back and looks at some
/// columns per node; leaves hold means. Missing values go to the side where they do better; categories are divided by their sorted means.
/// The order of rows matters, because rows are drawn by their position.
/// </summary>
public static class RandomForest
{
    internal const string Regressor = "random_forest_regressor";
    internal const string Classifier = "random_forest_classifier";

    /// <summary>Fits a regressor: divisions minimise the squared error.</summary>
    /// <param name="features">At least 2 rows; NaN is missing. Columns with one value are not used.</param>
    /// <param name="target">One finite value per row.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that differ, a target that is not finite, or a setting out of its
    /// range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TreeEnsemble FitRegressor(
        FeatureTable features,
        ReadOnlySpan<double> target,
        RandomForestOptions? options = null,
        CancellationToken cancellationToken = default
    ) => Fit(Regressor, features, target, options ?? new RandomForestOptions(), null, cancellationToken);

    /// <summary>Fits a classifier of two classes: divisions minimise the Gini impurity, predictions are probabilities of 1.</summary>
    /// <param name="features">At least 2 rows; NaN is missing. Columns with one value are not used.</param>
    /// <param name="target">0 or 1 per row.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that differ, labels that are neither 0 nor 1, or a setting out of its
    /// range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TreeEnsemble FitClassifier(
        FeatureTable features,
        ReadOnlySpan<double> target,
        RandomForestOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        InputRules.CheckFit(features, target, least: 2);
        InputRules.CheckLabels(target, needsBoth: false);
        return Fit(Classifier, features, target, options ?? new RandomForestOptions(), null, cancellationToken);
    }

    /// <summary>
    /// Adds trees to a forest, with its own settings: on the rows of its fit this gives what fitting so many trees at once gives.
    /// </summary>
    /// <param name="model">A forest; it stays as it is.</param>
    /// <param name="features">The columns of its fit.</param>
    /// <param name="target">One value per row.</param>
    /// <param name="trees">How many more; at least 1.</param>
    /// <exception cref="ArgumentException">The model is no forest, or the rows are refused as in a fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TreeEnsemble Continue(
        TreeEnsemble model,
        FeatureTable features,
        ReadOnlySpan<double> target,
        int trees,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        var options = model.Forest
            ?? throw new ArgumentException($"The model is a {model.Model}; only a forest can get more trees.", nameof(model));
        InputRules.CheckPredict(features, model.Features);
        return Fit(model.Model, features, target, options with { NEstimators = options.NEstimators + trees }, model, cancellationToken);
    }

    /// <summary>What a fit takes.</summary>
    internal static WorkSize Size(int rows, int columns, RandomForestOptions options, bool isClassifier)
    {
        var drawn = options.Bootstrap ? Math.Max(1, (options.MaxSamples ?? 1) * rows) : rows;
        var leaves = Math.Max(1, drawn / options.MinSamplesLeaf);
        leaves = options.MaxDepth is { } depth ? Math.Min(leaves, Math.Pow(2, depth)) : leaves;
        var perNode = ShareOf(options, isClassifier).Of(columns);
        var threads = options.NJobs ?? Environment.ProcessorCount;
        return new WorkSize
        {
            Work = WorkSize.Say($"A random forest of {options.NEstimators:N0} trees on {rows:N0} rows and {columns:N0} columns"),
            Smaller = "Fewer trees (n_estimators), rows per tree (max_samples) or leaves (min_samples_leaf, max_depth) take less.",
            LargestCount = drawn * columns,
            Bytes =
                (rows * (double)columns)
                + (threads * drawn * (columns + 48))
                + (options.NEstimators * ((2 * leaves * TreeNode.Bytes) + (8.0 * columns)))
                + (threads * 2 * leaves * GrowingNode.Bytes),
            Seconds = options.NEstimators * ((drawn * perNode * (1 + Math.Log2(leaves)) / 2e8) + (drawn * columns / 5e8)),
        };
    }

    private static MaxFeatures ShareOf(RandomForestOptions options, bool isClassifier) =>
        options.MaxFeatures ?? (isClassifier ? MaxFeatures.Sqrt : MaxFeatures.Share(1));

    private static TreeEnsemble Fit(
        string name,
        FeatureTable features,
        ReadOnlySpan<double> target,
        RandomForestOptions options,
        TreeEnsemble? before,
        CancellationToken cancellationToken
    )
    {
        options.Check();
        InputRules.CheckFit(features, target, least: 2);
        Size(features.Rows, features.Columns, options, name == Classifier).Check(nameof(features));
        var threads = options.NJobs ?? Environment.ProcessorCount;
        BinnedTable table;
        using (var team = new WorkTeam(threads))
        {
            table = new BinnedTable(features, options.MaxBins, team, grouped: false, cancellationToken);
        }

        var share = ShareOf(options, name == Classifier);
        var values = target.ToArray();
        var trees = new DecisionTree[options.NEstimators];
        var gains = new double[trees.Length][];
        before?.Trees.CopyTo(trees, 0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(
            before?.Count ?? 0,
            trees.Length,
            parallel,
            () => new ForestGrower(table, values, options, share.Of(table.Columns), cancellationToken),
            (tree, _, grower) =>
            {
                (trees[tree], gains[tree]) = grower.Grow(tree);
                return grower;
            },
            _ => { }
        );
        double[] sums = [.. before?.Gains ?? new double[table.Columns]];
        foreach (var gain in gains.OfType<double[]>())
        {
            Kernels.AddScaled(1, gain, sums);
        }

        return new TreeEnsemble(name, features.Names, features.Categorical, 0, trees, sums, null, options);
    }
}
