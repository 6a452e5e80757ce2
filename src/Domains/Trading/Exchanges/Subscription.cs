namespace Tradepost.Trading.Exchanges;

/// <summary>What is recorded of a symbol.</summary>
[Flags]
internal enum Subscription
{
    None = 0,

    /// <summary>Best bid and ask.</summary>
    Quotes = 1,

    /// <summary>Changes of the order book.</summary>
    Depth = 2,

    Trades = 4,
}
