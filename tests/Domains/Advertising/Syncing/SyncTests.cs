using Tradepost.Storage;

namespace Tradepost.Advertising.Tests.Syncing;

public sealed class SyncTests
{
    public static TheoryData<StoreKind> Stores => [StoreKind.DuckDb, StoreKind.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task What_budgets_were_is_kept_when_they_change(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind);
        await world.SyncAsync();
        const string own =
            "FROM ad_budgets WHERE campaign_id = (SELECT min(campaign_id) FROM ad_budgets WHERE ad_set_id = '') AND ad_set_id = ''";
        var budget = (await world.Store.LinesAsync($"SELECT daily_budget {own}")).ShouldHaveSingleItem();
        var all = await world.Store.CountAsync("ad_budgets");
        await world.Store.ExecuteAsync(
            $"UPDATE ad_budgets SET daily_budget = 1 WHERE campaign_id = (SELECT max(campaign_id) {own}) AND ad_set_id = ''"
        );
        world.GoOn(1);

        await world.SyncAsync();
        world.GoOn(1);
        await world.SyncAsync();

        (await world.Store.LinesAsync($"SELECT daily_budget {own} ORDER BY learned_at")).ShouldBe(["1", budget]);
        (await world.Store.CountAsync("ad_budgets")).ShouldBe(all + 1);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_account_is_what_the_api_tells_of_it(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind);

        var result = await world.SyncAsync();

        var account = result.Accounts.ShouldHaveSingleItem();
        account.Until.ShouldBe(world.Today);
        account.Since.ShouldBe(world.Today.AddDays(-27));
        result.Rows.ShouldBe(28 * 12);
        result.KeptAside.ShouldBe(0);
        result.WaitedSeconds.ShouldBe(0);
        result.Requests.ShouldBe(world.Server.Requests);
        (await TotalAsync(world)).ShouldBe(world.Total(account.Since, account.Until));
        (await world.Store.LinesAsync("SELECT id, platform, name, currency, time_zone FROM accounts")).ShouldBe([
            "act_1001 meta Account 1 USD Europe/Kyiv",
        ]);
        (await world.Store.LinesAsync("SELECT id, status, objective, daily_budget FROM campaigns ORDER BY id")).ShouldBe([
            "101 ACTIVE OUTCOME_LEADS 5000",
            "102 ACTIVE OUTCOME_TRAFFIC 10000",
            "103 ACTIVE OUTCOME_SALES 15000",
        ]);
        (await world.Store.CountAsync("ad_sets")).ShouldBe(6);
        (await world.Store.CountAsync("ads WHERE ad_set_id IS NOT NULL AND name LIKE 'Ad %'")).ShouldBe(12);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Twenty_eight_days_asked_for_again_change_only_what_was_restated(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind);
        await world.SyncAsync();
        var before = await world.Store.CountAsync("ad_metrics");

        var again = await world.SyncAsync();

        again.Restated.ShouldBe(0);
        (await world.Store.CountAsync("ad_metrics")).ShouldBe(before);

        var known = world.Store.Time.GetUtcNow().UtcDateTime;
        var asKnown = await TotalAsync(world);
        world.GoOn(days: 2);
        var later = await world.SyncAsync();

        later.Restated.ShouldBeGreaterThan(0);
        (await TotalAsync(world)).ShouldBe(world.Total(world.Today.AddDays(-27), world.Today));
        (
            await world.Store.LinesAsync(
                $"""
                SELECT CAST(sum(total_spend) AS decimal(28, 9)) FROM daily_campaign_summary_as_of s
                WHERE learned_at = (SELECT max(learned_at) FROM daily_campaign_summary_as_of o WHERE o.user_id = s.user_id
                  AND o.campaign_id = s.campaign_id AND o.date = s.date AND o.learned_at <= TIMESTAMP '{known:yyyy-MM-dd HH:mm:ss}')
                """
            )
        ).ShouldBe([$"{asKnown.Spend:0.#########}"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_sync_that_was_stopped_goes_on_behind_what_it_wrote(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind, "code-190/463@20");

        var said = await world.FailAsync();
        var done = DateOnly.FromDateTime(await world.Store.ScalarAsync<DateTime>("SELECT CAST(done AS timestamp) FROM ad_syncs"));
        var result = await world.SyncAsync();

        said.ShouldContain("act_1001: code 190, subcode 463");
        said.ShouldContain("the token has expired");
        said.ShouldContain("META_ACCESS_TOKEN");
        done.ShouldBeInRange(world.Today.AddDays(-27), world.Today.AddDays(-1));
        result.Rows.ShouldBe(12 * (world.Today.DayNumber - done.DayNumber));
        result.Restated.ShouldBe(0);
        (await TotalAsync(world)).ShouldBe(world.Total(world.Today.AddDays(-27), world.Today));
    }

    [Fact]
    public async Task Days_since_the_last_sync_are_asked_for_however_many_they_are()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb);
        await world.SyncAsync();
        var last = world.Today;
        world.GoOn(days: 40);

        var result = await world.SyncAsync();

        result.Accounts[0].Since.ShouldBe(last.AddDays(-27), "what was read last may have been restated since");
        (await world.Store.CountAsync("(SELECT DISTINCT \"timestamp\" FROM campaign_metrics) days")).ShouldBe(28 + 40);
    }

    [Fact]
    public async Task The_token_stands_in_no_address_and_in_no_log()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, "code-17@3", "cut@6", "report-fails@8");

        await world.SyncAsync();

        world.Asked.ShouldNotBeEmpty();
        world.Asked.ShouldAllBe(line => !line.Contains(SyncWorld.Token));
        world.Store.Logger.Lines.ShouldNotBeEmpty();
        world.Store.Logger.Lines.ShouldAllBe(line => !line.Contains(SyncWorld.Token));
    }

    [Fact]
    public async Task What_does_not_fit_is_set_aside_with_its_reason()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb);
        world.Server.Change = row =>
        {
            if ((string?)row["ad_id"] == "10111")
            {
                row["spend"] = "99999999999999999999.99";
            }
            else if ((string?)row["ad_id"] == "10112")
            {
                row["clicks"] = "-1";
            }
        };

        var result = await world.SyncAsync();
        var again = await world.SyncAsync();

        result.KeptAside.ShouldBe(56);
        again.KeptAside.ShouldBe(56);
        (await world.Store.CountAsync("rejects WHERE rule = 'out_of_range'")).ShouldBe(28);
        (await world.Store.CountAsync("rejects WHERE rule = 'not_a_number'")).ShouldBe(28);
        (await world.Store.CountAsync("ad_metrics WHERE ad_id IN ('10111', '10112')")).ShouldBe(0);
        (await world.Store.CountAsync("ad_metrics")).ShouldBe(28 * 10);
    }

    private static async Task<(long, long, decimal Spend, decimal)> TotalAsync(SyncWorld world)
    {
        await using var connection = await world.Store.Store.OpenAsync(Token);
        return (
            await connection.ReadAsync(
                $"""
                SELECT CAST(sum(impressions) AS bigint), CAST(sum(clicks) AS bigint), CAST(sum(spend) AS decimal(28, 9)),
                  CAST(sum(conversions) AS decimal(28, 9))
                FROM campaign_metrics_now WHERE "timestamp" >= TIMESTAMP '{world.Today.AddDays(-27):yyyy-MM-dd}'
                """,
                row => (row.GetInt64(0), row.GetInt64(1), row.GetDecimal(2), row.GetDecimal(3)),
                Token
            )
        )[0];
    }
}
