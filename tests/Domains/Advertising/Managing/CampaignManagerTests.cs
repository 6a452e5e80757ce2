using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Advertising.Managing;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Advertising.Tests.Syncing;
using Tradepost.Storage.Failures;

namespace Tradepost.Advertising.Tests.Managing;

/// <summary>Campaigns of the replay server, made and changed: 101 to 103, active, with daily budgets of 50, 100 and 150 USD.</summary>
public sealed class CampaignManagerTests
{
    private const string Sales = "OUTCOME_SALES";

    private static readonly ChangeAsker Anna = new("anna@example.com");

    public static TheoryData<StoreKind> Stores => [StoreKind.DuckDb, StoreKind.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_change_is_planned_then_made_seen_at_once_and_taken_back(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind);
        var manager = Manager(world);
        await world.SyncAsync();
        var edit = new CampaignEdit { DailyBudget = 60.5m, Status = "PAUSED" };

        var planned = await manager.UpdateAsync("101", edit, Anna, Token);

        planned.State.ShouldBe(ChangeState.Planned);
        (planned.Before!.DailyBudget, planned.Before.Status).ShouldBe((50, "ACTIVE"));
        (planned.After.DailyBudget, planned.After.Status).ShouldBe((60.5m, "PAUSED"));
        planned.Warnings.ShouldContain(text => text.Contains("ADS_MAX_DAILY_BUDGET"));
        Written(world).ShouldBeEmpty();
        (await CampaignAsync(world, "101")).ShouldBe("Campaign 1 ACTIVE 5000");

        var made = await manager.UpdateAsync("101", edit with { Apply = true, Plan = planned.Id }, Anna, Token);

        made.State.ShouldBe(ChangeState.Applied);
        Written(world).Count.ShouldBe(1);
        (await CampaignAsync(world, "101")).ShouldBe("Campaign 1 PAUSED 6050");
        (await manager.UpdateAsync("101", edit, Anna, Token)).State.ShouldBe(ChangeState.Unchanged);

        var undone = await manager.UndoAsync(made.Id!.Value, Anna, Token);

        undone.State.ShouldBe(ChangeState.Applied);
        (await CampaignAsync(world, "101")).ShouldBe("Campaign 1 ACTIVE 5000");
        (await world.Store.LinesAsync("SELECT action, state, asked_by FROM campaign_changes ORDER BY action DESC, state")).ShouldBe([
            "update planned anna@example.com",
            "update undone anna@example.com",
            "undo applied anna@example.com",
        ]);
        (await FailAsync(() => manager.UndoAsync(made.Id.Value, Anna, Token))).Kind.ShouldBe(FailureKind.Conflict);
        (await world.SyncAsync()).Restated.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_request_with_the_same_key_makes_one_campaign(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind);
        var manager = Manager(world);
        var draft = new CampaignDraft
        {
            Name = "Spring",
            Objective = Sales,
            DailyBudget = 25,
            Apply = true,
        };
        var asker = Anna with { Key = "anna@example.com:k1" };

        var first = await manager.CreateAsync(draft, asker, Token);
        var again = await manager.CreateAsync(draft, asker, Token);
        var other = await FailAsync(() => manager.CreateAsync(draft with { Name = "Summer" }, asker, Token));
        var second = await manager.CreateAsync(draft, asker with { Key = "anna@example.com:k2" }, Token);

        (again.Id, again.Campaign).ShouldBe((first.Id, first.Campaign));
        other.Message.ShouldContain("Idempotency-Key");
        second.Campaign.ShouldNotBe(first.Campaign);
        Written(world).Count.ShouldBe(2);
        (await CampaignAsync(world, first.Campaign!)).ShouldBe("Spring PAUSED 2500");

        await manager.UndoAsync(first.Id!.Value, Anna, Token);

        (await CampaignAsync(world, first.Campaign!)).ShouldBe("Spring ARCHIVED 2500");
    }

    [Fact]
    public async Task A_campaign_that_was_changed_since_is_not_taken_back_and_a_plan_that_is_old_not_made()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb);
        var manager = Manager(world);
        var planned = await manager.UpdateAsync("102", new CampaignEdit { DailyBudget = 120 }, Anna, Token);
        var made = await manager.UpdateAsync("102", new CampaignEdit { DailyBudget = 110, Apply = true }, Anna, Token);
        await manager.UpdateAsync("102", new CampaignEdit { Status = "PAUSED", Apply = true }, Anna, Token);

        var undo = await FailAsync(() => manager.UndoAsync(made.Id!.Value, Anna, Token));
        var stale = await FailAsync(() =>
            manager.UpdateAsync(
                "102",
                new CampaignEdit
                {
                    DailyBudget = 120,
                    Apply = true,
                    Plan = planned.Id,
                },
                Anna,
                Token
            )
        );

        undo.Kind.ShouldBe(FailureKind.Conflict);
        undo.Message.ShouldContain("status was ACTIVE and is PAUSED");
        stale.Kind.ShouldBe(FailureKind.Conflict);
        stale.Message.ShouldContain("status was ACTIVE and is PAUSED");
    }

    [Fact]
    public async Task Two_at_once_on_one_campaign_are_a_conflict()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb);
        var manager = Manager(world);
        Task<CampaignChangeException>? second = null;
        world.Interrupt = line =>
        {
            if (line.StartsWith("POST", StringComparison.Ordinal))
            {
                second = FailAsync(() => manager.UpdateAsync("101", new CampaignEdit { Name = "B", Apply = true }, Anna, Token));
                second.Wait(Token);
            }
        };

        var first = await manager.UpdateAsync("101", new CampaignEdit { Name = "A", Apply = true }, Anna, Token);

        first.State.ShouldBe(ChangeState.Applied);
        (await second.ShouldNotBeNull()).Kind.ShouldBe(FailureKind.Conflict);
        Written(world).Count.ShouldBe(1);
    }

    // Requests of a change: 1 the campaign, 2 its account, 3 what writes, 4 the campaign again.
    [Theory]
    [InlineData("cut@3", true)]
    [InlineData("no-json@3", true)]
    [InlineData("close@3", false)]
    [InlineData("code-2@3", false)]
    public async Task A_lost_answer_is_settled_by_reading_the_campaign(string fault, bool isMade)
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, fault);
        var manager = Manager(world);

        var change = () => manager.UpdateAsync("101", new CampaignEdit { DailyBudget = 60, Apply = true }, Anna, Token);
        if (isMade)
        {
            (await change()).State.ShouldBe(ChangeState.Applied);
        }
        else
        {
            (await Should.ThrowAsync<GraphException>(change)).Failure.ShouldBe(GraphFailure.Passing);
        }

        (await manager.ListAsync(new ChangesQuery(), Token))
            .ShouldHaveSingleItem()
            .State.ShouldBe(isMade ? ChangeState.Applied : ChangeState.Failed);
        Written(world).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_a_crash_leaves_open_is_settled_later(StoreKind kind)
    {
        await using var world = await SyncWorld.CreateAsync(kind, "cut@3", "close@4x3");
        var manager = Manager(world);
        var lost = await Should.ThrowAsync<GraphException>(() =>
            manager.UpdateAsync("101", new CampaignEdit { DailyBudget = 60, Apply = true }, Anna, Token)
        );
        var open = (await manager.ListAsync(new ChangesQuery(), Token)).ShouldHaveSingleItem();

        await manager.SettleAsync(Token);

        lost.Message.ShouldContain("not known yet");
        open.State.ShouldBe(ChangeState.Applying);
        var settled = (await manager.ListAsync(new ChangesQuery(), Token)).ShouldHaveSingleItem();
        (settled.Id, settled.State).ShouldBe((open.Id, ChangeState.Applied));
        (await CampaignAsync(world, "101")).ShouldBe("Campaign 1 ACTIVE 6000");
    }

    [Fact]
    public async Task A_campaign_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, "cut@2", "close@3x3");
        var manager = Manager(world);
        var asker = Anna with { Key = "anna@example.com:k1" };
        var draft = new CampaignDraft
        {
            Name = "Spring",
            Objective = Sales,
            LifetimeBudget = 500,
            Apply = true,
        };

        await Should.ThrowAsync<GraphException>(() => manager.CreateAsync(draft, asker, Token));
        var again = await manager.CreateAsync(draft, asker, Token);

        again.State.ShouldBe(ChangeState.Applied);
        Written(world).Count.ShouldBe(1);
        (await CampaignAsync(world, again.Campaign!)).ShouldBe("Spring PAUSED -");
    }

    [Theory]
    [InlineData("code-190/463@3", "TokenDead", "the token has expired")]
    [InlineData("code-17@3", "Limited", "code 17")]
    [InlineData("code-200@3", "Forbidden", "code 200")]
    [InlineData("usage-97@2", "Limited", "97 percent")]
    public async Task What_the_platform_refuses_is_written_down(string fault, string failure, string said)
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, fault);
        var manager = Manager(world);

        var refused = await Should.ThrowAsync<GraphException>(() =>
            manager.UpdateAsync("101", new CampaignEdit { DailyBudget = 60, Apply = true }, Anna, Token)
        );

        $"{refused.Failure}".ShouldBe(failure);
        var change = (await manager.ListAsync(new ChangesQuery(), Token)).ShouldHaveSingleItem();
        change.State.ShouldBe(ChangeState.Failed);
        change.Problem.ShouldNotBeNull().ShouldContain(said);
    }

    [Fact]
    public async Task What_Meta_does_not_take_is_said_in_its_words()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb);

        var refused = await Should.ThrowAsync<GraphException>(() =>
            Manager(world).UpdateAsync("101", new CampaignEdit { DailyBudget = 0.5m, Apply = true }, Anna, Token)
        );

        refused.Failure.ShouldBe(GraphFailure.Refused);
        refused.Message.ShouldContain("Your budget is too low");
    }

    [Theory]
    [InlineData("ADS_MAX_DAILY_BUDGET", "70", "80")]
    [InlineData("ADS_MAX_BUDGET_CHANGE", "20", "60.01")]
    [InlineData("ADS_MAX_BUDGET_CHANGE", "20", "39.99")]
    [InlineData("ADS_MAX_TOTAL_DAILY_BUDGET", "305", "60")]
    public async Task What_is_over_a_limit_is_refused_with_field_and_limit(string setting, string limit, string budget)
    {
        await using var world = await SyncWorld.CreateAsync(
            StoreKind.DuckDb,
            accounts: 1,
            archived: 0,
            new Dictionary<string, string> { [setting] = limit }
        );
        await world.SyncAsync();
        var edit = new CampaignEdit { DailyBudget = Amount(budget) };

        var planned = await FailAsync(() => Manager(world).UpdateAsync("101", edit, Anna, Token));
        var made = await FailAsync(() => Manager(world).UpdateAsync("101", edit with { Apply = true }, Anna, Token));

        planned.Kind.ShouldBe(FailureKind.WrongValue);
        planned.Field.ShouldBe("daily_budget");
        planned.Limit.ShouldBe(Amount(limit));
        planned.Message.ShouldContain(setting);
        made.Message.ShouldBe(planned.Message);
        Written(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task Within_the_limits_it_is_said_how_far_and_what_is_above_one_may_be_lowered()
    {
        await using var world = await SyncWorld.CreateAsync(
            StoreKind.DuckDb,
            accounts: 1,
            archived: 0,
            new Dictionary<string, string> { ["ADS_MAX_DAILY_BUDGET"] = "100", ["ADS_MAX_BUDGET_CHANGE"] = "50" }
        );
        var manager = Manager(world);

        var raised = await manager.UpdateAsync("101", new CampaignEdit { DailyBudget = 55 }, Anna, Token);
        var lowered = await manager.UpdateAsync("103", new CampaignEdit { DailyBudget = 140 }, Anna, Token);

        raised
            .Limits.Select(limit => (limit.Setting, limit.Limit, limit.Asked))
            .ShouldBe([("ADS_MAX_DAILY_BUDGET", 100, 55), ("ADS_MAX_BUDGET_CHANGE", 50, 10)]);
        lowered.State.ShouldBe(ChangeState.Planned);
    }

    [Theory]
    [InlineData("""{"daily_budget": 10.555}""", "2 digits behind the point")]
    [InlineData("""{"daily_budget": 0}""", "above 0")]
    [InlineData("""{"daily_budget": 10, "lifetime_budget": 10}""", "both given")]
    [InlineData("""{"lifetime_budget": 10}""", "has a daily_budget")]
    [InlineData("""{"name": "  "}""", "expected are 1 to 400")]
    [InlineData("""{}""", "Nothing is to be changed")]
    public async Task What_nobody_can_have_meant_is_refused_before_the_platform_is_asked_to_write(string body, string said)
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb);
        var edit = (CampaignEdit)Arguments.ArgumentReader.Of(typeof(CampaignEdit)).FromJson(System.Text.Json.JsonElement.Parse(body));

        var refused = await FailAsync(() => Manager(world).UpdateAsync("101", edit with { Apply = true }, Anna, Token));

        refused.Kind.ShouldBe(FailureKind.WrongValue);
        refused.Message.ShouldContain(said);
        Written(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archived_campaign_and_one_that_there_is_not_are_told_apart()
    {
        await using var world = await SyncWorld.CreateAsync(StoreKind.DuckDb, accounts: 1, archived: 1, new Dictionary<string, string>());
        var manager = Manager(world);
        var archive = await manager.UpdateAsync("101", new CampaignEdit { Status = "ARCHIVED", Apply = true }, Anna, Token);

        var archived = await FailAsync(() => manager.UpdateAsync("103", new CampaignEdit { Status = "ACTIVE" }, Anna, Token));
        var undo = await FailAsync(() => manager.UndoAsync(archive.Id!.Value, Anna, Token));
        var none = await FailAsync(() => manager.UpdateAsync("999", new CampaignEdit { Name = "A" }, Anna, Token));
        var path = await FailAsync(() => manager.UpdateAsync("../act_1001", new CampaignEdit { Name = "A" }, Anna, Token));

        archive.Warnings.ShouldContain(text => text.Contains("cannot be undone"));
        (archived.Kind, undo.Kind).ShouldBe((FailureKind.Conflict, FailureKind.Conflict));
        (none.Kind, path.Kind).ShouldBe((FailureKind.NotFound, FailureKind.NotFound));
    }

    private static CampaignManager Manager(SyncWorld world) =>
        new(world.Store.Store, world.Store.Settings, world.Store.Time, NullLogger<CampaignManager>.Instance);

    private static async Task<CampaignChangeException> FailAsync(Func<Task> work) => await Should.ThrowAsync<CampaignChangeException>(work);

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Requests that asked the server to write.</summary>
    private static IReadOnlyList<string> Written(SyncWorld world) =>
        [.. world.Asked.Where(line => line.StartsWith("POST", StringComparison.Ordinal) && !line.Contains("/insights"))];

    private static async Task<string> CampaignAsync(SyncWorld world, string id) =>
        (await world.Store.LinesAsync($"SELECT name, status, daily_budget FROM campaigns WHERE id = '{id}'")).ShouldHaveSingleItem();
}
