using Tradepost.Advertising.Campaigns;

namespace Tradepost.Advertising.Tests.Campaigns;

public sealed class RestatementsTests
{
    public static TheoryData<StoreKind> Stores => [StoreKind.DuckDb, StoreKind.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_day_that_was_restated_is_listed_with_what_was_known_before_and_after(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await world.ExecuteAsync(
            """
            INSERT INTO campaign_metrics
              (user_id, campaign_id, "timestamp", impressions, clicks, spend, conversions, source, learned_at)
            VALUES
              ('a', '1', TIMESTAMP '2026-01-01', 100, 2, 1.5, 1, 'reported', TIMESTAMP '2026-01-02'),
              ('a', '1', TIMESTAMP '2026-01-01', 100, 2, 1.5, 3, 'reported', TIMESTAMP '2026-01-05'),
              ('a', '1', TIMESTAMP '2026-01-02', 50, 1, 0.5, 0, 'reported', TIMESTAMP '2026-01-05'),
              ('somebody', '1', TIMESTAMP '2026-01-01', 1, 0, 0, 0, 'events', TIMESTAMP '2026-01-02'),
              ('somebody', '1', TIMESTAMP '2026-01-01', 2, 0, 0, 0, 'events', TIMESTAMP '2026-01-03')
            """
        );
        await world.ExecuteAsync(
            "INSERT INTO campaigns (user_id, id, name, learned_at) VALUES ('a', '1', 'Spring', TIMESTAMP '2026-01-02')"
        );
        var reports = new CampaignReports(world.Store);

        var restated = (await reports.RestatementsAsync(new RestatementsQuery(), Token)).ShouldHaveSingleItem();
        var later = await reports.RestatementsAsync(new RestatementsQuery { Since = new DateTime(2026, 1, 5) }, Token);

        (restated.CampaignName, restated.Date).ShouldBe(("Spring", new DateOnly(2026, 1, 1)));
        (restated.KnownAt, restated.LearnedAt).ShouldBe((new DateTime(2026, 1, 2), new DateTime(2026, 1, 5)));
        restated.Before.ShouldBe(new DayNumbers(100, 2, 1.5m, 1));
        restated.After.ShouldBe(new DayNumbers(100, 2, 1.5m, 3));
        later.ShouldBeEmpty();
    }
}
