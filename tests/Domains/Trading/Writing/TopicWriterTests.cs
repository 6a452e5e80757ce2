using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Streams.Topics;
using Tradepost.Tests.Support;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Replaying;
using Tradepost.Trading.Tests.Collecting;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>What consumers get of a log that is published to Kafka.</summary>
public sealed class TopicWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_record_has_its_topic_and_its_fields()
    {
        using var kafka = Start();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var log = Open(world);
        var record = new byte[512];
        await log.AppendAsync(
            record.AsMemory(0, QuoteRecords.Write(record, new Quote("binance", "BTCUSDT", 7, 8, 9, -1, 6_000_000_000_000, 123_456_789, 0))),
            Cancellation
        );
        await log.AppendAsync(
            record.AsMemory(0, QuoteRecords.Write(record, new Trade("binance", "ETHUSDT", 42, 8, 9, IsSell: true, 10_000_000, 1))),
            Cancellation
        );
        await log.AppendAsync(
            record.AsMemory(0, QuoteRecords.Write(record, new Gap("binance", "BTCUSDT", "quotes", 1, 2, 3, 4, GapReason.Idle))),
            Cancellation
        );
        await log.FlushAsync(Cancellation);

        await PublishAllAsync(world, log, kafka);

        await using var topics = Topics(kafka);
        await ShouldHoldAsync(
            topics,
            QuoteLog.Quotes.Topic,
            log,
            "BTCUSDT",
            "0",
            """{"exchange":"binance","symbol":"BTCUSDT","update_id":7,"timestamp":8,"local_timestamp":9,"ask_amount":"-0.00000001","ask_price":"60000","bid_price":"1.23456789","bid_amount":"0"}"""
        );
        await ShouldHoldAsync(
            topics,
            QuoteLog.Trades.Topic,
            log,
            "ETHUSDT",
            "1",
            """{"exchange":"binance","symbol":"ETHUSDT","id":42,"timestamp":8,"local_timestamp":9,"side":"sell","price":"0.1","amount":"0.00000001"}"""
        );
        await ShouldHoldAsync(
            topics,
            QuoteLog.Gaps.Topic,
            log,
            "BTCUSDT",
            "2",
            """{"exchange":"binance","symbol":"BTCUSDT","stream":"quotes","from_timestamp":1,"to_timestamp":2,"from_update_id":3,"to_update_id":4,"reason":"idle"}"""
        );
    }

    [Fact]
    public async Task While_the_broker_is_away_the_log_keeps_everything_and_is_published_in_order_afterwards()
    {
        using var kafka = Start();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var log = Open(world);
        using var writer = Writer(world, log, kafka);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        await ClickHouseWorld.AppendAsync(log, 0, 1_000);
        await UntilAsync(() => writer.Position == 1_000);

        kafka.Down();
        await ClickHouseWorld.AppendAsync(log, 1_000, 5_000);
        await UntilAsync(() => writer.Failure is not null);
        writer.Failure!.ShouldStartWith($"kafka://{kafka.Brokers} cannot be reached: ");
        writer.Position.ShouldBe(1_000);
        kafka.Up();
        await UntilAsync(() => writer.Position == 6_000);

        await ClickHouseWorld.EndAsync(writing, stop);
        writer.Failure.ShouldBeNull();
        var quotes = await ReceivedAsync(kafka, 6_000);
        foreach (var symbol in quotes.GroupBy(quote => quote.Symbol))
        {
            symbol.Select(quote => quote.UpdateId).ShouldBeInOrder();
        }

        quotes.Select(quote => quote.UpdateId).Order().ShouldBe(Enumerable.Range(0, 6_000).Select(number => (long)number));
    }

    [Fact]
    public async Task A_broker_that_is_not_there_does_not_keep_a_writer_from_ending()
    {
        using var kafka = Start();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var log = Open(world);
        await ClickHouseWorld.AppendAsync(log, 0, 100);
        using var writer = QuoteDrains.ToTopics(
            () => new KafkaTopics(KafkaBrokers.Parse("KAFKA_BROKERS", "kafka://u:hunter2@127.0.0.1:1?security.protocol=sasl_plaintext")),
            log,
            world.LogFolder,
            TimeProvider.System,
            NullLogger.Instance
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);

        await UntilAsync(() => writer.Failure is not null);

        writer.Failure!.ShouldStartWith("kafka://u:***@127.0.0.1:1 cannot be reached: ");
        writer.Failure!.ShouldContain("refused");
        writer.Failure!.ShouldNotContain("hunter2");
        await ClickHouseWorld.EndAsync(writing, stop);
        writer.Position.ShouldBe(0);
    }

    [Fact]
    public async Task A_collector_killed_again_and_again_publishes_what_is_in_the_store_and_repeats_can_be_told()
    {
        using var kafka = Start();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);

        // A mock broker keeps five megabytes of a partition.
        await using var replay = new ReplayServer(
            new BinanceExchange(BinanceMarket.UsdFutures),
            CollectorWorld.Frames("usdm_btcusdt_20240808", 8_000),
            speed: 4,
            [],
            TimeProvider.System
        );
        var options = world.Options(replay) with { Kafka = KafkaBrokers.Parse("KAFKA_BROKERS", kafka.Brokers) };
        var random = new Random(3);

        for (var kill = 0; kill < 8; kill++)
        {
            await CollectingProcess.RunAndKillAsync(
                world,
                options,
                TimeSpan.FromMilliseconds(random.Next(300, 1_200)),
                Cancellation,
                kafka: kafka.Brokers
            );
        }

        (await world.CollectAsync(options, replay)).Waiting.ShouldBe(0);

        var stored = await world.StoredAsync();
        stored.Count.ShouldBeGreaterThan(100);
        CollectorWorld.Fingerprint(await ReceivedAsync(kafka, stored.Count)).ShouldBe(CollectorWorld.Fingerprint(stored));
    }

    [Fact]
    public async Task What_was_published_and_not_noted_is_published_again_under_the_same_position()
    {
        using var kafka = Start();
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await using var log = Open(world);
        await ClickHouseWorld.AppendAsync(log, 0, 500);
        await PublishAllAsync(world, log, kafka);
        var noted = await File.ReadAllTextAsync(world.LogFolder + ".topics", Cancellation);
        noted.ShouldBe($"{log.Identity} 500");

        await File.WriteAllTextAsync(world.LogFolder + ".topics", $"{log.Identity} 400", Cancellation);
        await ClickHouseWorld.AppendAsync(log, 500, 500);
        using var second = Writer(world, log, kafka);
        await PublishAllAsync(second, log);

        MovedRecords.Of(second).Rows.ShouldBe(600);
        (await ReceivedAsync(kafka, 1_000))
            .Select(quote => quote.UpdateId)
            .Order()
            .ShouldBe(Enumerable.Range(0, 1_000).Select(number => (long)number));
    }

    private static MockKafka Start()
    {
        var kafka = MockKafka.Start();
        foreach (var topic in new[] { QuoteLog.Quotes.Topic, QuoteLog.Trades.Topic, QuoteLog.Gaps.Topic })
        {
            kafka.CreateTopic(topic, 3);
        }

        return kafka;
    }

    private static DurableLog Open(CollectorWorld world) =>
        DurableLog.Open(world.LogFolder, new LogOptions { GroupInterval = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);

    private static KafkaTopics Topics(MockKafka kafka) => new(KafkaBrokers.Parse("KAFKA_BROKERS", kafka.Brokers));

    private static LogDrain Writer(CollectorWorld world, DurableLog log, MockKafka kafka) =>
        QuoteDrains.ToTopics(
            () => Topics(kafka),
            log,
            world.LogFolder,
            TimeProvider.System,
            NullLogger.Instance,
            TimeSpan.FromMilliseconds(50)
        );

    private static async Task PublishAllAsync(CollectorWorld world, DurableLog log, MockKafka kafka)
    {
        using var writer = Writer(world, log, kafka);
        await PublishAllAsync(writer, log);
    }

    private static async Task PublishAllAsync(LogDrain writer, DurableLog log)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        await UntilAsync(() => writer.Position == log.Durable);
        await ClickHouseWorld.EndAsync(writing, stop);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(5, Cancellation);
        }
    }

    private static async Task ShouldHoldAsync(KafkaTopics topics, string topic, DurableLog log, string key, string position, string content)
    {
        await using var reader = topics.Read(topic, "consumer");
        IReadOnlyList<ReceivedEvent> read = [];
        while (read.Count == 0)
        {
            read = await reader.ReadAsync(10, TimeSpan.FromSeconds(1), Cancellation);
        }

        read.Count.ShouldBe(1);
        read[0].Event.Key.ShouldBe(key);
        read[0].Event.Headers.ShouldBe([new("log", log.Identity.ToString()), new("position", position)]);
        System.Text.Encoding.UTF8.GetString(read[0].Event.Content.Span).ShouldBe(content);
    }

    /// <summary>What a consumer gets that leaves out, by log and partition, what is not behind the last position it has seen.</summary>
    private static async Task<List<Quote>> ReceivedAsync(MockKafka kafka, int count)
    {
        await using var topics = Topics(kafka);
        await using var reader = topics.Read(QuoteLog.Quotes.Topic, "consumer");
        var last = new Dictionary<(string Log, int Partition), long>();
        var quotes = new List<Quote>();
        for (var idle = 0; quotes.Count < count || idle < 1; )
        {
            var read = await reader.ReadAsync(1_000, TimeSpan.FromSeconds(1), Cancellation);
            idle = read.Count == 0 ? idle + 1 : 0;
            foreach (var received in read)
            {
                var key = (received.Event.Headers[0].Value, received.Partition);
                var position = long.Parse(received.Event.Headers[1].Value, CultureInfo.InvariantCulture);
                if (position > last.GetValueOrDefault(key, -1))
                {
                    last[key] = position;
                    quotes.Add(QuoteOf(received.Event.Content));
                }
            }
        }

        return quotes;
    }

    private static Quote QuoteOf(ReadOnlyMemory<byte> content)
    {
        using var json = JsonDocument.Parse(content);
        var quote = json.RootElement;
        long Number(string name) => quote.GetProperty(name).GetInt64();
        Int128 Units(string name) =>
            quote.GetProperty(name).GetString() is { } text ? Exact.FromDecimal(decimal.Parse(text, CultureInfo.InvariantCulture)) : 0;
        return new Quote(
            quote.GetProperty("exchange").GetString()!,
            quote.GetProperty("symbol").GetString()!,
            Number("update_id"),
            Number("timestamp"),
            Number("local_timestamp"),
            Units("ask_amount"),
            Units("ask_price"),
            Units("bid_price"),
            Units("bid_amount")
        );
    }
}
