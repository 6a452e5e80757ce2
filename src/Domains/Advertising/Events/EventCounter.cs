using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>
/// Counts what comes into the topic into the store as long as the server lives. How far it is, is committed behind the store: what a killed
/// one had written is read again, and known by its ids.
/// </summary>
internal sealed partial class EventCounter(Store store, Settings settings, EventTopic topic, TimeProvider clock, ILogger logger)
    : BackgroundService
{
    private const int MostEvents = 20_000;
    private const int ManyEvents = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly EventWrite write = new(store, clock, AdvertisingRetention.OfEvents(settings));

    /// <summary>Events that were counted since the start.</summary>
    public long Counted { get; private set; }

    /// <summary>Counts until the topic gives nothing for a time, and lets go what an erasure asks for.</summary>
    public async Task CountAllAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var reader = topic.Read(EventTopic.Counters);
        var clearing = new TopicClearing(topic, clock);
        while (
            await clearing.TryBeginAsync(connection, cancellationToken)
            | await CountNextAsync(connection, reader, clearing, patience, cancellationToken) > 0
        ) { }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RetryPolicy
                .Endless(Pause, LongestPause)
                .RunAsync(
                    CountingTurn.Name,
                    FollowAsync,
                    e =>
                        !stoppingToken.IsCancellationRequested
                        && (StoreFailure.IsOfStore(e) || e is TopicException or LogInUseException or IOException),
                    retry => LogWaits(logger, retry.Failure.Message),
                    clock,
                    stoppingToken
                );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not counted stays in the topic.
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await topic.UntilUsedAsync(cancellationToken);
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var reader = topic.Read(EventTopic.Counters);
        var clearing = new TopicClearing(topic, clock);
        while (true)
        {
            await clearing.TryBeginAsync(connection, cancellationToken);
            if (await CountNextAsync(connection, reader, clearing, Patience, cancellationToken) < ManyEvents)
            {
                await Task.Delay(BetweenWrites, clock, cancellationToken);
            }
        }
    }

    private async Task<int> CountNextAsync(
        DbConnection connection,
        ITopicReader reader,
        TopicClearing clearing,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var events = await reader.ReadAsync(MostEvents, patience, cancellationToken);
        if (events.Count > 0)
        {
            await CountAsync(connection, events, cancellationToken);
            await reader.CommitAsync(cancellationToken);
        }

        await clearing.NoteWhenGoneAsync(connection, cancellationToken);

        return events.Count;
    }

    private async Task CountAsync(DbConnection connection, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
    {
        await using var turn = await CountingTurn.TakeAsync(store, clock, cancellationToken);
        var counted = await write.WriteAsync(connection, events, cancellationToken);
        Counted += counted.Counted;
        foreach (var late in counted.Late)
        {
            LogLate(logger, late.Events, late.Day, late.Campaigns);
        }

        if (counted.KeptAside > 0)
        {
            LogKeptAside(logger, counted.KeptAside);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Events} events of {Day:yyyy-MM-dd} came late and changed that day of {Campaigns} campaigns."
    )]
    private static partial void LogLate(ILogger logger, long events, DateOnly day, long campaigns);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Records} records of the topic ads.events are no events; they are kept in rejects."
    )]
    private static partial void LogKeptAside(ILogger logger, int records);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events are not counted now ({Problem}); they stay in the topic.")]
    private static partial void LogWaits(ILogger logger, string problem);
}
