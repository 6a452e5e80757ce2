namespace Tradepost.Trading.Watching;

/// <summary>The last best bid and ask of a symbol.</summary>
/// <param name="At">The exchange's time, UTC.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
/// <param name="SpreadBasisPoints">Of the middle of both prices.</param>
/// <param name="LagMilliseconds">From the exchange's time to the arrival.</param>
/// <param name="AgeSeconds">From the arrival to now.</param>
/// <param name="PerMinute">Quotes in the last minute.</param>
public sealed record LatestQuote(
    string Exchange, string Symbol, decimal BidPrice, decimal BidAmount, decimal AskPrice, decimal AskAmount, DateTime At, DateTime ReceivedAt,
    double SpreadBasisPoints, double LagMilliseconds, double AgeSeconds, long PerMinute);
