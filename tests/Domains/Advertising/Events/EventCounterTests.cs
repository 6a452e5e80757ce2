using System.Text;
using Tradepost.Advertising.Events;
using Tradepost.Storage;
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>From the topic to the numbers of days.</summary>
public sealed class EventCounterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Events_that_come_three_times_in_any_order_are_counted_once(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        var events = SampleEvents.Make(20_000);
        await using (var topics = Topics(world))
        {
            await PublishAsync(topics, Shuffled(events));
        }

        await CountAsync(world);

        (await world.LinesAsync(SampleEvents.Query)).Order(StringComparer.Ordinal).ShouldBe(SampleEvents.Count(events));
        (await world.CountAsync("ad_events")).ShouldBe(20_000);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_part_that_was_written_and_not_committed_is_read_again_and_changes_nothing(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        var events = SampleEvents.Make(2_000);
        await using (var topics = Topics(world))
        {
            await PublishAsync(topics, events);
            await using var reader = topics.Read(EventTopic.Name, EventTopic.Counters);
            await using var connection = await world.Store.OpenSessionAsync(Cancellation);
            var part = await reader.ReadAsync(1_000, Patience, Cancellation);
            (
                await new EventWrite(world.Store, world.Time, TimeSpan.FromDays(400)).WriteAsync(connection, part, Cancellation)
            ).Counted.ShouldBe(part.Count);
        }

        await CountAsync(world);

        (await world.LinesAsync(SampleEvents.Query)).Order(StringComparer.Ordinal).ShouldBe(SampleEvents.Count(events));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_late_event_changes_yesterday_says_so_and_leaves_what_was_known_before(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await PublishAndCountAsync(world, Event("a", "2026-01-01T10:00:00Z"));
        world.Time.Advance(TimeSpan.FromDays(1));

        await PublishAndCountAsync(world, Event("b", "2026-01-01T23:59:59.999Z"));

        (await world.LinesAsync("SELECT \"date\", total_impressions FROM daily_campaign_summary")).ShouldBe(["2026-01-01 2"]);
        (
            await world.LinesAsync("SELECT \"date\", learned_at, total_impressions FROM daily_campaign_summary_as_of ORDER BY learned_at")
        ).ShouldBe(["2026-01-01 2026-01-01 1", "2026-01-01 2026-01-02 2"]);
        world.Logger.Lines.ShouldContain("1 events of 2026-01-01 came late and changed that day of 1 campaigns.");
    }

    [Fact]
    public async Task Within_a_minute_a_day_has_one_version()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        for (var i = 0; i < 5; i++)
        {
            await PublishAndCountAsync(world, Event($"{i}", "2026-01-01T00:00:00Z"));
            world.Time.Advance(TimeSpan.FromSeconds(20));
        }

        (await world.LinesAsync("SELECT impressions FROM campaign_metrics ORDER BY learned_at")).ShouldBe(["3", "5"]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_is_no_event_is_kept_aside_and_what_a_platform_told_is_kept_once(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        var notice = PlatformNotice.ReadAll(
            Encoding.UTF8.GetBytes(
                """{"object":"ad_account","entry":[{"id":"17","time":1767225600,"changes":[{"field":"ad_recommendations","value":{"a":1}}]}]}"""
            ),
            0
        );
        await using (var topics = Topics(world))
        {
            await topics.PublishAsync(
                EventTopic.Name,
                [
                    new TopicEvent(null, "not json"u8.ToArray()),
                    new TopicEvent(null, """{"id":"a","type":"smile","at":"2026-01-01T00:00:00Z","campaign_id":"c"}"""u8.ToArray()),
                    new TopicEvent(null, EventJson.Write(Event("a", "2026-01-01T00:00:00Z"))),
                ],
                Cancellation
            );
        }

        await using (var topic = new EventTopic(() => Topics(world)))
        {
            await topic.PublishAsync(notice, Cancellation);
            await topic.PublishAsync(notice, Cancellation);
        }

        await CountAsync(world);

        (await world.LinesAsync("SELECT problem FROM rejects ORDER BY 1")).ShouldBe([
            "The event at 0 of ads.events is none: It is not JSON that can be read.",
            "The event at 1 of ads.events is none: event.type is none of impression, click, conversion.",
        ]);
        (await world.LinesAsync("SELECT object, entry, field FROM platform_notices")).ShouldBe(["ad_account 17 ad_recommendations"]);
        (await world.CountAsync("ad_events")).ShouldBe(1);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Events_of_people_who_said_no_are_not_stored(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await world.ExecuteAsync("INSERT INTO consents (user_id, events, decided_at) VALUES ('ann', FALSE, TIMESTAMP '2026-01-01')");

        await PublishAndCountAsync(
            world,
            Event("a", "2026-01-01T00:00:00Z") with
            {
                UserId = "ann",
            },
            Event("b", "2026-01-01T00:00:00Z") with
            {
                UserId = "ben",
            }
        );

        (await world.LinesAsync("SELECT user_id FROM ad_events")).ShouldBe(["ben"]);
        (await world.LinesAsync("SELECT user_id FROM campaign_metrics")).ShouldBe(["ben"]);
    }

    [Fact]
    public async Task An_id_that_was_accepted_lately_is_told_as_repeated()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        await using var topic = new EventTopic(() => Topics(world));
        var (a, b) = (Event("a", "2026-01-01T00:00:00Z"), Event("b", "2026-01-01T00:00:00Z"));

        (await topic.PublishAsync([a, a, b], Cancellation)).ShouldBe(1);
        (await topic.PublishAsync([b], Cancellation)).ShouldBe(1);
    }

    internal static LogTopics Topics(AdvertisingWorld world) =>
        new(EventTopic.FolderOf(world.Settings), new LogOptions(), TimeProvider.System);

    internal static AdEvent Event(string id, string at) =>
        new(
            id,
            AdEventType.Impression,
            Moment.Of(DateTimeOffset.Parse(at).UtcMoment()),
            "spring",
            "",
            "",
            0,
            null,
            Moment.Of(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified))
        );

    internal static async Task PublishAndCountAsync(AdvertisingWorld world, params AdEvent[] events)
    {
        await using (var topics = Topics(world))
        {
            await PublishAsync(topics, events);
        }

        await CountAsync(world);
    }

    internal static Task PublishAsync(LogTopics topics, IEnumerable<AdEvent> events) =>
        topics.PublishAsync(EventTopic.Name, [.. events.Select(one => new TopicEvent(one.CampaignId, EventJson.Write(one)))], Cancellation);

    internal static async Task CountAsync(AdvertisingWorld world)
    {
        await using var topic = new EventTopic(() => Topics(world));
        using var counter = new EventCounter(world.Store, world.Settings, topic, world.Time, world.Logger);
        await counter.CountAllAsync(Patience, Cancellation);
    }

    internal static AdEvent[] Shuffled(List<AdEvent> events)
    {
        AdEvent[] three = [.. events, .. events, .. events];
        new Random(3).Shuffle(three);
        return three;
    }
}
