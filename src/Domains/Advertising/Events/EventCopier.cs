using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>Copies what comes into the topic to the ClickHouse that is set, as long as the server lives.</summary>
internal sealed partial class EventCopier(Store store, Settings settings, EventTopic topic, TimeProvider clock, ILogger logger)
    : BackgroundService
{
    private const int MostEvents = 100_000;

    /// <summary>The group that copies.</summary>
    public const string Group = "ads.clickhouse";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Copies until the topic gives nothing for a time.</summary>
    public async Task CopyAllAsync(ClickHouseClient server, TimeSpan patience, CancellationToken cancellationToken)
    {
        var events = new AnalyticsEvents(server);
        await events.CreateAsync(cancellationToken);
        await using var reader = topic.Read(Group);
        while (await CopyNextAsync(events, reader, patience, cancellationToken) > 0) { }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var server = settings.Analytics is { } address ? new ClickHouseClient(address) : null;
        try
        {
            await RetryPolicy
                .Endless(Pause, LongestPause)
                .RunAsync(
                    Group,
                    cancellationToken => server is null ? ForgetAsync(cancellationToken) : FollowAsync(server, cancellationToken),
                    e =>
                        !stoppingToken.IsCancellationRequested
                        && (e is ClickHouseException or TopicException or LogInUseException or IOException || StoreFailure.IsOfStore(e)),
                    retry => LogWaits(logger, retry.Failure.Message),
                    clock,
                    stoppingToken
                );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not copied stays in the topic.
        }
    }

    // Without a ClickHouse nobody reads on as the group, and the topic would keep its segments for ever.
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await topic.UntilUsedAsync(cancellationToken);
        if (topic.Forget(Group))
        {
            LogForgotten(logger);
        }
    }

    private async Task FollowAsync(ClickHouseClient server, CancellationToken cancellationToken)
    {
        await topic.UntilUsedAsync(cancellationToken);
        var events = new AnalyticsEvents(server);
        await events.CreateAsync(cancellationToken);
        await using var reader = topic.Read(Group);
        while (true)
        {
            await CopyNextAsync(events, reader, Patience, cancellationToken);
            await Task.Delay(Pause, clock, cancellationToken); // each insert makes files of its own
        }
    }

    private async Task<int> CopyNextAsync(
        AnalyticsEvents events,
        ITopicReader reader,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var received = await reader.ReadAsync(MostEvents, patience, cancellationToken);
        if (received.Count == 0)
        {
            return 0;
        }

        await using var turn = await CountingTurn.TakeAsync(store, clock, cancellationToken); // nobody is erased between the look and the write
        await using var connection = await store.OpenAsync(cancellationToken);
        var erased = await ErasedPersons.ReadAsync(connection, cancellationToken);
        var refused = (
            await connection.ReadAsync("SELECT user_id FROM consents WHERE NOT events", row => row.GetString(0), cancellationToken)
        ).ToHashSet(StringComparer.Ordinal);
        await events.InsertAsync(
            EventRecords
                .Of(received, clock, AdvertisingRetention.OfEvents(settings))
                .Events.Where(one => !erased.Covers(one.UserId, one.ReceivedAt) && !refused.Contains(one.UserId)),
            cancellationToken
        );
        await reader.CommitAsync(cancellationToken);
        return received.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events are not copied to ClickHouse now ({Problem}); they stay in the topic.")]
    private static partial void LogWaits(ILogger logger, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No ClickHouse is set any more: the topic ads.events keeps nothing for it. One that is set again begins with what is there then."
    )]
    private static partial void LogForgotten(ILogger logger);
}
