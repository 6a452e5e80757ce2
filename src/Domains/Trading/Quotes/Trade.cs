namespace Tradepost.Trading.Quotes;

/// <summary>Trades at one price that one order of a taker made together.</summary>
/// <param name="Id">The exchange's number of them.</param>
/// <param name="IsSell">Whether the taker sold.</param>
/// <param name="Price">Price and amount in units of 10⁻⁸.</param>
internal readonly record struct Trade(
    string Exchange,
    string Symbol,
    long Id,
    long Timestamp,
    long LocalTimestamp,
    bool IsSell,
    Int128 Price,
    Int128 Amount
);
