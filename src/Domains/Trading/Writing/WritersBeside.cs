using Microsoft.Extensions.Logging;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Trading.Writing;

/// <summary>The writers to what is set beside the store.</summary>
internal sealed record WritersBeside(ClickHouseUrl? Analytics, KafkaBrokers? Kafka)
{
    /// <summary>Days of quotes that are kept there; null for all.</summary>
    public int? RetainedDays { get; init; }

    public IEnumerable<ILogWriter> Of(DurableLog log, string name, TimeProvider clock, ILogger logger)
    {
        if (Analytics is not null)
        {
            yield return new ClickHouseWriter(new ClickHouseClient(Analytics), log, name, clock, logger) { RetainedDays = RetainedDays };
        }

        if (Kafka is not null)
        {
            yield return new TopicWriter(() => new KafkaTopics(Kafka), log, name, clock, logger);
        }
    }
}
