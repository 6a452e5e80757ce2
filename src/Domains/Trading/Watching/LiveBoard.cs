using Tradepost.Storage;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Watching;

/// <summary>
/// What the collectors of this process hear, as it is at this moment and before any store has it. Collectors keep it beside what they do anyway;
/// it is copied when somebody asks, however many quotes come in between.
/// </summary>
public sealed class LiveBoard(TimeProvider clock)
{
    private readonly Lock gate = new();
    private volatile Intake[] intakes = [];
    private long number;

    /// <summary>Whether any collector is at work.</summary>
    public bool HasCollectors => intakes.Length > 0;

    /// <summary>The last quote of each symbol that had one behind a number, and the number to ask with next.</summary>
    public async Task<(IReadOnlyList<LatestQuote> Quotes, long Number)> QuotesAsync(long after, CancellationToken cancellationToken)
    {
        // A quote is numbered and noted under its collector's gate: what has a number up to this one is found behind the gate.
        var upTo = Interlocked.Read(ref number);
        var quotes = new List<LatestQuote>();
        foreach (var intake in upTo > after ? intakes : [])
        {
            await intake.ReadAsync(
                () =>
                {
                    var now = clock.Microseconds();
                    foreach (var feed in intake.Feeds.Where(feed => feed.Ticker.Number > after))
                    {
                        quotes.Add(LatestQuote.Of(feed.Ticker.Last, now, feed.Ticker.PerMinute(now)));
                    }
                },
                cancellationToken
            );
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
        var isNew = known != (depth.State, depth.UpdateId);
        foreach (var intake in intakes.Where(intake => intake.Exchange == exchange))
        {
            await intake.ReadAsync(
                () =>
                {
                    if (intake.Books.TryGetValue(symbol, out var book))
                    {
                        var state = book.Book.IsLive ? DepthState.Live : DepthState.Filling;
                        isNew = known != (state, book.Book.LastUpdateId);
                        depth = isNew ? DepthOf(exchange, symbol, state, book) : depth;
                    }
                },
                cancellationToken
            );
        }

        return isNew ? depth : null;
    }

    /// <summary>Takes a collector in until it leaves.</summary>
    internal IDisposable Enter(Intake intake)
    {
        lock (gate)
        {
            intakes = [.. intakes, intake];
        }

        return new Exit(this, intake);
    }

    /// <summary>The number of a quote that is noted now.</summary>
    internal long Next() => Interlocked.Increment(ref number);

    private static MarketDepth DepthOf(string exchange, string symbol, DepthState state, SymbolBook book) =>
        new(
            exchange,
            symbol,
            state,
            book.Book.LastUpdateId,
            book.Agreement.Compared == 0 ? null : book.Agreement.Share,
            state == DepthState.Live ? [.. book.Book.Levels.Bids.Take(MarketDepth.Levels).Select(Level)] : [],
            state == DepthState.Live ? [.. book.Book.Levels.Asks.Take(MarketDepth.Levels).Select(Level)] : []
        );

    private static DepthLevel Level(Exchanges.BookLevel level) => new(Exact.ToDecimal(level.Price), Exact.ToDecimal(level.Amount));

    private sealed class Exit(LiveBoard board, Intake intake) : IDisposable
    {
        public void Dispose()
        {
            lock (board.gate)
            {
                board.intakes = [.. board.intakes.Where(other => other != intake)];
            }
        }
    }
}
