using Tradepost.Advertising.Features;
using Tradepost.Advertising.Simulating;
using Tradepost.Advertising.Tests.Events;

namespace Tradepost.Advertising.Tests.Features;

/// <summary>What features are, the same for training and serving, and nothing of what was learned later.</summary>
[Collection(FeatureWorld.Collection)]
public sealed class AdFeatureReaderTests
{
    private const string Header = "Day,Campaign,Ad ID,Impressions,Clicks,Cost,Conversions,Reach\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Windows_are_whole_days_rates_are_shrunk_to_the_account_and_pacing_is_against_the_budget(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);

        var features = await ReadAsync(world, "1");

        (features.DaysOld, features.Status, features.AgeSeconds).ShouldBe((21, FeatureStatus.Fresh, 12 * 3600.0));
        var (day, week, month) = (features.Windows[0], features.Windows[1], features.Windows[2]);
        (day.Days, day.Impressions, day.Clicks, day.Conversions, day.Spend).ShouldBe((1, 1_000, 20, 2, 10));
        day.ClickRate.ShouldBe((20 + (0.01 * 1_000)) / 2_000);
        day.ConversionRate.ShouldBe((2 + (0.1 * 100)) / 120);
        day.CostPerClick.ShouldBe((10 + (0.5 * 100)) / 120);
        day.CostPerThousand.ShouldBe(1_000 * ((10 + (0.005 * 1_000)) / 2_000));
        day.Frequency.ShouldBe(2);
        (week.Impressions, week.Clicks, week.Spend, week.Frequency).ShouldBe((2_000, 30, 15, 2_000.0 / 1_500));
        (month.Impressions, month.Conversions, month.Frequency).ShouldBe((10_000, 10, 2_000.0 / 1_500));
        var pacing = features.Pacing;
        (pacing.SpentToday, pacing.SpentMonth, pacing.DailyBudget).ShouldBe((2.5m, 67.5m, 10m));
        (pacing.DayShare, pacing.MonthShare, pacing.Status).ShouldBe((0.25, 67.5 / 310, FeatureStatus.Fresh));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_is_not_known_is_null_and_an_ad_that_nobody_knows_is_unknown(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);

        var known = await ReadAsync(world, "2");
        var nobody = await ReadAsync(world, "9");
        var elsewhere = await FeatureWorld.Reader(world).ReadAsync(new AdMoment("other", "1", FeatureWorld.Noon), Cancellation);

        (known.Windows[0].Frequency, known.Placements.Status, known.Placements.AgeSeconds).ShouldBe((null, FeatureStatus.Unknown, null));
        (nobody.Status, nobody.AgeSeconds, nobody.DaysOld, nobody.Pacing.SpentMonth).ShouldBe((FeatureStatus.Unknown, null, null, null));
        nobody.Windows[0].ClickRate.ShouldBe(0.01);
        (elsewhere.Status, elsewhere.Windows[2].ClickRate, elsewhere.Windows[2].CostPerThousand).ShouldBe(
            (FeatureStatus.Unknown, null, null)
        );
        (await ReadAsync(world, "1", FeatureWorld.Noon.AddDays(2))).Status.ShouldBe(FeatureStatus.Stale);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Segments_of_reports_give_the_mix_of_placements_and_audience(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        await world.LoadAsync(
            world.Write(
                "age.csv",
                "Day,Campaign,Ad ID,Age,Gender,Impressions,Clicks\n2026-01-08,Spring,3,18-24,female,30,3\n2026-01-08,Spring,3,25-34,male,10,0\n"
            ),
            world.Write("place.csv", "Day,Campaign,Ad ID,Platform,Impressions,Clicks\n2026-01-08,Spring,3,instagram,40,3\n")
        );

        var features = await ReadAsync(world, "3");

        features
            .Audience.Shares.Select(part => (part.Breakdown, part.Segment, part.Impressions, part.Share, part.ClickRate))
            .ShouldBe([("age,gender", "18-24|female", 30, 0.75, 0.1), ("age,gender", "25-34|male", 10, 0.25, 0.0)]);
        features.Placements.Shares.Select(part => (part.Segment, part.Share)).ShouldBe([("instagram", 1.0)]);
        (features.Windows[1].Impressions, features.Placements.Status).ShouldBe((40, FeatureStatus.Fresh));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Ads_of_own_events_have_them_too_with_persons_for_reach(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        await EventCounterTests.PublishAndCountAsync(
            world,
            Seen("a", "2026-01-09T10:00:00Z", "ann"),
            Seen("b", "2026-01-09T11:00:00Z", "ann"),
            Seen("c", "2026-01-09T11:00:00Z", "ben"),
            Seen("d", "2026-01-10T11:00:00Z", "ben") with
            {
                Value = 0.25m,
            }
        );

        var features = await FeatureWorld.Reader(world).ReadAsync(new AdMoment("", "banner", FeatureWorld.Noon.AddDays(1)), Cancellation);

        (features.Windows[0].Impressions, features.Windows[1].Impressions, features.Windows[1].Frequency).ShouldBe((1, 4, 4.0 / 3));
        (features.DaysOld, features.Pacing.SpentMonth, features.Windows[0].Spend).ShouldBe((2, 0.25m, 0.25m));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_is_learned_later_or_of_later_days_changes_nothing_of_before(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        await EventCounterTests.PublishAndCountAsync(world, Seen("a", "2026-01-09T10:00:00Z", "ann"));
        List<AdMoment> asked =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(i => FeatureWorld.Noon.AddHours(-i * 3))
                .SelectMany(at =>
                    new[] { new AdMoment("default", "1", at), new AdMoment("default", "2", at), new AdMoment("", "banner", at) }
                ),
        ];
        var before = await FeatureWorld.Reader(world).ReadAsync(asked, Cancellation);
        world.Time.Advance(TimeSpan.FromDays(1));

        await world.LoadAsync(
            world.Write(
                "b.csv",
                $"{Header}2026-01-09,Spring,1,5000,500,99,9,1\n2026-01-11,Spring,1,5,5,5,5,5\n2025-12-12,Autumn,1,7,7,7,7,7\n"
            ),
            world.Write("c.csv", "Day,Campaign,Ad ID,Age,Impressions\n2026-01-08,Spring,1,18-24,30\n"),
            world.Write("d.csv", "Day,Campaign,Ad ID,Impressions\n2026-01-09,spring,banner,30\n")
        );
        await EventCounterTests.PublishAndCountAsync(
            world,
            Seen("b", "2026-01-09T10:00:00Z", "ben"),
            Seen("c", "2025-12-30T10:00:00Z", "ben")
        );
        await world.ExecuteAsync(
            "INSERT INTO ad_budgets (user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at) VALUES ('default', 'Spring', '', 7, 'USD', TIMESTAMP '2026-01-11')"
        );

        (await FeatureWorld.Reader(world).ReadAsync(asked, Cancellation))
            .Select(FeatureWorld.Text)
            .ShouldBe(before.Select(FeatureWorld.Text));
        (await ReadAsync(world, "1", FeatureWorld.Noon.AddDays(1))).Windows[2].Clicks.ShouldBe(592);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb, 200)] // a read takes the embedded store some 60 ms of the processor
    [InlineData(StoreKind.Postgres, 1_000)]
    public async Task For_random_ads_and_moments_what_is_served_from_store_and_cache_is_what_is_trained_on(StoreKind kind, int count)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await AdvertisingDemo.FillAsync(world.Store, world.Time, Cancellation);
        await world.ExecuteAsync(
            """
            INSERT INTO ad_budgets (user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at)
            VALUES ('demo', '1', '', 5000, 'USD', TIMESTAMP '2025-12-01'), ('demo', '1', '', 7000, 'USD', TIMESTAMP '2025-12-20'),
              ('demo', '2', '2-1', 3333, 'USD', TIMESTAMP '2025-12-10')
            """
        );
        var dice = new Random(1);
        var now = world.Time.GetUtcNow().UtcDateTime;
        List<AdMoment> asked =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => (At: now.AddMinutes(-dice.Next(70 * 24 * 60)), IsOwn: dice.Next(10) == 0))
                .Select(one => new AdMoment(
                    one.IsOwn ? "" : SimulatedAccount.Id,
                    one.IsOwn ? $"banner-{dice.Next(4)}" : $"{1 + dice.Next(6)}-1-{1 + dice.Next(3)}",
                    DateTime.SpecifyKind(one.At, DateTimeKind.Unspecified)
                )),
        ];
        await using var served = FeatureWorld.Served(world);
        var counts = new Dictionary<string, long>();
        using var counting = FeatureWorld.Count(FeatureMetrics.Served, counts);

        var trained = await FeatureWorld.Reader(world).ReadAsync(asked, Cancellation);
        for (var i = 0; i < 2 * count; i++)
        {
            var (account, ad, asOf) = asked[i / 2];
            var one = await served.ReadAsync(account, ad, asOf, Cancellation);
            FeatureWorld.Text(one).ShouldBe(FeatureWorld.Text(trained[i / 2]));
        }

        (counts["store"] + counts["cache"]).ShouldBe(2 * count);
        counts["cache"].ShouldBeGreaterThanOrEqualTo(count); // of each two the second
        trained.Select(row => row.Status).Distinct().Count().ShouldBe(3);
        trained.ShouldContain(row => row.Pacing.MonthShare > 0);
    }

    /// <summary>Two ads of an account, as reported at midnight of the tenth of January.</summary>
    private static async Task<AdvertisingWorld> CreateAsync(StoreKind kind)
    {
        var world = await AdvertisingWorld.CreateAsync(kind);
        world.Time.Advance(TimeSpan.FromDays(9));
        await world.LoadAsync(
            world.Write(
                "a.csv",
                $"{Header}2026-01-09,Spring,1,1000,20,10,2,500\n2026-01-05,Spring,1,1000,10,5,0,1000\n2025-12-20,Spring,1,8000,70,35,8,\n"
                    + "2026-01-10,Spring,1,500,5,2.5,0,\n2026-01-09,Spring,2,10000,100,50,10,\n"
            )
        );
        await world.ExecuteAsync(
            "INSERT INTO ad_budgets (user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at) VALUES ('default', 'Spring', '', 1000, 'USD', TIMESTAMP '2026-01-10')"
        );
        return world;
    }

    private static Task<AdFeatures> ReadAsync(AdvertisingWorld world, string ad, DateTime? at = null) =>
        FeatureWorld.Reader(world).ReadAsync(new AdMoment("default", ad, at ?? FeatureWorld.Noon), Cancellation);

    private static Advertising.Events.AdEvent Seen(string id, string at, string person) =>
        EventCounterTests.Event(id, at) with
        {
            AdId = "banner",
            UserId = person,
        };
}
