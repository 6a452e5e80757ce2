using Microsoft.Extensions.Logging;
using Tradepost.Streams;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Collecting;

/// <summary>Records the streams of an exchange into a log until it is told to stop.</summary>
internal sealed class Collector(Exchange exchange, DurableLog log, HttpClient http, TimeProvider clock, ILogger logger, Random random)
{
    /// <summary>How long connections are kept, where that is not up to the exchange.</summary>
    public TimeSpan? Lifetime { get; init; }

    public WatchdogOptions Patience { get; init; } = new();

    /// <summary>Completes when the exchange will send nothing more; then the collector ends with its connections.</summary>
    public Task? SourceEnded { get; init; }

    /// <summary>Where what it hears is shown; null for nowhere.</summary>
    public LiveBoard? Board { get; init; }

    /// <summary>What comes in; from <see cref="RunAsync"/> on.</summary>
    public Intake? Intake { get; private set; }

    public async Task RunAsync(IReadOnlyCollection<string> symbols, Subscription subscription, CancellationToken cancellationToken)
    {
        using var snapshots = new Snapshots(exchange, http);
        var streams = symbols
            .SelectMany(symbol =>
                exchange
                    .StreamsOf(symbol, subscription)
                    .Select(stream => (stream.Route, Feed: new Feed(stream.Stream, symbol, stream.Kind)))
            )
            .ToList();
        using var intake = Intake = new Intake(exchange, streams.Select(stream => stream.Feed), log, clock, logger, snapshots.FetchAsync)
        {
            Board = Board,
        };
        using var shown = Board?.Enter(intake);
        await ContinueAsync(intake, cancellationToken);
        var groups = streams
            .GroupBy(stream => stream.Route)
            .SelectMany(route =>
                route
                    .Select(stream => stream.Feed)
                    .Chunk(exchange.StreamsPerConnection)
                    .Select(feeds => new FeedGroup(exchange, route.Key, feeds, intake, clock, logger, random, Patience)
                    {
                        Lifetime = Lifetime,
                        SourceEnded = SourceEnded,
                    })
            );
        await Task.WhenAll(groups.Select(group => group.RunAsync(cancellationToken)));
        await log.FlushAsync(CancellationToken.None);
    }

    /// <summary>What came while no collector ran is missing of each stream; of one that the end of the log has not, since anything was recorded last.</summary>
    private async Task ContinueAsync(Intake intake, CancellationToken cancellationToken)
    {
        var heard = await LastHeard.ReadAsync(log, exchange.Name, cancellationToken);
        foreach (var feed in intake.Feeds)
        {
            if (heard.Streams.TryGetValue((feed.Symbol, feed.KindName), out var last))
            {
                last.Ids.ForEach(id => feed.Continue(last.Local, id));
                feed.Miss(GapReason.Stopped, last.Local);
            }
            else if (heard.Any is { } end)
            {
                feed.Miss(GapReason.Stopped, end);
            }
        }
    }
}
