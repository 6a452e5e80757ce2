using Tradepost.Advertising.Events;
using Tradepost.Advertising.Privacy;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>The same sums on ClickHouse.</summary>
public sealed class ClickHouseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_that_came_three_times_add_up_as_in_the_store_and_a_person_can_be_erased()
    {
        var running = await Servers.RequireClickHouseAsync();
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        var events = SampleEvents.Make(20_000);
        await using (var topics = EventCounterTests.Topics(world))
        {
            await EventCounterTests.PublishAsync(topics, EventCounterTests.Shuffled(events));
        }

        using var server = new ClickHouseClient(
            ClickHouseUrl.Parse(SettingNames.AnalyticsUrl, running.Url(ClickHouseServer.NewDatabase()))
        );
        await using (var topic = new EventTopic(() => EventCounterTests.Topics(world)))
        {
            using var copier = new EventCopier(world.Store, world.Settings, topic, world.Time, world.Logger);
            await copier.CopyAllAsync(server, TimeSpan.FromMilliseconds(300), Cancellation);
        }

        (await SumsAsync(server)).ShouldBe(SampleEvents.Count(events));
        var mine = events.Count(one => one.UserId == "user-1");
        (await new AnalyticsEvents(server).EraseAsync("user-1", TimeProvider.System, Cancellation)).ShouldBe(mine);
        (await SumsAsync(server)).ShouldBe(SampleEvents.Count(events.Where(one => one.UserId != "user-1")));
    }

    [Fact]
    public async Task An_erasure_without_a_server_copies_what_waits_and_leaves_nothing_of_the_person_there_or_on_disk()
    {
        var running = await Servers.RequireClickHouseAsync();
        var url = running.Url(ClickHouseServer.NewDatabase());
        await using var world = await AdvertisingWorld.CreateAsync(
            StoreKind.DuckDb,
            new Dictionary<string, string> { [SettingNames.AnalyticsUrl] = url }
        );
        var events = SampleEvents.Make(100);
        await using (var topics = EventCounterTests.Topics(world))
        {
            await EventCounterTests.PublishAsync(topics, events);
        }

        var receipt = await EraseFromAds.RunAsync(
            new EraseOfAdsOptions { User = "user-1" },
            world.Context(TimeProvider.System),
            Cancellation
        );

        using var server = new ClickHouseClient(ClickHouseUrl.Parse(SettingNames.AnalyticsUrl, url));
        (await SumsAsync(server)).ShouldBe(SampleEvents.Count(events.Where(one => one.UserId != "user-1")));
        receipt.Places.Single(place => place.Place == "segments of topic ads.events").Rows.ShouldBe(1);
        (await world.CountAsync("erasures WHERE topic_cleared_at IS NOT NULL")).ShouldBe(1);
    }

    private static async Task<IReadOnlyList<string>> SumsAsync(ClickHouseClient server) =>
        [
            .. (
                await server.ReadAsync(
                    $"SELECT user_id, campaign_id, date, total_impressions, total_clicks, total_spend, total_conversions FROM {server.Table("daily_campaign_summary")}",
                    Cancellation
                )
            )
                .Select(row => string.Join(' ', [.. row[..5], decimal.Parse(row[5]).ToString("0.#########"), row[6]]))
                .Order(StringComparer.Ordinal),
        ];
}
