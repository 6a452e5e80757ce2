namespace Tradepost.Trading.Watching;

/// <summary>A collector as a board asks it. Apart from what collects, which knows the board.</summary>
internal interface ILiveCollector
{
    /// <summary>The name of the exchange.</summary>
    string Exchange { get; }

    /// <summary>Adds the last quote of each symbol that had one behind a number.</summary>
    Task ReadAsync(long after, Func<long> now, List<LatestQuote> quotes, CancellationToken cancellationToken);

    /// <summary>The best levels of a symbol's book; null when none is kept.</summary>
    Task<MarketDepth?> DepthAsync(string symbol, CancellationToken cancellationToken);
}
