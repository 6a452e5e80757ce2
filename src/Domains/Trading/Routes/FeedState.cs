using Tradepost.Storage.Connections;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Routes;

/// <summary>The feeds as they are now: of collectors here at once, of others as the store has them.</summary>
internal sealed class FeedState(QuoteWatch watch, LiveBoard board, Settings settings)
{
    public async Task<Feeds> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await watch.LatestAsync(cancellationToken);
        var (live, _) = await board.QuotesAsync(after: 0, cancellationToken);
        var heard = live.Select(quote => (quote.Exchange, quote.Symbol)).ToHashSet();
        var log = await ReadLogAsync(cancellationToken);
        return new Feeds(
            [
                .. stored
                    .Where(quote => !heard.Contains((quote.Exchange, quote.Symbol)))
                    .Concat(live)
                    .OrderBy(quote => quote.Exchange, StringComparer.Ordinal)
                    .ThenBy(quote => quote.Symbol, StringComparer.Ordinal),
            ],
            log.LogBytes,
            log.WrittenAt
        );
    }

    public async Task<FeedLog> ReadLogAsync(CancellationToken cancellationToken) =>
        new(LogBytes(), await watch.WrittenAsync(cancellationToken));

    private long LogBytes()
    {
        var folder = new DirectoryInfo(TradingDomain.LogFolder(settings));
        return folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }
}

/// <summary>What comes in.</summary>
/// <param name="Items">The last quote of each symbol.</param>
/// <param name="LogBytes">What the collector's log takes on this machine's disk.</param>
/// <param name="WrittenAt">When a log was last moved into the store.</param>
internal sealed record Feeds(IReadOnlyList<LatestQuote> Items, long LogBytes, DateTime? WrittenAt);

/// <summary>The collector's log.</summary>
/// <param name="LogBytes">What it takes on this machine's disk.</param>
/// <param name="WrittenAt">When a log was last moved into the store.</param>
internal sealed record FeedLog(long LogBytes, DateTime? WrittenAt);
