using System.Text;
using Confluent.Kafka;
using Tradepost.Storage.Connections;

namespace Tradepost.Streams.Topics;

/// <summary>
/// The topics of a Kafka cluster. What is published is acknowledged by all replicas in sync, and written once and in order however often a
/// request has to be repeated. Topics are made by the brokers, or beforehand.
/// </summary>
public sealed class KafkaTopics : ITopics
{
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(10);

    private readonly KafkaBrokers brokers;
    private readonly IProducer<string?, byte[]> producer;
    private volatile string? failure;
    private int waiting;

    /// <summary>Makes a client of a cluster; it connects by itself, and again.</summary>
    /// <exception cref="TopicException">Kafka's client library does not run on this system, or does not know a setting.</exception>
    public KafkaTopics(KafkaBrokers brokers)
    {
        this.brokers = brokers;
        try
        {
            // What could not be delivered is never given up while this lives: giving up one event and delivering the next would break their
            // order.
            producer = new ProducerBuilder<string?, byte[]>(
                new ProducerConfig(Settings())
                {
                    EnableIdempotence = true,
                    Acks = Acks.All,
                    MessageTimeoutMs = 0,
                    EnableGaplessGuarantee = true,
                    LingerMs = 5,
                }
            ).SetErrorHandler((_, error) => Fail(error)).SetLogHandler((_, _) => { }).Build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException or DllNotFoundException)
        {
            throw new TopicException($"{brokers.Description} cannot be used: {Masking.Mask(e.Message)}", e);
        }
    }

    /// <inheritdoc/>
    public string? Failure => Volatile.Read(ref waiting) > 0 ? failure : null;

    /// <inheritdoc/>
    public async Task PublishAsync(string topic, IReadOnlyList<TopicEvent> events, CancellationToken cancellationToken)
    {
        TopicNames.Check(topic);
        Interlocked.Increment(ref waiting);
        try
        {
            await DeliverAsync(topic, events, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <inheritdoc/>
    public ITopicReader Read(string topic, string group)
    {
        try
        {
            return new KafkaTopicReader(brokers.Description, Settings(), TopicNames.Check(topic), TopicNames.Check(group));
        }
        catch (Exception e) when (e is InvalidOperationException or KafkaException)
        {
            throw new TopicException($"{brokers.Description} cannot be used: {Masking.Mask(e.Message)}", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        producer.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task DeliverAsync(string topic, IReadOnlyList<TopicEvent> events, CancellationToken cancellationToken)
    {
        var delivery = new KafkaDelivery(events.Count, () => failure = null);
        foreach (var published in events)
        {
            while (!TryProduce(topic, published, delivery))
            {
                await Task.Delay(FullPause, cancellationToken);
            }
        }

        if (events.Count > 0 && await delivery.Done.WaitAsync(cancellationToken) is { } error)
        {
            throw new TopicException($"{brokers.Description} refuses an event for {topic}: {error.Reason}.");
        }
    }

    private bool TryProduce(string topic, TopicEvent published, KafkaDelivery delivery)
    {
        var message = new Message<string?, byte[]> { Key = published.Key, Value = published.Content.ToArray() };
        if (published.Headers.Count > 0)
        {
            message.Headers = [];
            foreach (var (name, value) in published.Headers)
            {
                message.Headers.Add(name, Encoding.UTF8.GetBytes(value));
            }
        }

        try
        {
            producer.Produce(topic, message, report => delivery.Count(report.Error));
            return true;
        }
        catch (ProduceException<string?, byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
        catch (KafkaException e)
        {
            throw new TopicException($"{brokers.Description} refuses an event for {topic}: {e.Error.Reason}.", e);
        }
    }

    // That all brokers are down is told behind the reason, and says less.
    private void Fail(Error error)
    {
        if (error.Code != ErrorCode.Local_AllBrokersDown || failure is null)
        {
            failure = $"{brokers.Description} cannot be reached: {Masking.Mask(error.Reason)}.";
        }
    }

    private Dictionary<string, string> Settings() =>
        new(brokers.Properties.Select(property => KeyValuePair.Create(property.Key, property.Value.Reveal())))
        {
            ["bootstrap.servers"] = brokers.Hosts,
            ["client.id"] = "tradepost",
        };
}
