using System.Text;
using Confluent.Kafka;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;

namespace Tradepost.Streams.Topics;

/// <summary>A member of a Kafka consumer group. Offsets are committed when it is said so, never by time.</summary>
internal sealed class KafkaTopicReader : ITopicReader
{
    private const int SessionTimeoutMilliseconds = 10_000;
    private static readonly RetryPolicy Committing = new(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)) { Jitter = 0.5 };

    // While members come and go nothing can be committed until the next read has found out which partitions are still this one's.
    private static readonly ErrorCode[] Rebalancing =
    [
        ErrorCode.RebalanceInProgress,
        ErrorCode.IllegalGeneration,
        ErrorCode.UnknownMemberId,
    ];

    private readonly string description;
    private readonly IConsumer<string?, byte[]> consumer;
    private readonly Dictionary<TopicPartition, Offset> given = [];
    private readonly Dictionary<TopicPartition, Offset> done = [];

    public KafkaTopicReader(string description, Dictionary<string, string> settings, string topic, string group)
    {
        this.description = description;
        consumer = new ConsumerBuilder<string?, byte[]>(
            new ConsumerConfig(settings)
            {
                GroupId = group,
                EnableAutoCommit = false,
                SessionTimeoutMs = SessionTimeoutMilliseconds,
                AutoOffsetReset = AutoOffsetReset.Earliest,
            }
        ).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).SetPartitionsRevokedHandler((_, partitions) => Revoke(partitions)).SetPartitionsLostHandler((_, partitions) => Forget(partitions)).Build();
        consumer.Subscribe(topic);
    }

    public Task<IReadOnlyList<ReceivedEvent>> ReadAsync(int most, TimeSpan patience, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<ReceivedEvent>>(
            () =>
            {
                var events = new List<ReceivedEvent>();
                try
                {
                    // Only the first is waited for; librdkafka has fetched what follows it.
                    while (events.Count < most && Consume(events.Count == 0 ? patience : TimeSpan.Zero, cancellationToken) is { } result)
                    {
                        given[result.TopicPartition] = result.Offset + 1;
                        events.Add(
                            new ReceivedEvent(
                                new TopicEvent(result.Message.Key, result.Message.Value, HeadersOf(result.Message)),
                                result.Partition.Value,
                                result.Offset.Value
                            )
                        );
                    }
                }
                catch (KafkaException e) when (events.Count > 0 && !e.Error.IsFatal)
                {
                    // Those that came are given; what ails the broker is told by the next read, if it lasts.
                }
                catch (KafkaException e)
                {
                    throw new TopicException($"{description} cannot be read: {Masking.Mask(e.Error.Reason)}.", e);
                }

                return events;
            },
            cancellationToken
        );

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var (partition, offset) in given)
        {
            done[partition] = offset;
        }

        given.Clear();
        if (done.Count == 0)
        {
            return;
        }

        try
        {
            await Committing.RunAsync(
                "kafka.commit",
                token => Task.Run(() => consumer.Commit(done.Select(pair => new TopicPartitionOffset(pair.Key, pair.Value))), token),
                e => e is KafkaException refused && !Rebalancing.Contains(refused.Error.Code),
                onRetry: null,
                TimeProvider.System,
                cancellationToken
            );
            done.Clear();
        }
        catch (KafkaException e) when (Rebalancing.Contains(e.Error.Code))
        {
            // The partitions go to another reader, or come back; what was not committed is kept for then.
        }
        catch (KafkaException e)
        {
            throw new TopicException($"{description} does not keep how far a group has read: {Masking.Mask(e.Error.Reason)}.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() =>
        {
            consumer.Close();
            consumer.Dispose();
        });
    }

    private static KeyValuePair<string, string>[] HeadersOf(Message<string?, byte[]> message) =>
        [
            .. (message.Headers ?? []).Select(header =>
                KeyValuePair.Create(header.Key, Encoding.UTF8.GetString(header.GetValueBytes() ?? []))
            ),
        ];

    private ConsumeResult<string?, byte[]>? Consume(TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return consumer.Consume(patience);
    }

    /// <summary>
    /// What another member may read from now on: the last chance to commit what is done with, and no business of this one afterwards.
    /// </summary>
    private void Revoke(List<TopicPartitionOffset> partitions)
    {
        try
        {
            if (done.Count > 0)
            {
                consumer.Commit(
                    partitions
                        .Where(partition => done.ContainsKey(partition.TopicPartition))
                        .Select(partition => new TopicPartitionOffset(partition.TopicPartition, done[partition.TopicPartition]))
                );
            }
        }
        catch (KafkaException)
        {
            // Somebody gets these events again, as is promised for what was not committed.
        }

        Forget(partitions);
    }

    private void Forget(List<TopicPartitionOffset> partitions)
    {
        foreach (var partition in partitions)
        {
            given.Remove(partition.TopicPartition);
            done.Remove(partition.TopicPartition);
        }
    }
}
