using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Collecting;

/// <summary>What is shown of it while it records.</summary>
internal sealed partial class Intake
{
    public Task ReadAsync(long after, Func<long> now, List<LatestQuote> quotes, CancellationToken cancellationToken) =>
        ReadAsync(
            () =>
            {
                var moment = now();
                foreach (var ticker in feeds.Values.Select(feed => feed.Ticker).Where(ticker => ticker.Number > after))
                {
                    quotes.Add(LatestQuote.Of(ticker.Last, moment, ticker.PerMinute(moment)));
                }
            },
            cancellationToken
        );

    public async Task<MarketDepth?> DepthAsync(string symbol, CancellationToken cancellationToken)
    {
        MarketDepth? depth = null;
        await ReadAsync(() => depth = books.TryGetValue(symbol, out var book) ? DepthOf(symbol, book) : null, cancellationToken);
        return depth;
    }

    /// <summary>Reads what is kept here while nothing changes it; to be short. Once the collector has ended there is nothing.</summary>
    public async Task ReadAsync(Action read, CancellationToken cancellationToken)
    {
        try
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                read();
            }
            finally
            {
                gate.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // It ended between the look at who collects and this.
        }
    }

    private MarketDepth DepthOf(string symbol, SymbolBook book) =>
        new(
            Exchange,
            symbol,
            book.Book.IsLive ? DepthState.Live : DepthState.Filling,
            book.Book.LastUpdateId,
            book.Agreement.Compared == 0 ? null : book.Agreement.Share,
            book.Book.IsLive ? [.. book.Book.Levels.Bids.Take(MarketDepth.Levels).Select(Level)] : [],
            book.Book.IsLive ? [.. book.Book.Levels.Asks.Take(MarketDepth.Levels).Select(Level)] : []
        );

    private static DepthLevel Level(BookLevel level) => new(Exact.ToDecimal(level.Price), Exact.ToDecimal(level.Amount));
}
