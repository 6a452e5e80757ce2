namespace Tradepost.Learning.Clicks.Training;

/// <summary>What tells the best epoch.</summary>
public enum ValidationMetric
{
    /// <summary>The least log loss.</summary>
    LogLoss,

    /// <summary>The greatest area under the ROC curve.</summary>
    Auc,
}
