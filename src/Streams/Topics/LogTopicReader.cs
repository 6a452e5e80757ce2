namespace Tradepost.Streams.Topics;

/// <summary>A member of a group on a log. It waits while another one reads.</summary>
internal sealed class LogTopicReader(LogGroup group) : ITopicReader
{
    private readonly LogBatch batch = new();
    private LogReader? reader;
    private int given;

    public async Task<IReadOnlyList<ReceivedEvent>> ReadAsync(int most, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(patience);
        try
        {
            if (reader is null)
            {
                await group.Turn.WaitAsync(limited.Token);
                reader = group.Read();
            }

            if (given == batch.Count)
            {
                given = 0;
                if (!await reader.ReadAsync(batch, limited.Token))
                {
                    return [];
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (IOException e)
        {
            throw new TopicException($"A topic cannot be read: {e.Message}", e);
        }

        var first = given;
        given = Math.Min(batch.Count, given + most);
        return [.. Enumerable.Range(first, given - first).Select(i => new ReceivedEvent(TopicRecord.Read(batch[i]), 0, batch.First + i))];
    }

    public Task CommitAsync(CancellationToken cancellationToken)
    {
        if (reader is not null && given > 0)
        {
            group.Commit(reader, batch.First + given);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (reader is not null)
        {
            reader.Dispose();
            reader = null;
            group.Turn.Release();
        }

        return ValueTask.CompletedTask;
    }
}
