namespace Tradepost.Learning.Regression.Trees;

/// <summary>Settings of <see cref="RandomForest"/>; names and defaults are scikit-learn's.</summary>
public sealed record RandomForestOptions
{
    /// <summary>How many trees; at least 1.</summary>
    public int NEstimators { get; init; } = 100;

    /// <summary>Divisions from root to leaf; at least 1; null: up to 512.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Rows of a node that may be divided; at least 2.</summary>
    public int MinSamplesSplit { get; init; } = 2;

    /// <summary>Different rows of a leaf; at least 1.</summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>
    /// Columns that are looked at to divide a node, more where these do not divide it; null: all for regression, the square root for
    /// classes.
    /// </summary>
    public MaxFeatures? MaxFeatures { get; init; }

    /// <summary>Whether each tree sees rows drawn with putting back; otherwise all.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>How many are drawn, as a share of all rows; above 0, at most 1; null: as many as there are.</summary>
    public double? MaxSamples { get; init; }

    /// <summary>Bins of a column besides that of missing values; 2 … 255.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>Seed of everything that is drawn.</summary>
    public long RandomState { get; init; }

    /// <summary>Threads, 1 to 1024; null: one per processor. The result does not depend on it.</summary>
    public int? NJobs { get; init; }

    internal void Check()
    {
        InputRules.Require(NEstimators >= 1, "n_estimators", NEstimators, "1 or more");
        InputRules.Require(MaxDepth is null or >= 1, "max_depth", MaxDepth ?? 1, "1 or more, or null");
        InputRules.Require(MinSamplesSplit >= 2, "min_samples_split", MinSamplesSplit, "2 or more");
        InputRules.Require(MinSamplesLeaf >= 1, "min_samples_leaf", MinSamplesLeaf, "1 or more");
        InputRules.Require(MaxSamples is null or (> 0 and <= 1), "max_samples", MaxSamples ?? 1, "above 0 and at most 1, or null");
        InputRules.Require(MaxBins is >= 2 and <= 255, "max_bins", MaxBins, "2 to 255");
        InputRules.CheckThreads(NJobs);
    }
}
