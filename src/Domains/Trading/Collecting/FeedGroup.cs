using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Retrying;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Collecting;

/// <summary>
/// Keeps a connection with some feeds alive: connects again after whatever ends it, and before the exchange would end it goes over to a new
/// connection that overlaps with the old one, so that nothing is lost.
/// </summary>
internal sealed partial class FeedGroup(
    Exchange exchange,
    string route,
    IReadOnlyList<Feed> feeds,
    Intake intake,
    TimeProvider clock,
    ILogger logger,
    Random random,
    WatchdogOptions patience
)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);
    private const long Recent = 60_000_000;

    // Any length up to that, so that many collectors do not come back at once.
    private static readonly RetryPolicy Connecting = RetryPolicy.Endless(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(32)) with
    {
        Jitter = 1,
    };

    private readonly HashSet<Feed> unheard = []; // and told of
    private int failures;
    private readonly Watchdog watchdog = new(patience);

    private readonly TimeSpan usualLifetime =
        exchange.ConnectionLifetime - TimeSpan.FromHours(1) - (TimeSpan.FromMinutes(30) * random.NextDouble());

    /// <summary>
    /// How long a connection is kept; null: the exchange's lifetime less an hour and up to half an hour more, so that not all end at once.
    /// </summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Completes when the exchange will send nothing more; null for one that has no end.</summary>
    public Task? SourceEnded { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var reason = await ServeAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested || SourceEnded is { IsCompleted: true })
            {
                return;
            }

            await intake.MissAsync(feeds, reason, cancellationToken);
            CollectorMetrics.Reconnects.Add(1, CollectorMetrics.Reason(reason));
            var pause = Connecting.PauseAfter(++failures);
            LogLost(logger, exchange.Name, route, reason, pause.TotalSeconds);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>From opening a connection to the end of the last one that followed on it; gives why that ended.</summary>
    private async Task<string> ServeAsync(CancellationToken cancellationToken)
    {
        var current = await TryOpenAsync(isSecond: false, cancellationToken);
        if (current is null)
        {
            return GapReason.Disconnected;
        }

        try
        {
            var opened = clock.GetTimestamp();
            while (await Task.WhenAny(current.Ended, Task.Delay(Look, clock, CancellationToken.None)) != current.Ended)
            {
                if (current.HasData)
                {
                    failures = 0; // by data alone: a connection that is accepted and brings nothing is no success
                }

                if (watchdog.Judge(current, clock.Microseconds()) is { } reason)
                {
                    current.End(reason);
                    break;
                }

                foreach (var feed in watchdog.Unheard(current, feeds, clock.Microseconds()).Where(unheard.Add))
                {
                    LogUnheard(logger, feed.Symbol, feed.KindName, exchange.Name);
                }

                var silent = watchdog.Silent(current, feeds, clock.Microseconds());
                if (silent.Count > 0)
                {
                    await intake.MissAsync(silent, GapReason.Silent, cancellationToken);
                    silent.ToList().ForEach(feed => feed.LosePatience());
                }

                if (
                    (silent.Count > 0 || clock.GetElapsedTime(opened) > (Lifetime ?? usualLifetime))
                    && await TryRollAsync(current, silent, cancellationToken) is { } next
                )
                {
                    var old = current;
                    (current, opened) = (next, clock.GetTimestamp());
                    await old.DisposeAsync();
                }
            }

            return await current.Ended;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return GapReason.Stopped;
        }
        finally
        {
            await current.DisposeAsync();
        }
    }

    /// <summary>A second connection that brings what the first one brings; null when it cannot be opened now.</summary>
    private async Task<FeedConnection?> TryRollAsync(
        FeedConnection current,
        IReadOnlyCollection<Feed> silent,
        CancellationToken cancellationToken
    )
    {
        var before = feeds.ToDictionary(feed => feed, feed => feed.Repeats);
        var next = await TryOpenAsync(isSecond: true, cancellationToken);
        if (next is null)
        {
            return null;
        }

        var now = clock.Microseconds();
        var lively = feeds.Where(feed => now - feed.LastLocal < Recent).ToList();
        var began = clock.GetTimestamp();
        while (!IsJoined() && clock.GetElapsedTime(began) < Overlap && !current.Ended.IsCompleted && !next.Ended.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }

        if (next.Ended.IsCompleted)
        {
            await next.DisposeAsync();
            return null;
        }

        next.IsSecond = false;
        LogRolled(logger, exchange.Name, route, feeds.Count);
        return next;

        // An update that both have brought: from there on the new one has everything. The old one brings none of what is silent.
        bool IsJoined() => next.HasHeard(lively) && lively.TrueForAll(feed => feed.Repeats > before[feed] || silent.Contains(feed));
    }

    private async Task<FeedConnection?> TryOpenAsync(bool isSecond, CancellationToken cancellationToken)
    {
        try
        {
            return await FeedConnection.OpenAsync(exchange, route, feeds, intake, clock, isSecond, cancellationToken);
        }
        catch (Exception e)
            when (e is WebSocketException or HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            LogRefused(logger, exchange.StreamAddress(route), e.Message);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The connection to {Exchange} {Route} was lost ({Reason}); the next attempt is in {Seconds:0.0} s."
    )]
    private static partial void LogLost(ILogger logger, string exchange, string route, string reason, double seconds);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The connection to {Exchange} {Route} was replaced by a new one with its {Feeds} feeds."
    )]
    private static partial void LogRolled(ILogger logger, string exchange, string route, int feeds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Symbol} {Stream} brought nothing since {Exchange} acknowledged it, while others came; is the symbol still traded?"
    )]
    private static partial void LogUnheard(ILogger logger, string symbol, string stream, string exchange);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Address} could not be connected to: {Problem}.")]
    private static partial void LogRefused(ILogger logger, Uri address, string problem);
}
