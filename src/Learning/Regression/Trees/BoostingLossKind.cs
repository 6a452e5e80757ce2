namespace Tradepost.Learning.Regression.Trees;

/// <summary>What gradient boosting minimises; names are scikit-learn's.</summary>
public enum BoostingLossKind
{
    /// <summary>(y − F)²/2: predicts means.</summary>
    SquaredError,

    /// <summary>|y − F|: predicts medians.</summary>
    AbsoluteError,

    /// <summary>The pinball loss: predicts a quantile.</summary>
    Quantile,

    /// <summary>e^F − yF for counts y of 0 or more: predicts means, e^F, above 0.</summary>
    Poisson,

    /// <summary>log(1 + e^F) − yF for classes y of 0 and 1: predicts probabilities of 1. Only for classifiers.</summary>
    LogLoss,
}
