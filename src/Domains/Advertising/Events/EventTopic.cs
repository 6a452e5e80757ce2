using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>
/// The topic of events: on the Kafka cluster that is set, else in a log of the data folder. It is opened when it is used first. Thread-safe.
/// </summary>
internal sealed class EventTopic : IAsyncDisposable
{
    /// <summary>The topic's name.</summary>
    public const string Name = "ads.events";

    /// <summary>The group that counts events into the store.</summary>
    public const string Counters = "ads.metrics";

    /// <summary>The header that says what a record is, and its value for what a platform told.</summary>
    public const string KindHeader = "kind";
    public const string Notice = "notice";

    /// <summary>The kind of a record that says nothing: it begins a new segment.</summary>
    public const string Mark = "mark";

    private const int RememberedIds = 1_000_000;

    private readonly Lazy<ITopics> topics;
    private readonly TaskCompletionSource used = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AcceptedIds recent = new(RememberedIds);

    /// <summary>A topic by the settings of a server. The embedded one is not there before an event came.</summary>
    public EventTopic(Settings settings, TimeProvider clock)
        : this(() => settings.Kafka is { } brokers ? new KafkaTopics(brokers) : new LogTopics(FolderOf(settings), new LogOptions(), clock))
    {
        if (settings.Kafka is not null || Directory.Exists(FolderOf(settings)))
        {
            used.SetResult();
        }
    }

    /// <summary>A topic among others.</summary>
    public EventTopic(Func<ITopics> open) => topics = new Lazy<ITopics>(open);

    /// <summary>Why nothing can be published now; null when it can, as far as is known.</summary>
    public string? Failure => topics.IsValueCreated ? topics.Value.Failure : null;

    /// <summary>The folder of the embedded log.</summary>
    public static string FolderOf(Settings settings) => Path.Combine(settings.DataFolder, AdvertisingDomain.Topics);

    /// <summary>Publishes events, and ends when all of them are durable. Those that were accepted lately are left out.</summary>
    /// <returns>How many were left out, or stand twice among the events.</returns>
    /// <exception cref="TopicException">The topic takes none.</exception>
    public async Task<int> PublishAsync(IReadOnlyList<AdEvent> events, CancellationToken cancellationToken)
    {
        var among = new HashSet<string>(events.Count, StringComparer.Ordinal);
        var published = events.Where(one => among.Add(one.Id) && !recent.Has(one.Id)).ToList();
        await AppendAsync([.. published.Select(one => new TopicEvent(one.CampaignId, EventJson.Write(one)))], cancellationToken);

        // Not before they are durable: a repeated one is answered at once.
        foreach (var one in published)
        {
            recent.Add(one.Id);
        }

        return events.Count - published.Count;
    }

    /// <summary>Publishes what a platform told, and ends when it is durable.</summary>
    /// <exception cref="TopicException">The topic takes none.</exception>
    public Task PublishAsync(IReadOnlyList<PlatformNotice> notices, CancellationToken cancellationToken) =>
        AppendAsync(
            [.. notices.Select(notice => new TopicEvent(notice.Entry, notice.Write(), [KeyValuePair.Create(KindHeader, Notice)]))],
            cancellationToken
        );

    /// <summary>Ends when the topic is there.</summary>
    public Task UntilUsedAsync(CancellationToken cancellationToken) => used.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Has what is in the embedded topic now go from disk once every group passed it. On Kafka brokers decide how long they keep events.
    /// </summary>
    /// <returns>The position before which everything goes; null on Kafka.</returns>
    /// <exception cref="TopicException">The topic takes nothing.</exception>
    public async Task<long?> TryLetGoAsync(CancellationToken cancellationToken)
    {
        if (topics.Value is not LogTopics logs)
        {
            return null;
        }

        var before = await logs.EndSegmentAsync(Name, cancellationToken);
        await logs.PublishAsync(Name, [new TopicEvent(null, default, [KeyValuePair.Create(KindHeader, Mark)])], cancellationToken);
        return before;
    }

    /// <summary>Whether everything before a position is gone from disk.</summary>
    public bool IsGone(long before) => topics.Value is not LogTopics logs || logs.FirstOf(Name) >= before;

    /// <summary>Has the embedded topic wait for a group no longer; false where there was nothing to forget.</summary>
    public bool Forget(string group) => topics.Value is LogTopics logs && logs.Forget(Name, group);

    /// <summary>Begins to read as a member of a group.</summary>
    public ITopicReader Read(string group) => topics.Value.Read(Name, group);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (topics.IsValueCreated)
        {
            await topics.Value.DisposeAsync();
        }
    }

    private async Task AppendAsync(IReadOnlyList<TopicEvent> events, CancellationToken cancellationToken)
    {
        await topics.Value.PublishAsync(Name, events, cancellationToken);
        used.TrySetResult();
    }
}
