namespace Tradepost.Trading.Candles;

/// <summary>A symbol, and the hours in which something of it came since the last time.</summary>
/// <param name="Hours">Where each begins, in microseconds and ascending.</param>
internal sealed record Recorded(string Exchange, string Symbol, IReadOnlyList<long> Hours);
