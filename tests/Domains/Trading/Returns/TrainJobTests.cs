using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Exporting;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

public sealed class TrainJobTests
{
    private static readonly FeatureSeries Made = HourlyRows.Made(2500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_training_publishes_figures_forecasts_canaries_champions_and_versions(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);

        var result = await world.TrainAsync(ReturnWorld.Small, Made);

        result
            .Models.Select(model => model.Name)
            .ShouldBe([
                "Zero_log_return_6h",
                "Mean_log_return_6h",
                "Persistence_log_return_6h",
                "Ridge_log_return_6h",
                "Lasso_log_return_6h",
            ]);
        result.Models[0].Version.ShouldBeNull();
        result.Models[3].Version.ShouldBe(1);
        result.Canaries.ShouldAllBe(canary => canary.Verdict == CanaryVerdict.Passed);
        result.Champions.ShouldHaveSingleItem().Model.ShouldBeOneOf("Ridge_log_return_6h", "Lasso_log_return_6h");
        (await world.CountAsync("return_folds WHERE fold IS NULL")).ShouldBe(5);
        (await world.CountAsync("return_folds WHERE fold IS NOT NULL")).ShouldBe(5 * result.Folds);
        (await world.CountAsync("return_forecasts")).ShouldBe(5 * result.Models[0].N);
        (await world.CountAsync("return_canaries WHERE verdict = 'passed'")).ShouldBe(result.Canaries.Count);
        (await world.CountAsync("model_versions WHERE stage = 'production'")).ShouldBe(2);
        (await world.CountAsync("return_champions")).ShouldBe(1);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Stored_figures_follow_from_the_stored_forecasts(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);
        await world.TrainAsync(ReturnWorld.Small, Made);

        var forecasts = await world.LinesAsync($"SELECT model, value, lower, upper, actual FROM ({ReturnExports.Predictions}) AS exported");
        var folds = await world.LinesAsync(
            $"SELECT model, rmse, mae, coverage_80 FROM ({ReturnExports.Folds}) AS exported WHERE fold IS NULL"
        );

        folds.Count.ShouldBe(5);
        foreach (var cells in folds.Select(line => line.Split(' ')))
        {
            double[][] rows =
            [
                .. forecasts
                    .Select(line => line.Split(' '))
                    .Where(line => line[0] == cells[0])
                    .Select(line => line[1..].Select(double.Parse).ToArray()),
            ];
            double.Parse(cells[1]).ShouldBe(Math.Sqrt(rows.Average(row => Math.Pow(row[3] - row[0], 2))), 1e-9);
            double.Parse(cells[2]).ShouldBe(rows.Average(row => Math.Abs(row[3] - row[0])), 1e-9);
            double.Parse(cells[3]).ShouldBe(rows.Average(row => row[1] <= row[3] && row[3] <= row[2] ? 1.0 : 0), 1e-9);
        }
    }

    [Fact]
    public async Task The_result_has_the_names_that_others_rely_on()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);

        var json = JsonSerializer.SerializeToElement(await world.TrainAsync(ReturnWorld.Small, Made), ResultJson.Options);

        var model = json.GetProperty("models")[3];
        foreach (
            var name in "name symbol horizon n rmse rmse_zero r2_zero directional_accuracy up_share ic rank_ic sharpe_gross sharpe_net turnover coverage_80".Split(
                ' '
            )
        )
        {
            model.GetProperty(name).ValueKind.ShouldBeOneOf(JsonValueKind.Number, JsonValueKind.String);
        }

        json.GetProperty("canaries")[0].GetProperty("verdict").GetString().ShouldBe("passed");
        json.GetProperty("champions")[0].GetProperty("beats_zero").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_version_that_is_no_better_on_the_same_days_waits_in_staging(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);
        await world.TrainAsync(ReturnWorld.Small, Made);

        var second = await world.TrainAsync(ReturnWorld.Small, Made);

        second.Resumed.ShouldBe(2 * second.Folds);
        (
            await world.LinesAsync("SELECT version, stage FROM model_versions WHERE model = 'Ridge_log_return_6h' ORDER BY version")
        ).ShouldBe(["1 production", "2 staging"]);
        (await world.LinesAsync("SELECT DISTINCT version FROM return_forecasts WHERE model = 'Ridge_log_return_6h' ORDER BY 1")).ShouldBe([
            "1",
            "2",
        ]);
        second.Notes.ShouldContain("Ridge_log_return_6h: version 2 is no better than version 1 on the same days and waits in staging.");
    }

    [Fact]
    public async Task A_version_trained_on_later_rows_is_compared_with_what_the_old_one_says_of_them()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await world.TrainAsync(ReturnWorld.Small, HourlyRows.First(Made, 1500));

        await world.TrainAsync(ReturnWorld.Small, Made);

        var line = (
            await world.LinesAsync(
                "SELECT CAST(rival ->> 'version' AS integer), CAST(rival -> 'values' ->> 'rmse_ratio' AS double precision), CAST(metrics -> 'rmse_ratio' ->> 'value' AS double precision), stage FROM model_versions WHERE model = 'Ridge_log_return_6h' AND version = 2"
            )
        )[0]
            .Split(' ');
        line[0].ShouldBe("1");
        var (old, now) = (double.Parse(line[1]), double.Parse(line[2]));
        old.ShouldNotBe(now);
        line[3].ShouldBe(now < old ? "production" : "staging");
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_training_that_was_cancelled_publishes_nothing_and_the_next_goes_on_where_it_was(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);
        using var source = new CancellationTokenSource();
        var progress = new CallingProgress(step =>
        {
            if (step is { Step: "training", Done: >= 4 })
            {
                source.Cancel();
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(() =>
            TrainJob.RunAsync(ReturnWorld.Small, new FixedSeries(Made), world.Context(progress), source.Token)
        );

        (await world.CountAsync("return_folds")).ShouldBe(0);
        (await world.CountAsync("return_forecasts")).ShouldBe(0);
        (await world.CountAsync("model_versions")).ShouldBe(0);
        var kept = await world.CountAsync("return_work");
        kept.ShouldBeGreaterThanOrEqualTo(8);
        var result = await world.TrainAsync(ReturnWorld.Small, Made);
        result.Resumed.ShouldBe((int)kept);
    }

    [Fact]
    public async Task An_interrupted_training_gives_what_a_whole_one_gives()
    {
        await using var interrupted = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await using var whole = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await interrupted.TrainAsync(ReturnWorld.Small with { Models = "Ridge" }, HourlyRows.First(Made, 1400));

        var (one, other) = (await interrupted.TrainAsync(ReturnWorld.Small, Made), await whole.TrainAsync(ReturnWorld.Small, Made));

        one.Resumed.ShouldBeGreaterThan(0);
        one.Models.Select(model => model.Figures).ShouldBe(other.Models.Select(model => model.Figures));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_leak_stops_publication_with_the_canarys_name(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);
        var pipeline = new ReturnPipeline { ScaleBy = (_, rows) => [.. Enumerable.Range(168, rows - 168)] };

        var failure = await Should.ThrowAsync<LeakException>(() =>
            TrainJob.RunAsync(ReturnWorld.Small, new FixedSeries(Made), pipeline, world.Context(), Cancellation)
        );

        failure.Message.ShouldStartWith("The canary later_prices found a leak in the forecasts of MADEUSDT 6 hours ahead");
        (await world.CountAsync("return_folds")).ShouldBe(0);
        (await world.CountAsync("model_versions")).ShouldBe(0);
    }

    [Fact]
    public async Task A_training_of_one_symbol_leaves_the_others_as_they_were()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        var other = HourlyRows.Made(2500, seed: 2, symbol: "OTHERUSDT");
        await world.TrainAsync(ReturnWorld.Small, Made, other);

        await world.TrainAsync(ReturnWorld.Small with { Symbols = "OTHERUSDT", Promote = true }, Made, other);

        (await world.PredictAsync(new(), Made, other))
            .Items.Select(item => (item.Model, item.Version, item.Symbol))
            .ShouldBe([
                ("Ridge_log_return_6h", 2, "MADEUSDT"),
                ("Ridge_log_return_6h", 2, "OTHERUSDT"),
                ("Lasso_log_return_6h", 2, "MADEUSDT"),
                ("Lasso_log_return_6h", 2, "OTHERUSDT"),
            ]);
        (await world.CountAsync("return_folds WHERE symbol = 'MADEUSDT' AND version = 1 AND fold IS NULL")).ShouldBe(2);
    }

    [Theory]
    [InlineData("--mode is single, and --horizons has 3 (1, 6, 24); name one of them.", TrainMode.Single, null, "1,6,24", "Ridge")]
    [InlineData(
        "--models holds \"Ridges\"; allowed are LinearRegression, Ridge, Lasso, ElasticNet, RandomForest, GradientBoosting.",
        TrainMode.Batch,
        null,
        "6",
        "Ridges"
    )]
    [InlineData("--symbols holds \"NONE\"; there are features of MADEUSDT.", TrainMode.Batch, "NONE", "6", "Ridge")]
    [InlineData("--horizons is 0; each number must be between 1 and 720.", TrainMode.Batch, null, "0", "Ridge")]
    public async Task What_cannot_be_trained_is_refused(string message, TrainMode mode, string? symbols, string horizons, string models)
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        var options = new TrainOptions
        {
            Mode = mode,
            Symbols = symbols,
            Horizons = horizons,
            Models = models,
        };

        var failure = await Should.ThrowAsync<JobFailedException>(() => world.TrainAsync(options, Made));

        failure.Message.ShouldBe(message);
        failure.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Too_few_hours_are_refused_with_how_many_it_takes()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);

        var failure = await Should.ThrowAsync<JobFailedException>(() => world.TrainAsync(ReturnWorld.Small with { TrainDays = 180 }, Made));

        failure.Message.ShouldBe(
            "MADEUSDT has 2,500 hours; training on 180 days and judging 6 hours ahead takes 4,327. Load more candles, or train on fewer days."
        );
    }

    [Fact]
    public async Task Without_features_it_says_what_to_run()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);

        var failure = await Should.ThrowAsync<JobFailedException>(() => world.TrainAsync(ReturnWorld.Small));

        failure.Message.ShouldBe("There are no features yet; run `tradepost trading features` first.");
    }

    private sealed class CallingProgress(Action<JobProgress> call) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => call(value);
    }
}
