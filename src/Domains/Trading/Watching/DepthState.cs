namespace Tradepost.Trading.Watching;

/// <summary>What is known of an order book.</summary>
public enum DepthState
{
    /// <summary>No collector of this server keeps it.</summary>
    None,

    /// <summary>Its snapshot is awaited.</summary>
    Filling,

    /// <summary>It is whole.</summary>
    Live,
}
