using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Learning.Forecasting;
using Tradepost.Retail.Forecasting;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Training.Registry;

namespace Tradepost.Retail.Tests.Forecasting;

public sealed class ForecastRevenueOnDuckDb() : ForecastRevenueContract(StoreKind.DuckDb);

public sealed class ForecastRevenueOnPostgres() : ForecastRevenueContract(StoreKind.Postgres);

/// <summary>What training and forecasting promise on every store.</summary>
public abstract class ForecastRevenueContract(StoreKind kind)
{
    private const int Days = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_version_that_is_better_than_repeating_last_week_predicts()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);

        var result = await world.ForecastAsync();

        (result.Version, result.Stage, result.Production, result.Days).ShouldBe((1, "production", 1, Days));
        (result.TrainedFrom, result.TrainedTo).ShouldBe((SalesWorld.First, SalesWorld.First.AddDays(Days)));
        var mase = result.Metrics["mase"];
        mase.Value.ShouldBeLessThan(mase.SeasonalNaive!.Value);
        result.Metrics["coverage"].Value.ShouldBe(0.8, 0.05);
        result.Forecast.Select(day => day.Date).ShouldBe(Enumerable.Range(0, 30).Select(i => SalesWorld.First.AddDays(Days + i)));
        result.Forecast.ShouldAllBe(day => day.Lower < day.Value && day.Value < day.Upper);
        result.Forecast.ShouldAllBe(day => Math.Abs(day.Value - SalesWorld.Expected(day.Date.DayNumber - SalesWorld.First.DayNumber)) < 80);
        var version = await world.VersionAsync(1);
        (version.Kind, version.DecidingMetric, version.Rows).ShouldBe(("prophet", "mase", Days));
        version.Parameters["seasonality_mode"]!.GetValue<string>().ShouldBe("additive");
        version.Metrics["coverage_week"].Target.ShouldBe(0.8);
    }

    [Theory]
    [InlineData("training")]
    [InlineData("judging")]
    [InlineData("registering")]
    public async Task A_run_that_is_stopped_ends_in_the_step_that_it_is_in_and_leaves_nothing(string step)
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        using var stop = new CancellationTokenSource();
        var progress = new StopAt(step, stop);

        await Should.ThrowAsync<OperationCanceledException>(() => world.ForecastAsync(progress: progress, stop: stop.Token));

        progress.LastStep.ShouldBe(step);
        await Should.ThrowAsync<UnknownModelException>(() => world.Registry.VersionsAsync(RevenueForecasts.Model, Token));
        (await world.Ledger.FiguresAsync(RevenueForecasts.Model, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_is_no_better_than_repeating_last_week_waits_and_predicts_beside()
    {
        var level = 1000.0;
        var random = new Random(1);
        await using var world = await SalesWorld.CreateAsync(kind, Days, day => level += day % 7 == 0 ? random.Next(-400, 401) : 0);

        var result = await world.ForecastAsync();

        (result.Stage, result.Production).ShouldBe(("staging", null));
        result.Note.ShouldBe("It is no better than repeating last week, so it waits in staging.");
        (await RevenueForecasts.ReadAsync(world.Store, world.Time, ForecastStep.Day, Token)).Items.ShouldBeEmpty();
        (await world.Ledger.FiguresAsync(RevenueForecasts.Model, Token)).Sum(live => live.Predictions).ShouldBe(result.Predictions);
    }

    [Fact]
    public async Task What_happens_after_the_cut_off_changes_nothing_of_a_version()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        var options = new ForecastOptions { Until = SalesWorld.First.AddDays(260) };
        await world.ForecastAsync(options);

        await world.SellAsync(260, Days - 260, day => 100_000 - SalesWorld.Shop(day));
        await world.ForecastAsync(options);

        var (before, after) = (await world.VersionAsync(1), await world.VersionAsync(2));
        after.TrainedTo.ShouldBe(new DateTime(2024, 1, 1).AddDays(260));
        (after.ArtefactSha256, after.DataFingerprint).ShouldBe((before.ArtefactSha256, before.DataFingerprint));
        after.Metrics.ShouldBe(before.Metrics);
    }

    [Fact]
    public async Task A_version_that_knows_of_later_days_predicts_nothing_as_of_earlier_ones()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        await world.ForecastAsync();

        var result = await world.ForecastAsync(new ForecastOptions { Until = SalesWorld.First.AddDays(270) });
        await world.ForecastAsync();

        (result.Production, result.Stage, result.Forecast[0].Date).ShouldBe((1, "staging", SalesWorld.First.AddDays(270)));
        var figures = await world.Ledger.FiguresAsync(RevenueForecasts.Model, Token);
        figures.Single(live => live is { Version: 1, Entity: "revenue by day" }).Predictions.ShouldBe(30);
        figures.Single(live => live is { Version: 2, Entity: "revenue by day" }).Known.ShouldBe(30);
    }

    [Fact]
    public async Task A_change_before_the_cut_off_does_change_it()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        await world.ForecastAsync();

        await world.ExecuteAsync("UPDATE fact_sales SET net = net + 0.01 WHERE date_key = 20240301");
        await world.ForecastAsync();

        var (before, after) = (await world.VersionAsync(1), await world.VersionAsync(2));
        after.DataFingerprint.ShouldNotBe(before.DataFingerprint);
        after.ArtefactSha256.ShouldNotBe(before.ArtefactSha256);
    }

    [Fact]
    public async Task The_day_that_is_not_over_cancelled_orders_and_deleted_rows_are_left_out()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        await world.ExecuteAsync("UPDATE etl_watermarks SET watermark = TIMESTAMP '2024-10-26 23:59:59'");
        await world.ExecuteAsync("UPDATE fact_sales SET order_status = 'cancelled' WHERE date_key = 20240105");
        await world.ExecuteAsync("UPDATE fact_sales SET is_deleted = TRUE WHERE date_key = 20240106");
        await using var connection = await world.Store.OpenAsync(Token);

        var until = await DailyRevenue.FirstIncompleteDayAsync(connection, Token);
        var revenue = await DailyRevenue.ReadAsync(world.Store, connection, until!.Value, Token);

        until.ShouldBe(new DateOnly(2024, 10, 26));
        (revenue.From, revenue.Until, revenue.Values.Length).ShouldBe((SalesWorld.First, new DateOnly(2024, 10, 26), 299));
        revenue.Values[3..7].ShouldBe([Math.Round(SalesWorld.Shop(3), 2), 0, 0, Math.Round(SalesWorld.Shop(6), 2)], 0.011);
    }

    [Fact]
    public async Task Without_a_watermark_the_last_day_with_sales_counts_as_not_over()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        await world.ExecuteAsync("DELETE FROM etl_watermarks");
        await using var connection = await world.Store.OpenAsync(Token);

        (await DailyRevenue.FirstIncompleteDayAsync(connection, Token)).ShouldBe(SalesWorld.First.AddDays(Days - 1));
    }

    [Fact]
    public async Task Other_settings_make_a_version_that_waits_unless_it_is_to_be_promoted_and_not_worse()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        var rigid = new ForecastOptions { ChangepointPriorScale = 500, SeasonalityMode = SeasonalityMode.Multiplicative };
        await world.ForecastAsync(rigid);

        var waiting = await world.ForecastAsync();
        var promoted = await world.ForecastAsync(new ForecastOptions { Promote = true });
        var worse = await world.ForecastAsync(rigid with { Promote = true });

        (waiting.Version, waiting.Stage, waiting.Production).ShouldBe((2, "staging", 1));
        waiting.Note.ShouldMatch(
            @"^Its mase is 0\.\d+, that of version 1 on the same days 0\.\d+\. It waits in staging; `tradepost models promote Prophet_daily_revenue 2` lets it predict\.$"
        );
        var (one, two) = (await world.VersionAsync(1), await world.VersionAsync(2));
        one.Rival.ShouldBeNull();
        two.Rival!.Version.ShouldBe(1);
        two.Rival.Values["mase"].ShouldBe(one.Metrics["mase"].Value, 1e-12);
        (promoted.Version, promoted.Stage, promoted.Production).ShouldBe((3, "production", 3));
        promoted.Note.ShouldBe("It was put into production and replaces version 1.");
        (worse.Stage, worse.Production).ShouldBe(("staging", 3));
        worse.Note.ShouldStartWith("It waits in staging. Version 4 of Prophet_daily_revenue is worse than version 3");
    }

    [Fact]
    public async Task Outcomes_are_joined_as_days_and_weeks_pass_and_live_figures_stand_beside_the_backtest()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        var predicted = (await world.ForecastAsync()).Forecast;
        world.Time.Advance(TimeSpan.FromDays(14));
        await world.SellAsync(Days, 14, _ => 500);

        var later = await world.ForecastAsync();

        var figures = await world.Ledger.FiguresAsync(RevenueForecasts.Model, Token);
        var day = figures.Single(live => live is { Version: 1, Entity: "revenue by day" });
        (day.Predictions, day.Known).ShouldBe((60, 14));
        day.Mae!.Value.ShouldBe(predicted.Take(14).Average(one => Math.Abs(one.Value - 500)), 0.01);
        figures.Single(live => live is { Version: 1, Entity: "revenue by week" }).Known.ShouldBe(1);
        figures.Single(live => live is { Version: 2, Entity: "revenue by day" }).Known.ShouldBe(0);
        later.Outcomes.ShouldBe(15);
        var shown = await RevenueForecasts.ReadAsync(world.Store, world.Time, ForecastStep.Day, Token);
        (shown.Version, shown.AsOf).ShouldBe((1, new DateTime(2024, 1, 1).AddDays(Days + 14)));
        shown.Items.Select(item => item.Date).ShouldBe(Enumerable.Range(0, 30).Select(i => SalesWorld.First.AddDays(Days + 14 + i)));
        (await RevenueForecasts.ReadAsync(world.Store, world.Time, ForecastStep.Week, Token)).Items.ShouldAllBe(week =>
            week.Date.DayOfWeek == DayOfWeek.Monday && week.Lower < week.Value
        );
    }

    [Fact]
    public async Task Predicting_again_on_the_same_day_adds_no_predictions_of_the_version_in_production()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, SalesWorld.Shop);
        var first = await world.ForecastAsync();

        var second = await world.ForecastAsync();

        second.Predictions.ShouldBe(first.Predictions);
        (await world.Ledger.FiguresAsync(RevenueForecasts.Model, Token))
            .Select(live => (live.Version, live.Predictions))
            .ShouldBe([(2, 30), (2, 4), (1, 30), (1, 4)]);
    }

    [Fact]
    public async Task Too_short_a_history_is_refused_with_what_is_needed_and_leaves_nothing()
    {
        await using var world = await SalesWorld.CreateAsync(kind, 100, SalesWorld.Shop);

        var refusal = await Should.ThrowAsync<JobFailedException>(() => world.ForecastAsync());

        refusal.Message.ShouldBe(
            "There are 100 complete days of revenue; a forecast of 30 days needs 151. Load more, or choose a shorter --horizon."
        );
        (await world.Registry.ListAsync(Token)).ShouldBeEmpty();
        (await world.ForecastAsync(new ForecastOptions { Horizon = 7 })).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_warehouse_without_sales_or_with_the_same_every_day_has_nothing_to_learn_from()
    {
        await using var world = await SalesWorld.CreateAsync(kind, Days, _ => 100);

        (await Should.ThrowAsync<JobFailedException>(() => world.ForecastAsync())).Message.ShouldBe(
            "Each of the 300 complete days has the same revenue; there is nothing to learn from them."
        );
        await world.ExecuteAsync("DELETE FROM fact_sales");
        (await Should.ThrowAsync<JobFailedException>(() => world.ForecastAsync())).Message.ShouldBe(
            "The warehouse has no sales yet; run `tradepost retail etl` first."
        );
    }

    [Fact]
    public async Task A_short_horizon_has_days_and_no_weeks()
    {
        await using var world = await SalesWorld.CreateAsync(kind, 60, SalesWorld.Shop);

        var result = await world.ForecastAsync(new ForecastOptions { Horizon = 1, IntervalWidth = 0.9 });

        result.Forecast.ShouldHaveSingleItem().Date.ShouldBe(SalesWorld.First.AddDays(60));
        result.Metrics.Keys.ShouldNotContain("coverage_week");
        result.Predictions.ShouldBe(1);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused_by_name()
    {
        var arguments = ArgumentReader.Of(typeof(ForecastOptions));

        Should
            .Throw<WrongArgumentException>(() => arguments.FromText([KeyValuePair.Create("--horizon", (IReadOnlyList<string>)["0"])]))
            .Field.ShouldBe("--horizon");
        Should
            .Throw<WrongArgumentException>(() =>
                arguments.FromText([KeyValuePair.Create("--seasonality-mode", (IReadOnlyList<string>)["odd"])])
            )
            .Allowed.ShouldBe(["additive", "multiplicative"]);
    }

    private sealed class StopAt(string step, CancellationTokenSource stop) : IProgress<JobProgress>
    {
        public string LastStep { get; private set; } = "";

        public void Report(JobProgress value)
        {
            LastStep = value.Step;
            if (value.Step == step)
            {
                stop.Cancel();
            }
        }
    }
}
