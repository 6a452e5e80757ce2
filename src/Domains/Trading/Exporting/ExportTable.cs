namespace Tradepost.Trading.Exporting;

/// <summary>What can be exported.</summary>
public enum ExportTable
{
    /// <summary>Best bids and asks, as they arrived.</summary>
    Quotes,

    /// <summary>What prices did in minutes and hours.</summary>
    Candles,

    /// <summary>What was known at the end of each hour.</summary>
    Features,

    /// <summary>How models did in each fold of their walk through the past.</summary>
    Folds,

    /// <summary>What models forecast of returns, in their folds and live, and what came.</summary>
    Predictions,
}
