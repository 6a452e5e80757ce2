namespace Tradepost.Streams.Topics;

/// <summary>
/// A topic in a log: one partition, which one member of each group reads at a time. Segments go when every group has committed them.
/// </summary>
internal sealed class LogTopic : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly string folder;
    private readonly DurableLog log;
    private readonly Dictionary<string, LogGroup> groups = new(StringComparer.Ordinal);

    public LogTopic(string folder, LogOptions options, TimeProvider clock)
    {
        this.folder = folder;
        log = DurableLog.Open(folder, options, clock);

        // All groups that there ever were, so that no segment goes before each has read it.
        foreach (var name in LogGroup.In(folder))
        {
            groups[name] = new LogGroup(folder, name, log);
        }
    }

    public string? Failure => log.Failure is { } failure ? $"The topic in {folder} cannot be written: {failure.Message}" : null;

    public async Task PublishAsync(IReadOnlyList<TopicEvent> events, CancellationToken cancellationToken)
    {
        foreach (var published in events)
        {
            if (await log.AppendAsync(TopicRecord.Write(published), cancellationToken) is null)
            {
                throw new TopicException(
                    $"The topic in {folder} is full: {log.Bytes >> 20} MB are on disk, and no more is allowed until every group has read "
                        + "some of it."
                );
            }
        }

        await log.FlushAsync(cancellationToken);
    }

    public long First => log.First;

    public async Task<long> EndSegmentAsync(CancellationToken cancellationToken)
    {
        var before = log.Next;
        await log.FlushAsync(cancellationToken); // what is not written yet would come into the new segment
        log.EndSegment();
        return before;
    }

    public bool Forget(string group)
    {
        lock (gate)
        {
            if (!groups.Remove(group, out var found))
            {
                return false;
            }

            found.Forget();
            found.Dispose();
            return true;
        }
    }

    public LogTopicReader Read(string group)
    {
        lock (gate)
        {
            if (!groups.TryGetValue(TopicNames.Check(group), out var found))
            {
                groups[group] = found = new LogGroup(folder, group, log);
            }

            return new LogTopicReader(found);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        foreach (var group in groups.Values)
        {
            group.Dispose();
        }
    }
}
