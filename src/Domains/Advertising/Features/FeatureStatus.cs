namespace Tradepost.Advertising.Features;

/// <summary>Whether a value can be relied on.</summary>
internal enum FeatureStatus
{
    /// <summary>Something was learned of the account lately.</summary>
    Fresh,

    /// <summary>Nothing was learned of it for longer than is set.</summary>
    Stale,

    /// <summary>Nothing is known.</summary>
    Unknown,
}
