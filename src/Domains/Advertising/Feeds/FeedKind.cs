namespace Tradepost.Advertising.Feeds;

/// <summary>What brings numbers.</summary>
internal enum FeedKind
{
    /// <summary>The Marketing API.</summary>
    Sync,

    /// <summary>Files that a platform exports.</summary>
    Load,

    /// <summary>The advertiser's own events.</summary>
    Events,

    /// <summary>What Meta tells by webhook.</summary>
    Notices,
}
