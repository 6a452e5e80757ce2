using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Simulating;

namespace Tradepost.Marketplace.Tests.Guarding;

/// <summary>The same checks on every store.</summary>
public abstract class CheckTests
{
    private static readonly DateOnly First = new(2025, 6, 1);

    protected abstract StoreKind Kind { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_check_finds_in_a_simulated_store_is_what_it_finds_in_the_readings_themselves()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        var until = new DateOnly(2025, 6, 29);
        var simulated = await world.SimulateAsync(
            new SimulateOptions
            {
                Seed = 3,
                Decoys = 1,
                Until = until,
            }
        );
        var marketplace = new SimulatedMarketplace(new SimulationSize(300, 120, 3, simulated.From, 1));
        var expected = GuardedReadings.Check(GuardedReadings.Of(marketplace.Products()));

        var result = await world.CheckAsync();

        result.Checked.ShouldBe(simulated.Readings);
        result
            .Suspect.Select(suspect => (suspect.Sku, suspect.Date, suspect.Field, suspect.Value, suspect.Rule))
            .ShouldBe(
                expected.Select(verdict =>
                    (verdict.Sku, simulated.From.AddDays(verdict.Day), GuardedField.All[verdict.Field].Name, verdict.Value, verdict.Rule)
                )
            );
        (await world.LinesAsync("SELECT count(*) FROM suspects WHERE state = 'open'")).ShouldBe([$"{result.Suspect.Count}"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(1_000_000)]
    public async Task Readings_come_product_by_product_and_day_by_day_in_slices_of_any_size(long rowsOfSlice)
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        await world.SimulateAsync(new SimulateOptions { Products = 12, Days = 30 });
        await using var connection = await world.Store.OpenAsync(Cancellation);

        var seen = new List<string>();
        await foreach (var reading in new FeatureReadings(connection, DateOnly.MinValue, rowsOfSlice).ReadAsync([], Cancellation))
        {
            seen.Add($"{reading.Sku} {reading.Day}");
        }

        seen.ShouldBe(
            await world.LinesAsync("SELECT sku, CAST(feature_date - DATE '1970-01-01' AS integer) FROM features_daily ORDER BY 1, 2")
        );
        seen.Count.ShouldBe(360);
    }

    [Fact]
    public async Task A_second_check_changes_nothing()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        await world.SimulateAsync(new SimulateOptions { Products = 60, Decoys = 1 });
        var first = await world.CheckAsync();
        var rows = await world.LinesAsync("SELECT * FROM suspects ORDER BY sku, date, field");

        var second = await world.CheckAsync();

        second.Suspect.ShouldBe(first.Suspect);
        (await world.LinesAsync("SELECT * FROM suspects ORDER BY sku, date, field")).ShouldBe(rows);
        rows.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_suspect_value_stays_in_the_features_and_is_left_out_of_the_clean_ones()
    {
        await using var world = await WithFineAndFallenAsync();

        await world.CheckAsync();

        (await world.LinesAsync("SELECT sku, field, rule, state FROM suspects ORDER BY sku, field")).ShouldBe([
            "fallen reviews counter_falls open",
            "fine price price_not_printed open",
            "fine reviews same_reading open",
        ]);
        (await world.LinesAsync(Values("features_daily"))).ShouldContain("fine 12345.67 119");
        (await world.LinesAsync(Values("clean_features"))).ShouldContain("fine - -");
        (await world.LinesAsync(Values("clean_features"))).ShouldContain("fallen 500 -");
        (await world.LinesAsync("SELECT count(*) FROM clean_features")).ShouldBe(["40"]);
    }

    [Fact]
    public async Task What_was_released_is_believed_and_not_found_again()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();

        var decided = await world.Suspects.DecideAsync(
            new SuspectDecision
            {
                Sku = "fine",
                Date = First.AddDays(19),
                Reason = "a real price",
            },
            SuspectState.Released,
            "ann@example.com",
            Cancellation
        );
        var again = await world.CheckAsync();

        decided.Values.ShouldBe(2);
        again.Suspect.Select(suspect => suspect.Sku).ShouldBe(["fallen"]);
        (await world.LinesAsync(Values("clean_features"))).ShouldContain("fine 12345.67 119");
        (
            await world.LinesAsync("SELECT sku, field, state, decided_by, reason FROM suspects WHERE state <> 'open' ORDER BY field")
        ).ShouldBe(["fine price released ann@example.com a real price", "fine reviews released ann@example.com a real price"]);
    }

    [Fact]
    public async Task A_release_of_one_field_leaves_the_others()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();

        await world.Suspects.DecideAsync(
            new SuspectDecision
            {
                Sku = "fine",
                Date = First.AddDays(19),
                Field = "reviews",
                Reason = "counted by hand",
            },
            SuspectState.Released,
            "ann@example.com",
            Cancellation
        );
        await world.CheckAsync();

        (await world.LinesAsync("SELECT field, state FROM suspects WHERE sku = 'fine' ORDER BY field")).ShouldBe([
            "price open",
            "reviews released",
        ]);
    }

    [Fact]
    public async Task Another_value_than_the_one_that_was_released_is_looked_at_again()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();
        await ReleaseAsync(world, "fallen");

        await world.ExecuteAsync(
            $"""
            UPDATE features_daily SET features = CAST('{"{"}"reviews":7,"price":500{"}"}' AS {world.JsonType})
            WHERE sku = 'fallen' AND feature_date = DATE '2025-06-20'
            """
        );
        await world.CheckAsync();

        (await world.LinesAsync("SELECT value, state, decided_by FROM suspects WHERE sku = 'fallen'")).ShouldBe(["7 open -"]);
    }

    [Fact]
    public async Task What_was_confirmed_stays_out_also_when_the_rules_would_believe_it()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();
        await world.Suspects.DecideAsync(
            new SuspectDecision
            {
                Sku = "fallen",
                Date = First.AddDays(19),
                Reason = "a broken selector",
            },
            SuspectState.Confirmed,
            "ann@example.com",
            Cancellation
        );

        await world.CheckAsync();

        (await world.LinesAsync("SELECT state FROM suspects WHERE sku = 'fallen'")).ShouldBe(["confirmed"]);
        (await world.LinesAsync(Values("clean_features"))).ShouldContain("fallen 500 -");
    }

    [Fact]
    public async Task A_check_since_a_day_and_of_a_product_leaves_the_rest_as_it_was()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();

        var since = await world.CheckAsync(new CheckOptions { Since = First.AddDays(20) });
        var one = await world.CheckAsync(new CheckOptions { Sku = ["fine"] });

        (since.Checked, since.Suspect.Count).ShouldBe((0, 0));
        (one.Checked, one.Suspect.Count).ShouldBe((20, 2));
        (await world.LinesAsync("SELECT count(*) FROM suspects")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task What_a_rule_no_longer_finds_goes()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();

        await world.ExecuteAsync("DELETE FROM features_daily WHERE sku = 'fallen'");
        await world.CheckAsync();

        (await world.LinesAsync("SELECT DISTINCT sku FROM suspects")).ShouldBe(["fine"]);
    }

    [Fact]
    public async Task The_list_of_suspects_says_what_was_expected_and_goes_on_behind_a_page()
    {
        await using var world = await WithFineAndFallenAsync();
        await world.CheckAsync();

        var first = await world.Suspects.ListAsync(new SuspectFilter { Limit = 2 }, Cancellation);
        var rest = await world.Suspects.ListAsync(new SuspectFilter { Limit = 2, Cursor = 2 }, Cancellation);
        var printed = await world.Suspects.ListAsync(new SuspectFilter { Rule = GuardRule.PriceNotPrinted }, Cancellation);

        first.Concat(rest).Select(suspect => $"{suspect.Sku} {suspect.Field}").ShouldBe(["fallen reviews", "fine price", "fine reviews"]);
        printed
            .Select(suspect => (suspect.Expected, suspect.Date, suspect.KnownOn, suspect.State))
            .ShouldBe([("a price as 12300 or 12400", First.AddDays(19), First.AddDays(19), SuspectState.Open)]);
        (await world.Suspects.ListAsync(new SuspectFilter { State = SuspectState.Released }, Cancellation)).ShouldBeEmpty();
    }

    private static Task<DecidedSuspects> ReleaseAsync(MarketplaceWorld world, string sku) =>
        world.Suspects.DecideAsync(
            new SuspectDecision
            {
                Sku = sku,
                Date = First.AddDays(19),
                Reason = "true",
            },
            SuspectState.Released,
            "ann@example.com",
            Cancellation
        );

    /// <summary>The last day of both products, with nothing as a stroke.</summary>
    private static string Values(string table) =>
        $"SELECT sku, features ->> 'price', features ->> 'reviews' FROM {table} WHERE feature_date = DATE '2025-06-20' ORDER BY sku";

    /// <summary>Two products over twenty days: one whose price is made up at the end, and one whose reviews fall.</summary>
    private async Task<MarketplaceWorld> WithFineAndFallenAsync()
    {
        var world = await MarketplaceWorld.CreateAsync(Kind);
        await world.SeeAsync(
            "fine",
            First,
            Enumerable.Range(0, 20).Select(day => $"{{\"reviews\":{100 + day},\"price\":{(day < 19 ? "12300" : "12345.67")}}}")
        );
        await world.SeeAsync(
            "fallen",
            First,
            Enumerable.Range(0, 20).Select(day => $"{{\"reviews\":{(day < 19 ? 900 + (2 * day) : 311)},\"price\":500}}")
        );
        return world;
    }
}

public sealed class DuckDbCheckTests : CheckTests
{
    protected override StoreKind Kind => StoreKind.DuckDb;
}

public sealed class PostgresCheckTests : CheckTests
{
    protected override StoreKind Kind => StoreKind.Postgres;
}
