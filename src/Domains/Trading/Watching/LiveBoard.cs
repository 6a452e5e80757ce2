using Tradepost.Storage;

namespace Tradepost.Trading.Watching;

/// <summary>
/// What the collectors of this process hear, as it is at this moment and before any store has it. Collectors keep it beside what they do
/// anyway; it is copied when somebody asks, however many quotes come in between.
/// </summary>
public sealed class LiveBoard(TimeProvider clock)
{
    private readonly Lock gate = new();
    private volatile ILiveCollector[] collectors = [];
    private long number;

    /// <summary>Whether any collector is at work.</summary>
    public bool HasCollectors => collectors.Length > 0;

    /// <summary>The last quote of each symbol that had one behind a number, and the number to ask with next.</summary>
    public async Task<(IReadOnlyList<LatestQuote> Quotes, long Number)> QuotesAsync(long after, CancellationToken cancellationToken)
    {
        // A quote is numbered and noted under its collector's gate: what has a number up to this one is found behind the gate.
        var upTo = Interlocked.Read(ref number);
        var quotes = new List<LatestQuote>();
        foreach (var collector in upTo > after ? collectors : [])
        {
            await collector.ReadAsync(after, clock.Microseconds, quotes, cancellationToken);
        }

        return (quotes, upTo);
    }

    /// <summary>The best levels of a book; null when it is as it was after an update.</summary>
    public async Task<MarketDepth?> DepthAsync(
        string exchange,
        string symbol,
        (DepthState State, long UpdateId)? known,
        CancellationToken cancellationToken
    )
    {
        var depth = MarketDepth.Unknown(exchange, symbol);
        foreach (var collector in collectors.Where(collector => collector.Exchange == exchange))
        {
            depth = await collector.DepthAsync(symbol, cancellationToken) ?? depth;
        }

        return known == (depth.State, depth.UpdateId) ? null : depth;
    }

    /// <summary>Takes a collector in until it leaves.</summary>
    internal IDisposable Enter(ILiveCollector collector)
    {
        lock (gate)
        {
            collectors = [.. collectors, collector];
        }

        return new Exit(this, collector);
    }

    /// <summary>The number of a quote that is noted now.</summary>
    internal long Next() => Interlocked.Increment(ref number);

    private sealed class Exit(LiveBoard board, ILiveCollector collector) : IDisposable
    {
        public void Dispose()
        {
            lock (board.gate)
            {
                board.collectors = [.. board.collectors.Where(other => other != collector)];
            }
        }
    }
}
