namespace Tradepost.Streams.Topics;

/// <summary>A member of a group that reads a topic. For one caller at a time; leaves the group when it is disposed.</summary>
public interface ITopicReader : IAsyncDisposable
{
    /// <summary>The next events, at most some, as soon as there is one; none when none came within a time.</summary>
    /// <exception cref="TopicException">The topic cannot be read.</exception>
    Task<IReadOnlyList<ReceivedEvent>> ReadAsync(int most, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Says that everything that was given so far is done with.</summary>
    /// <remarks>
    /// While members of a Kafka group come and go, this is kept for the next read; what passes to another member meanwhile may be given
    /// again.
    /// </remarks>
    /// <exception cref="TopicException">It could not be kept: what was not committed is given again.</exception>
    Task CommitAsync(CancellationToken cancellationToken);
}
