using Tradepost.Advertising.Events;
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
