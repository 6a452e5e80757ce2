namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Settings of <see cref="HistGradientBoosting"/>; names and defaults are those of scikit-learn's HistGradientBoosting, and XGBoost's for
/// <see cref="BaseScore"/>, <see cref="MinChildWeight"/>, <see cref="Subsample"/> and <see cref="ColsampleBytree"/>.
/// </summary>
public sealed record HistGradientBoostingOptions
{
    /// <summary>What is minimised; a classifier takes <see cref="BoostingLossKind.LogLoss"/> whatever this says.</summary>
    public BoostingLossKind Loss { get; init; }

    /// <summary>Which quantile, for <see cref="BoostingLossKind.Quantile"/>; between 0 and 1, both excluded.</summary>
    public double Quantile { get; init; } = 0.5;

    /// <summary>
    /// What is predicted before the first tree, a probability with <see cref="BoostingLossKind.LogLoss"/>; null: the best constant.
    /// </summary>
    public double? BaseScore { get; init; }

    /// <summary>What each tree is shrunk by; above 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How many trees; at least 1.</summary>
    public int MaxIter { get; init; } = 100;

    /// <summary>Leaves of a tree, the best divisions first; at least 2; null: as <see cref="MaxDepth"/> allows.</summary>
    public int? MaxLeafNodes { get; init; } = 31;

    /// <summary>Divisions from root to leaf; at least 1; null: any number.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Rows of a leaf; at least 1.</summary>
    public int MinSamplesLeaf { get; init; } = 20;

    /// <summary>Sum of second derivatives in a leaf; 0 or more.</summary>
    public double MinChildWeight { get; init; }

    /// <summary>λ: added to the sum of second derivatives of a leaf; 0 or more.</summary>
    public double L2Regularization { get; init; }

    /// <summary>
    /// Bins of a column besides that of missing values; 2 … 255. Also the greatest number of categories that are told apart.
    /// </summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>Share of the rows that each tree sees; above 0, at most 1.</summary>
    public double Subsample { get; init; } = 1;

    /// <summary>Share of the columns that each tree sees; above 0, at most 1.</summary>
    public double ColsampleBytree { get; init; } = 1;

    /// <summary>Whether to stop when rows that are held out get no better; the trees up to the best are kept.</summary>
    public bool EarlyStopping { get; init; }

    /// <summary>Share of the rows that is held out for that; between 0 and 1, both excluded.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Trees without a better loss before it stops; at least 1.</summary>
    public int NIterNoChange { get; init; } = 10;

    /// <summary>By how much the loss must fall to be better; 0 or more.</summary>
    public double Tol { get; init; } = 1e-7;

    /// <summary>Seed of everything that is drawn.</summary>
    public long RandomState { get; init; }

    /// <summary>Threads, 1 to 1024; null: one per processor. The result does not depend on it.</summary>
    public int? NJobs { get; init; }

    internal void Check()
    {
        InputRules.Require(Quantile is > 0 and < 1, "quantile", Quantile, "between 0 and 1");
        InputRules.Require(BaseScore is null || double.IsFinite(BaseScore.Value), "base_score", BaseScore ?? 0, "finite, or null");
        InputRules.Require(
            Loss != BoostingLossKind.LogLoss || BaseScore is null or (> 0 and < 1),
            "base_score",
            BaseScore ?? 0,
            "between 0 and 1, or null"
        );
        InputRules.Require(Loss != BoostingLossKind.Poisson || BaseScore is null or > 0, "base_score", BaseScore ?? 0, "above 0, or null");
        InputRules.Require(LearningRate > 0 && double.IsFinite(LearningRate), "learning_rate", LearningRate, "above 0");
        InputRules.Require(MaxIter >= 1, "max_iter", MaxIter, "1 or more");
        InputRules.Require(MaxLeafNodes is null or (>= 2 and <= 65_536), "max_leaf_nodes", MaxLeafNodes ?? 2, "2 to 65536, or null");
        InputRules.Require(MaxDepth is null or >= 1, "max_depth", MaxDepth ?? 1, "1 or more, or null");
        InputRules.Require(MinSamplesLeaf >= 1, "min_samples_leaf", MinSamplesLeaf, "1 or more");
        InputRules.Require(MinChildWeight >= 0 && double.IsFinite(MinChildWeight), "min_child_weight", MinChildWeight, "0 or more");
        InputRules.Require(L2Regularization >= 0 && double.IsFinite(L2Regularization), "l2_regularization", L2Regularization, "0 or more");
        InputRules.Require(MaxBins is >= 2 and <= 255, "max_bins", MaxBins, "2 to 255");
        InputRules.Require(Subsample is > 0 and <= 1, "subsample", Subsample, "above 0 and at most 1");
        InputRules.Require(ColsampleBytree is > 0 and <= 1, "colsample_bytree", ColsampleBytree, "above 0 and at most 1");
        InputRules.Require(ValidationFraction is > 0 and < 1, "validation_fraction", ValidationFraction, "between 0 and 1");
        InputRules.Require(NIterNoChange >= 1, "n_iter_no_change", NIterNoChange, "1 or more");
        InputRules.Require(Tol >= 0, "tol", Tol, "0 or more");
        InputRules.CheckThreads(NJobs);
    }
}
