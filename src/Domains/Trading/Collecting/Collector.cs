using Microsoft.Extensions.Logging;
using Tradepost.Streams;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Collecting;

/// <summary>Records the streams of an exchange into a log until it is told to stop.</summary>
internal sealed partial class Collector(
    Exchange exchange,
    DurableLog log,
    HttpClient http,
    TimeProvider clock,
    ILogger logger,
    Random random
)
{
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(4);

    /// <summary>How long connections are kept, where that is not up to the exchange.</summary>
    public TimeSpan? Lifetime { get; init; }

    public WatchdogOptions Patience { get; init; } = new();

    /// <summary>Completes when the exchange will send nothing more; then the collector ends with its connections.</summary>
    public Task? SourceEnded { get; init; }

    /// <summary>Whether what comes was recorded, so that its times say nothing of this machine's clock.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Where what it hears is shown; null for nowhere.</summary>
    public LiveBoard? Board { get; init; }

    /// <summary>What comes in; from <see cref="RunAsync"/> on.</summary>
    public Intake? Intake { get; private set; }

    /// <summary>Records that the log could not write before the collector ended.</summary>
    public long Unwritten { get; private set; }

    public async Task RunAsync(IReadOnlyCollection<string> symbols, Subscription subscription, CancellationToken cancellationToken)
    {
        using var snapshots = new Snapshots(exchange, http);
        var streams = symbols
            .SelectMany(symbol =>
                exchange
                    .StreamsOf(symbol, subscription)
                    .Select(stream => (stream.Route, Feed: new Feed(stream.Stream, exchange.NameOf(stream.Stream), symbol, stream.Kind)))
            )
            .ToList();
        await using var intake = Intake = new Intake(
            exchange,
            streams.Select(stream => stream.Feed),
            log,
            clock,
            logger,
            snapshots.FetchAsync
        )
        {
            Board = Board,
            WatchesClock = !IsReplay,
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
        await FlushAsync();
    }

    /// <summary>What a disk that takes nothing has not taken by then is lost with this process.</summary>
    private async Task FlushAsync()
    {
        using var patience = new CancellationTokenSource(LastFlush, clock);
        try
        {
            await log.FlushAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Unwritten = log.Next - log.Durable;
            LogUnwritten(logger, Unwritten, log.Failure?.Message ?? "its disk is too slow");
        }
    }

    /// <summary>
    /// What came while no collector ran is missing of each stream; of one that the end of the log has not, since anything was recorded
    /// last.
    /// </summary>
    private async Task ContinueAsync(Intake intake, CancellationToken cancellationToken)
    {
        var heard = await LastHeard.ReadAsync(log, cancellationToken);
        foreach (var feed in intake.Feeds)
        {
            if (heard.Streams.TryGetValue((feed.Exchange, feed.Symbol, feed.KindName), out var updates))
            {
                if (exchange.HasUpdateIds)
                {
                    updates.ForEach(update => feed.Continue(update));
                }

                feed.Miss(GapReason.Stopped, updates[^1].Local);
            }
            else if (heard.Any.TryGetValue(feed.Exchange, out var end))
            {
                feed.Miss(GapReason.Stopped, end);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Records} records could not be written to the log before the end ({Reason}); they are lost."
    )]
    private static partial void LogUnwritten(ILogger logger, long records, string reason);
}
