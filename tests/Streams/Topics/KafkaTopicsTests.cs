using Tradepost.Storage.Connections;
using Tradepost.Streams.Topics;
using Tradepost.Tests.Support;

namespace Tradepost.Streams.Tests.Topics;

/// <summary>Against librdkafka's mock brokers, which speak Kafka's protocol over TCP.</summary>
public sealed class KafkaTopicsTests : TopicContract, IDisposable
{
    private MockKafka? kafka;

    [Fact]
    public async Task Requests_that_fail_are_repeated_and_each_event_is_there_once()
    {
        await using var topics = await OpenAsync("events");
        kafka!.FailNext(MockKafka.Produce, MockKafka.NotLeaderForPartition, MockKafka.RequestTimedOut, MockKafka.NotLeaderForPartition);
        await topics.PublishAsync("events", Events(0, 200), Cancellation);
        kafka.FailNext(MockKafka.Produce, MockKafka.RequestTimedOut);
        await topics.PublishAsync("events", Events(200, 200), Cancellation);

        await using var reader = topics.Read("events", "group");
        var read = await ReadAsync(reader, 400);
        kafka.FailNext(MockKafka.OffsetCommit, MockKafka.CoordinatorLoadInProgress, MockKafka.CoordinatorLoadInProgress);
        await reader.CommitAsync(Cancellation);

        Numbers(read).ShouldBe(Enumerable.Range(0, 400));
        (await reader.ReadAsync(10, TimeSpan.FromMilliseconds(500), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_members_of_a_group_have_partitions_of_their_own()
    {
        await using var topics = await OpenAsync("events");
        await using var first = topics.Read("events", "group");
        await using var second = topics.Read("events", "group");
        List<ReceivedEvent> ofFirst = [],
            ofSecond = [];

        for (var round = 0; ofFirst.Count == 0 || ofSecond.Count == 0 || round < 5; round++)
        {
            await topics.PublishAsync("events", Events(round * 100, 100), Cancellation);
            ofFirst = [.. await first.ReadAsync(1_000, TimeSpan.FromMilliseconds(200), Cancellation)];
            ofSecond = [.. await second.ReadAsync(1_000, TimeSpan.FromMilliseconds(200), Cancellation)];
        }

        ofFirst.Select(received => received.Partition).Intersect(ofSecond.Select(received => received.Partition)).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_broker_is_away_publishing_waits_and_says_why()
    {
        await using var topics = await OpenAsync("events");
        await topics.PublishAsync("events", Events(0, 10), Cancellation);
        topics.Failure.ShouldBeNull();

        kafka!.Down();
        var publishing = topics.PublishAsync("events", Events(10, 10), Cancellation);
        while (topics.Failure is null)
        {
            await Task.Delay(20, Cancellation);
        }

        topics.Failure.ShouldStartWith($"kafka://{kafka.Brokers} cannot be reached: ");
        publishing.IsCompleted.ShouldBeFalse();
        kafka.Up();
        await publishing;
        topics.Failure.ShouldBeNull();
        await using var reader = topics.Read("events", "group");
        Numbers(await ReadAsync(reader, 20)).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task An_event_that_the_broker_refuses_is_told()
    {
        await using var topics = await OpenAsync("events");
        kafka!.FailNext(MockKafka.Produce, MockKafka.MessageTooLarge);

        var refusal = await Should.ThrowAsync<TopicException>(() => topics.PublishAsync("events", Events(0, 1), Cancellation));

        refusal.Message.ShouldStartWith($"kafka://{kafka.Brokers} refuses an event for events: ");
    }

    [Fact]
    public async Task A_setting_that_the_library_does_not_know_is_told_without_secrets()
    {
        await OpenAsync("events");

        var refusal = Should.Throw<TopicException>(() =>
            new KafkaTopics(KafkaBrokers.Parse("KAFKA_BROKERS", "kafka://u:hunter2@localhost:1?ssl.nonsense=1"))
        );

        refusal.Message.ShouldStartWith("kafka://u:***@localhost:1 cannot be used: ");
        refusal.ToString().ShouldNotContain("hunter2");
    }

    public void Dispose() => kafka?.Dispose();

    private protected override Task<ITopics> OpenAsync(string topic)
    {
        if (kafka is null)
        {
            kafka = MockKafka.Start();
            kafka.CreateTopic(topic, 4);
        }

        return Task.FromResult<ITopics>(new KafkaTopics(KafkaBrokers.Parse("KAFKA_BROKERS", kafka.Brokers)));
    }
}
