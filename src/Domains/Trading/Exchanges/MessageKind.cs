namespace Tradepost.Trading.Exchanges;

/// <summary>What a frame from an exchange says.</summary>
internal enum MessageKind
{
    /// <summary>Nothing that is recorded.</summary>
    Other,

    /// <summary>Best bid and ask.</summary>
    Quote,

    /// <summary>A change of the order book.</summary>
    Depth,

    Trade,

    /// <summary>The answer to a request for a book.</summary>
    Snapshot,

    /// <summary>A request to subscribe was accepted.</summary>
    Acknowledgement,

    /// <summary>A request was refused.</summary>
    Refusal,

    /// <summary>The server will end the connection soon.</summary>
    Farewell,
}
