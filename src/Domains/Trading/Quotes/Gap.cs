namespace Tradepost.Trading.Quotes;

/// <summary>A time in which quotes of a symbol may be missing.</summary>
/// <param name="Stream">What was not heard: quotes, depth or trades.</param>
/// <param name="From">When it was heard last, in microseconds since 1970.</param>
/// <param name="To">When it was heard again.</param>
/// <param name="FromUpdateId">The last update before; 0 where unknown.</param>
/// <param name="ToUpdateId">The first update after; 0 where unknown.</param>
/// <param name="Reason">One of <see cref="GapReason"/>.</param>
internal readonly record struct Gap(
    string Exchange,
    string Symbol,
    string Stream,
    long From,
    long To,
    long FromUpdateId,
    long ToUpdateId,
    string Reason
);
