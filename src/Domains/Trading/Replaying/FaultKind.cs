namespace Tradepost.Trading.Replaying;

/// <summary>What can go wrong on the way from an exchange.</summary>
internal enum FaultKind
{
    /// <summary>All connections are cut without a word.</summary>
    Drop,

    /// <summary>Connections are closed as the protocol says.</summary>
    Close,

    /// <summary>Nothing is sent for a while, on connections that stay open.</summary>
    Stall,

    /// <summary>One stream is not sent for a while.</summary>
    Silence,

    /// <summary>A frame is sent twice.</summary>
    Duplicate,

    /// <summary>A frame is sent after the next one of its stream.</summary>
    Reorder,

    /// <summary>A frame is sent cut in half.</summary>
    Malformed,

    /// <summary>Subscriptions are acknowledged and nothing is sent, for a while.</summary>
    Unserved,

    /// <summary>Snapshots are answered late.</summary>
    LateSnapshot,

    /// <summary>Snapshots are refused with 429 and a time to wait.</summary>
    TooMany,
}
