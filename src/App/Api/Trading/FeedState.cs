using Tradepost.Storage.Connections;
using Tradepost.Trading.Watching;

namespace Tradepost.App.Api.Trading;

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
        var folder = new DirectoryInfo(Path.Combine(settings.DataFolder, "trading", "log"));
        return folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }
}
