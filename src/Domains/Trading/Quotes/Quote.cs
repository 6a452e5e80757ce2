namespace Tradepost.Trading.Quotes;

/// <summary>The best bid and ask of a symbol at a moment. A side whose price is 0 has no orders: a price is above 0.</summary>
/// <param name="Exchange">As in Tardis's files, such as binance-futures.</param>
/// <param name="Symbol">In the exchange's spelling, upper case where it has no other.</param>
/// <param name="UpdateId">The exchange's number of the update of the order book; 0 where it gives none.</param>
/// <param name="Timestamp">The exchange's time, in microseconds since 1970; ours where it gives none.</param>
/// <param name="LocalTimestamp">When it arrived, in microseconds since 1970.</param>
/// <param name="AskAmount">Amounts and prices in units of 10⁻⁸.</param>
internal readonly record struct Quote(
    string Exchange,
    string Symbol,
    long UpdateId,
    long Timestamp,
    long LocalTimestamp,
    Int128 AskAmount,
    Int128 AskPrice,
    Int128 BidPrice,
    Int128 BidAmount
)
{
    public bool HasAsk => AskPrice != 0;

    public bool HasBid => BidPrice != 0;
}
