using Tradepost.Storage;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Watching;

/// <summary>The last best bid and ask of a symbol.</summary>
/// <param name="At">The exchange's time, UTC.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
/// <param name="SpreadBasisPoints">Of the middle of both prices.</param>
/// <param name="LagMilliseconds">From the exchange's time to the arrival.</param>
/// <param name="AgeSeconds">From the arrival to now.</param>
/// <param name="PerMinute">Quotes in the last minute.</param>
public sealed record LatestQuote(
    string Exchange,
    string Symbol,
    decimal BidPrice,
    decimal BidAmount,
    decimal AskPrice,
    decimal AskAmount,
    DateTime At,
    DateTime ReceivedAt,
    double SpreadBasisPoints,
    double LagMilliseconds,
    double AgeSeconds,
    long PerMinute
)
{
    /// <summary>As somebody sees it at a moment, in microseconds since 1970.</summary>
    internal static LatestQuote Of(in Quote quote, long now, long perMinute)
    {
        var (bid, ask) = (Exact.ToDecimal(quote.BidPrice), Exact.ToDecimal(quote.AskPrice));
        return Of(
            quote.Exchange,
            quote.Symbol,
            (bid, Exact.ToDecimal(quote.BidAmount)),
            (ask, Exact.ToDecimal(quote.AskAmount)),
            quote.Timestamp,
            quote.LocalTimestamp,
            now,
            perMinute
        );
    }

    internal static LatestQuote Of(
        string exchange,
        string symbol,
        (decimal Price, decimal Amount) bid,
        (decimal Price, decimal Amount) ask,
        long timestamp,
        long received,
        long now,
        long perMinute
    ) =>
        new(
            exchange,
            symbol,
            bid.Price,
            bid.Amount,
            ask.Price,
            ask.Amount,
            Moment.ToDateTime(timestamp),
            Moment.ToDateTime(received),
            Spreads.BasisPoints((double)bid.Price, (double)ask.Price),
            (received - timestamp) / 1000.0,
            (now - received) / (double)Moment.Second,
            perMinute
        );
}
