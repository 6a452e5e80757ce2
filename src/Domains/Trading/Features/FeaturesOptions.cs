using System.ComponentModel;

namespace Tradepost.Trading.Features;

/// <summary>How features are made.</summary>
public sealed record FeaturesOptions
{
    [Description("Make those that are missing or whose candles have changed, or all of them anew.")]
    public FeatureMode Mode { get; init; } = FeatureMode.Incremental;

    [Description("Show which features there are, and make none.")]
    public bool List { get; init; }
}

/// <summary>Which features are made.</summary>
public enum FeatureMode
{
    /// <summary>Those of hours that are new or whose candles have changed, and of all hours behind them.</summary>
    Incremental,

    /// <summary>All of them.</summary>
    Full,
}
