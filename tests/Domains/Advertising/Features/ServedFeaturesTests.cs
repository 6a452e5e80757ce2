using Tradepost.Advertising.Features;
using Tradepost.Advertising.Privacy;
using Tradepost.Advertising.Tests.Events;

namespace Tradepost.Advertising.Tests.Features;

/// <summary>A value that is served again is current, or says that it is not.</summary>
[Collection(FeatureWorld.Collection)]
public sealed class ServedFeaturesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_is_loaded_counted_or_erased_is_served_within_a_second_by_every_process(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        world.Time.Advance(TimeSpan.FromDays(1));
        await using var here = FeatureWorld.Served(world);
        await using var there = FeatureWorld.Served(world);
        (await ClicksAsync(here, "default")).ShouldBe(0);
        await LoadAsync(world, 10);
        await EventCounterTests.PublishAndCountAsync(world, Click("a", "ann"), Click("b", "ben"));

        await ExpectAsync("default", 10);
        await ExpectAsync("", 2);
        await LoadAsync(world, 11);
        await ExpectAsync("default", 11);
        await EventCounterTests.PublishAndCountAsync(world, Click("c", "ben"));
        await ExpectAsync("", 3);
        await EraseFromAds.RunAsync(new EraseOfAdsOptions { User = "ann" }, world.Context(), Cancellation);
        await ExpectAsync("", 2);

        async Task ExpectAsync(string account, long clicks)
        {
            world.Time.Advance(CurrentMarks.Bound);
            (await ClicksAsync(here, account)).ShouldBe(clicks);
            (await ClicksAsync(there, account)).ShouldBe(clicks);
            (await ClicksAsync(there, account)).ShouldBe(clicks);
        }
    }

    [Fact]
    public async Task What_is_served_again_grows_older_gets_stale_and_is_worked_out_anew_on_the_next_day()
    {
        await using var world = await AdvertisingWorld.CreateAsync(
            StoreKind.DuckDb,
            new Dictionary<string, string> { ["ADS_FEATURES_FRESH_HOURS"] = "3" }
        );
        world.Time.Advance(TimeSpan.FromDays(1));
        await LoadAsync(world, 10);
        await using var served = FeatureWorld.Served(world);
        var counts = new Dictionary<string, long>();
        using var counting = FeatureWorld.Count(FeatureMetrics.Served, counts);

        var first = await served.ReadAsync("default", "1", null, Cancellation);
        world.Time.Advance(TimeSpan.FromHours(2));
        var second = await served.ReadAsync("default", "1", null, Cancellation);
        world.Time.Advance(TimeSpan.FromHours(2));
        var third = await served.ReadAsync("default", "1", null, Cancellation);
        world.Time.Advance(TimeSpan.FromHours(20));
        var tomorrow = await served.ReadAsync("default", "1", null, Cancellation);

        (first.Status, second.Status, third.Status).ShouldBe((FeatureStatus.Fresh, FeatureStatus.Fresh, FeatureStatus.Stale));
        (first.AgeSeconds, second.AgeSeconds, third.AgeSeconds).ShouldBe((0, 2 * 3600, 4 * 3600));
        third.AsOf.ShouldBe(first.AsOf);
        (first.Windows[0].Clicks, tomorrow.Windows[0].Clicks).ShouldBe((10, 0));
        (counts["store"], counts["cache"]).ShouldBe((2, 2));
    }

    private static async Task<long> ClicksAsync(ServedFeatures served, string account) =>
        (await served.ReadAsync(account, "1", null, Cancellation)).Windows[1].Clicks;

    private static Task LoadAsync(AdvertisingWorld world, int clicks) =>
        world.LoadAsync(world.Write($"{clicks}.csv", $"Day,Campaign,Ad ID,Impressions,Clicks\n2026-01-01,Spring,1,1000,{clicks}\n"));

    private static Advertising.Events.AdEvent Click(string id, string person) =>
        EventCounterTests.Event(id, "2026-01-01T10:00:00Z") with
        {
            Type = Advertising.Events.AdEventType.Click,
            AdId = "1",
            UserId = person,
        };
}
