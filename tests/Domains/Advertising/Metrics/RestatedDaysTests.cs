namespace Tradepost.Advertising.Tests.Metrics;

/// <summary>What was known when.</summary>
public sealed class RestatedDaysTests
{
    private const string Now = "SELECT campaign_id, \"date\", total_impressions, total_spend FROM daily_campaign_summary ORDER BY 1, 2";

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_day_that_is_loaded_again_with_other_numbers_shows_them_and_as_of_before_the_old_ones(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        await world.LoadAsync(
            world.Write("a.csv", "Day,Campaign,Ad ID,Impressions,Cost\n2024-01-01,Spring,1,10,1.5\n2024-01-02,Spring,1,5,1\n")
        );
        world.Time.Advance(TimeSpan.FromDays(1));

        var result = await world.LoadAsync(
            world.Write("b.csv", "Day,Campaign,Ad ID,Impressions,Cost\n2024-01-01,Spring,1,12,1.75\n2024-01-02,Spring,1,5,1\n")
        );

        (result.Changed, result.Restated).ShouldBe((2, 1));
        (await world.LinesAsync(Now)).ShouldBe(["Spring 2024-01-01 12 1.75", "Spring 2024-01-02 5 1"]);
        (
            await world.LinesAsync(
                "SELECT campaign_id, \"date\", learned_at, total_impressions, total_spend FROM daily_campaign_summary_as_of ORDER BY 1, 2, 3"
            )
        ).ShouldBe(["Spring 2024-01-01 2026-01-01 10 1.5", "Spring 2024-01-01 2026-01-02 12 1.75", "Spring 2024-01-02 2026-01-01 5 1"]);
    }

    [Fact]
    public async Task What_a_later_file_does_not_say_stays_as_it_was()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        await world.LoadAsync(world.Write("a.csv", "Day,Campaign,Impressions,Clicks,Cost\n2024-01-01,Spring,10,2,1.5\n"));

        await world.LoadAsync(world.Write("b.csv", "Day,Campaign,Impressions\n2024-01-01,Spring,11\n"));

        (await world.LinesAsync("SELECT impressions, clicks, spend FROM campaign_metrics_now")).ShouldBe(["11 2 1.5"]);
    }

    [Fact]
    public async Task Versions_at_one_moment_stay_apart_and_the_last_one_counts()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        for (var impressions = 1; impressions <= 3; impressions++)
        {
            await world.LoadAsync(world.Write($"{impressions}.csv", $"Day,Campaign,Impressions\n2024-01-01,Spring,{impressions}\n"));
        }

        (await world.LinesAsync(Now)).ShouldBe(["Spring 2024-01-01 3 0"]);
        (await world.LinesAsync("SELECT count(DISTINCT learned_at) FROM campaign_metrics")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task Rows_of_whole_campaigns_come_before_those_of_their_ads()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        await world.LoadAsync(world.Write("ads.csv", "Day,Campaign,Ad ID,Impressions\n2024-01-01,Spring,1,4\n2024-01-01,Spring,2,5\n"));

        await world.LoadAsync(world.Write("campaigns.csv", "Day,Campaign,Impressions\n2024-01-01,Spring,10\n"));

        (await world.LinesAsync(Now)).ShouldBe(["Spring 2024-01-01 10 0"]);
    }
}
