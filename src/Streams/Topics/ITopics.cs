namespace Tradepost.Streams.Topics;

/// <summary>Named event streams in one place: logs in a folder, or the topics of a Kafka cluster. Thread-safe.</summary>
public interface ITopics : IAsyncDisposable
{
    /// <summary>Why nothing can be published now, in one sentence; null when it can, as far as is known.</summary>
    string? Failure { get; }

    /// <summary>
    /// Appends events to a topic, and ends when all of them are durable. Events of one key are kept in the order in which they are given.
    /// </summary>
    /// <remarks>
    /// While the place is away this waits, and <see cref="Failure"/> says why. When it is cancelled, events may have been appended all the
    /// same.
    /// </remarks>
    /// <exception cref="TopicException">The place refuses an event; those before and behind it may have been appended.</exception>
    Task PublishAsync(string topic, IReadOnlyList<TopicEvent> events, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to read as a member of a group, behind what the group has committed; a new group begins at the oldest event.
    /// </summary>
    /// <remarks>
    /// Each event is given to one member of a group. One that was given and not committed is given again: to another member, or to the
    /// next.
    /// </remarks>
    /// <exception cref="TopicException">The topic cannot be read.</exception>
    ITopicReader Read(string topic, string group);
}
