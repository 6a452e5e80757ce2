namespace Tradepost.Trading.Watching;

/// <summary>The best levels of a symbol's order book, as a collector of this process keeps it.</summary>
/// <param name="UpdateId">The exchange's number of the last change.</param>
/// <param name="Agreement">The share of the changes after which the book's best prices were those of the quotes; null while none were
/// compared.</param>
/// <param name="Bids">The best, that is the highest, first.</param>
/// <param name="Asks">The best, that is the lowest, first.</param>
public sealed record MarketDepth(
    string Exchange,
    string Symbol,
    DepthState State,
    long UpdateId,
    double? Agreement,
    IReadOnlyList<DepthLevel> Bids,
    IReadOnlyList<DepthLevel> Asks
)
{
    /// <summary>Levels of each side.</summary>
    public const int Levels = 20;

    /// <summary>What is said of a book that nobody keeps.</summary>
    public static MarketDepth Unknown(string exchange, string symbol) => new(exchange, symbol, DepthState.None, 0, null, [], []);
}
