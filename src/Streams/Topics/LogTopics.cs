namespace Tradepost.Streams.Topics;

/// <summary>Topics that are logs, each in a folder of its own.</summary>
public sealed class LogTopics(string folder, LogOptions options, TimeProvider clock) : ITopics
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LogTopic> topics = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? Failure
    {
        get
        {
            lock (gate)
            {
                return topics.Values.Select(topic => topic.Failure).FirstOrDefault(failure => failure is not null);
            }
        }
    }

    /// <inheritdoc/>
    public Task PublishAsync(string topic, IReadOnlyList<TopicEvent> events, CancellationToken cancellationToken) =>
        Find(topic).PublishAsync(events, cancellationToken);

    /// <inheritdoc/>
    public ITopicReader Read(string topic, string group) => Find(topic).Read(group);

    /// <summary>
    /// Has a topic begin a new segment with its next event, so that older ones go as soon as every group has committed them.
    /// </summary>
    /// <returns>The position before which everything goes then: see <see cref="FirstOf"/>.</returns>
    public Task<long> EndSegmentAsync(string topic, CancellationToken cancellationToken) => Find(topic).EndSegmentAsync(cancellationToken);

    /// <summary>The first position of a topic that is still on disk.</summary>
    public long FirstOf(string topic) => Find(topic).First;

    /// <summary>Forgets a group that nobody reads as any more, so that no segment waits for it; false where it never read.</summary>
    public bool Forget(string topic, string group) => Find(topic).Forget(group);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var topic in topics.Values)
        {
            await topic.DisposeAsync();
        }

        topics.Clear();
    }

    private LogTopic Find(string name)
    {
        lock (gate)
        {
            if (!topics.TryGetValue(TopicNames.Check(name), out var topic))
            {
                topics[name] = topic = new LogTopic(Path.Combine(folder, name), options, clock);
            }

            return topic;
        }
    }
}
