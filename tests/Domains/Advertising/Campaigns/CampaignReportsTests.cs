using Tradepost.Advertising.Campaigns;
using Tradepost.Advertising.Tests.Events;

namespace Tradepost.Advertising.Tests.Campaigns;

/// <summary>Figures by anything, as of any moment.</summary>
public sealed class CampaignReportsTests
{
    private static readonly DateTime FirstLoad = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Unspecified);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Figures_add_up_by_everything_and_as_of_before_a_restatement_they_are_the_old_ones(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await world.LoadAsync(
            world.Write(
                "a.csv",
                """
                Day,Account ID,Campaign ID,Campaign,Ad Set ID,Ad ID,Impressions,Clicks,Cost,Conversions
                2026-01-01,A,1,Spring,s1,a1,100,10,1.50,1
                2026-01-01,A,1,Spring,s1,a2,50,5,0.50,0
                2026-01-06,A,1,Spring,s2,a3,10,0,0.25,0
                2026-02-01,B,2,Autumn,s3,a4,7,1,0.10,1

                """
            )
        );
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.LoadAsync(
            world.Write(
                "b.csv",
                "Day,Account ID,Campaign ID,Campaign,Ad Set ID,Ad ID,Impressions,Clicks,Cost,Conversions\n2026-01-01,A,1,Spring,s1,a1,110,10,1.60,1\n"
            )
        );

        (await ReadAsync(world, new FiguresQuery())).ShouldBe(["1 Spring 170 15 2.35 1", "2 Autumn 7 1 0.1 1"]);
        (await ReadAsync(world, new FiguresQuery { AsOf = FirstLoad })).ShouldBe(["1 Spring 160 15 2.25 1", "2 Autumn 7 1 0.1 1"]);
        (await ReadAsync(world, By(CampaignDivision.Account))).ShouldBe(["A 170 15 2.35 1", "B 7 1 0.1 1"]);
        (await ReadAsync(world, By(CampaignDivision.AdSet))).ShouldBe(["s1 160 15 2.1 1", "s2 10 0 0.25 0", "s3 7 1 0.1 1"]);
        (await ReadAsync(world, By(CampaignDivision.Ad) with { AsOf = FirstLoad, Campaign = "1" })).ShouldBe([
            "a1 100 10 1.5 1",
            "a2 50 5 0.5 0",
            "a3 10 0 0.25 0",
        ]);
        (await ReadAsync(world, By(CampaignDivision.Date))).ShouldBe([
            "2026-01-01 160 15 2.1 1",
            "2026-01-06 10 0 0.25 0",
            "2026-02-01 7 1 0.1 1",
        ]);
        (await ReadAsync(world, By(CampaignDivision.Week))).ShouldBe([
            "2025-12-29 160 15 2.1 1",
            "2026-01-05 10 0 0.25 0",
            "2026-01-26 7 1 0.1 1",
        ]);
        (await ReadAsync(world, By(CampaignDivision.Month))).ShouldBe(["2026-01-01 170 15 2.35 1", "2026-02-01 7 1 0.1 1"]);
        (
            await ReadAsync(world, By(CampaignDivision.Month) with { From = new DateOnly(2026, 1, 2), To = new DateOnly(2026, 1, 31) })
        ).ShouldBe(["2026-01-01 10 0 0.25 0"]);
        (await ReadAsync(world, By() with { Account = "B" })).ShouldBe(["7 1 0.1 1"]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_a_platform_reports_of_a_campaigns_day_comes_before_what_events_count_of_it(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await EventCounterTests.PublishAndCountAsync(
            world,
            EventCounterTests.Event("a", "2026-01-01T00:00:00Z") with
            {
                AdId = "a1",
                UserId = "ann",
            },
            EventCounterTests.Event("b", "2025-12-31T00:00:00Z") with
            {
                AdId = "a1",
                UserId = "ben",
            }
        );
        await world.LoadAsync(world.Write("a.csv", "Day,Campaign,Ad ID,Impressions\n2026-01-01,spring,a1,5\n"));

        (await ReadAsync(world, By(CampaignDivision.Campaign, CampaignDivision.Date))).ShouldBe([
            "spring spring 2025-12-31 1 0 0 0",
            "spring spring 2026-01-01 5 0 0 0",
        ]);
        (await ReadAsync(world, By(CampaignDivision.Ad, CampaignDivision.Date))).ShouldBe([
            "a1 2025-12-31 1 0 0 0",
            "a1 2026-01-01 5 0 0 0",
        ]);
    }

    private static FiguresQuery By(params CampaignDivision[] by) => new() { By = by };

    private static async Task<IReadOnlyList<string>> ReadAsync(AdvertisingWorld world, FiguresQuery query) =>
        [
            .. (await new CampaignReports(world.Store).ReadAsync(query, Cancellation)).Select(row =>
                string.Join(
                    ' ',
                    new[]
                    {
                        row.Account,
                        row.Campaign,
                        row.CampaignName,
                        row.AdSet,
                        row.Ad,
                        row.Date?.ToString("yyyy-MM-dd"),
                        $"{row.Impressions} {row.Clicks} {row.Spend} {row.Conversions}",
                    }.Where(text => text is not null)
                )
            ),
        ];
}
