using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Gradient boosting of trees (J. Friedman, Annals of Statistics 29, 2001) with Newton steps (T. Chen, C. Guestrin, "XGBoost", KDD 2016) on
/// histograms of binned columns (G. Ke and others, "LightGBM", NIPS 2017). Missing values go to the side where they do better; categorical
/// columns are divided by sorted gradient statistics. The order of rows matters only by rounding, unless rows are sampled or held out.
/// </summary>
public static class HistGradientBoosting
{
    internal const string Regressor = "hist_gradient_boosting_regressor";
    internal const string Classifier = "hist_gradient_boosting_classifier";

    /// <summary>Fits a regressor.</summary>
    /// <param name="features">At least 2 rows; NaN is missing. Columns with one value are not used.</param>
    /// <param name="target">One finite value per row; for the Poisson loss 0 or more.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that differ, a target that the loss does not take, or a setting out of its
    /// range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TreeEnsemble FitRegressor(
        FeatureTable features,
        ReadOnlySpan<double> target,
        HistGradientBoostingOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new HistGradientBoostingOptions();
        if (options.Loss == BoostingLossKind.LogLoss)
        {
            throw new ArgumentException(
                "The setting loss is log_loss, which is the classifier's; expected is squared_error, absolute_error, quantile or poisson.",
                nameof(options)
            );
        }

        return Fit(Regressor, features, target, options, null, cancellationToken);
    }

    /// <summary>Fits a classifier of two classes, whose predictions are probabilities of 1.</summary>
    /// <param name="features">At least 2 rows; NaN is missing. Columns with one value are not used.</param>
    /// <param name="target">0 or 1 per row, and both of them.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that differ, labels that are neither 0 nor 1 or all the same, or a setting
    /// out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TreeEnsemble FitClassifier(
        FeatureTable features,
        ReadOnlySpan<double> target,
        HistGradientBoostingOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Fit(
            Classifier,
            features,
            target,
            (options ?? new HistGradientBoostingOptions()) with
            {
                Loss = BoostingLossKind.LogLoss,
            },
            null,
            cancellationToken
        );

    /// <summary>
    /// Boosts a model further, with its own settings: on the rows of its fit this gives what fitting so many trees at once gives, on others
    /// it adapts to them.
    /// </summary>
    /// <param name="model">A boosted model; it stays as it is.</param>
    /// <param name="features">The columns of its fit.</param>
    /// <param name="target">One value per row.</param>
    /// <param name="trees">How many more; at least 1.</param>
    /// <exception cref="ArgumentException">The model is no boosted one, or the rows are refused as in a fit.</exception>
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
        var options = model.Boosting
            ?? throw new ArgumentException($"The model is a {model.Model}; only a boosted one can be boosted further.", nameof(model));
        InputRules.CheckPredict(features, model.Features);
        return Fit(model.Model, features, target, options with { MaxIter = trees }, model, cancellationToken)
            .With(options with { MaxIter = options.MaxIter + trees });
    }

    /// <summary>What a fit takes.</summary>
    internal static WorkSize Size(int rows, int columns, HistGradientBoostingOptions options)
    {
        var leaves = Math.Max(1, (double)rows / options.MinSamplesLeaf);
        leaves = Math.Min(leaves, options.MaxLeafNodes ?? double.PositiveInfinity);
        leaves = options.MaxDepth is { } depth ? Math.Min(leaves, Math.Pow(2, depth)) : leaves;
        var sampled = Math.Max(1, options.ColsampleBytree * columns);
        double histogram = (columns + BinnedTable.GroupWidth) * (double)HistogramKernel.Bins;
        return new WorkSize
        {
            Work = WorkSize.Say($"Boosting of {options.MaxIter:N0} trees on {rows:N0} rows and {columns:N0} columns"),
            Smaller = "Fewer trees (max_iter), leaves (max_leaf_nodes, min_samples_leaf) or columns take less.",
            LargestCount = histogram,
            Bytes =
                (rows * ((2.0 * columns) + 64))
                + ((leaves + 1) * histogram * sizeof(long))
                + (options.MaxIter * 2 * leaves * TreeNode.Bytes),
            Seconds =
                options.MaxIter
                * (
                    (rows * (double)columns * (1 + Math.Log2(leaves)) / 2e9)
                    + (leaves * ((histogram / 2e9) + (sampled * HistogramKernel.Bins / 1e9)))
                ),
        };
    }

    private static TreeEnsemble Fit(
        string name,
        FeatureTable features,
        ReadOnlySpan<double> target,
        HistGradientBoostingOptions options,
        TreeEnsemble? before,
        CancellationToken cancellationToken
    )
    {
        options.Check();
        InputRules.CheckFit(features, target, least: 2);
        Size(features.Rows, features.Columns, options).Check(nameof(features));
        var loss = BoostingLoss.Of(options.Loss, options.Quantile);
        loss.Check(target);
        using var team = new WorkTeam(options.NJobs ?? Environment.ProcessorCount);
        return new BoostingRun(features, target.ToArray(), options, loss, team, cancellationToken).Run(name, before);
    }
}
