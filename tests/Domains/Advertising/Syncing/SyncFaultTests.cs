namespace Tradepost.Advertising.Tests.Syncing;

/// <summary>Each fault of the API, at different requests: what comes of the sync, and what is said.</summary>
public sealed class SyncFaultTests
{
    [Theory]
    [InlineData("code-1@2")]
    [InlineData("code-2@5x3")]
    [InlineData("code-104@4")]
    [InlineData("code-960@1")]
    [InlineData("code-99/99@3")]
    [InlineData("cut@1")]
    [InlineData("cut@6x2")]
    [InlineData("no-json@7")]
    [InlineData("close@2")]
    [InlineData("report-fails@5")]
    [InlineData("report-is-skipped@5")]
    [InlineData("too-much@2x2")]
    [InlineData("code-100/1487534@5x3")]
    public async Task What_passes_or_is_too_much_at_once_changes_nothing(string fault)
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, fault);

        var result = await world.SyncAsync();

        result.Rows.ShouldBe(28 * 12);
        result.WaitedSeconds.ShouldBe(0);
        (await world.Store.CountAsync("ad_metrics")).ShouldBe(28 * 12);
        (await world.Store.ScalarAsync<long>("SELECT CAST(sum(impressions) AS bigint) FROM campaign_metrics_now")).ShouldBe(
            world.Total(world.Today.AddDays(-27), world.Today).Impressions
        );
    }

    [Fact]
    public async Task Archived_campaigns_are_asked_for_as_well_where_a_day_is_split_by_campaign()
    {
        await using var world = await SyncWorld.CreateAsync(
            StoreKind.DuckDb,
            accounts: 1,
            archived: 1,
            new Dictionary<string, string>(),
            "code-100/1487534@5x3"
        );

        var result = await world.SyncAsync();

        result.Rows.ShouldBe(28 * 12);
        (await world.Store.LinesAsync("SELECT id, status FROM campaigns ORDER BY id")).ShouldBe([
            "101 ACTIVE",
            "102 ACTIVE",
            "103 ARCHIVED",
        ]);
    }

    [Theory]
    [InlineData("code-4@2")]
    [InlineData("code-17@5")]
    [InlineData("code-32@3x2")]
    [InlineData("code-613@9")]
    [InlineData("code-80000@6")]
    [InlineData("code-80004/2446079@6x3")]
    [InlineData("code-80014@6")]
    [InlineData("usage-97@4")]
    public async Task What_is_limited_is_waited_for(string fault)
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, fault);

        var result = await world.SyncAsync();

        result.WaitedSeconds.ShouldBeGreaterThanOrEqualTo(60);
        result.Rows.ShouldBe(28 * 12);
        world.Store.Logger.Lines.ShouldContain(line => line.Contains("waiting 60 s"));
    }

    [Theory]
    [InlineData("code-190/460@4x99", "the password of the token's owner was changed", "META_ACCESS_TOKEN")]
    [InlineData("code-190/463@8x99", "the token has expired", "META_ACCESS_TOKEN")]
    [InlineData("code-102@4x99", "code 102", "META_ACCESS_TOKEN")]
    [InlineData("code-200@4x99", "code 200", "ads_read")]
    [InlineData("code-10@4x99", "code 10", "ads_read")]
    [InlineData("code-368@4x99", "code 368", "META_ACCOUNTS")]
    [InlineData("code-2@4x999", "code 2", "sync again later")]
    [InlineData("code-100/33@4x99", "code 100", "META_API_VERSION")]
    public async Task What_does_not_pass_ends_the_sync_with_one_sentence(string fault, string reason, string remedy)
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, fault);

        var said = await world.FailAsync();

        said.ShouldStartWith("act_1001: ");
        said.ShouldContain(reason);
        said.ShouldContain(remedy);
        world.Server.Requests.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task A_dead_token_stops_all_accounts_and_another_failure_only_its_own()
    {
        await using var dead = await SyncWorld.CreateAsync(StoreKind.DuckDb, accounts: 3, "code-190@1x999");
        await using var forbidden = await SyncWorld.CreateAsync(StoreKind.DuckDb, accounts: 3, "code-200@1");

        await dead.FailAsync();
        var said = await forbidden.FailAsync();

        dead.Server.Requests.ShouldBe(1);
        said.ShouldContain("act_1001: code 200");
        said.ShouldEndWith("Synced: act_1002, act_1003.");
    }
}
