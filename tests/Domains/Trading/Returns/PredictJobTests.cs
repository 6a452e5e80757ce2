using Tradepost.Jobs;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Predicting;

namespace Tradepost.Trading.Tests.Returns;

public sealed class PredictJobTests
{
    private static readonly FeatureSeries Made = HourlyRows.Made(2500);

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_newest_row_is_predicted_once_and_its_outcome_noted_when_it_is_known(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);
        await world.TrainAsync(ReturnWorld.Small, HourlyRows.First(Made, 2000));
        var now = HourlyRows.First(Made, 2010);

        var first = await world.PredictAsync(new(), now);
        var again = await world.PredictAsync(new(), now);
        var later = await world.PredictAsync(new(), HourlyRows.First(Made, 2016));

        first.Items.Select(item => item.Model).ShouldBe(["Ridge_log_return_6h", "Lasso_log_return_6h"]);
        var item = first.Items[0];
        item.FeatureTime.ShouldBe(Made.Times[2009]);
        item.TargetTime.ShouldBe(Made.Times[2015]);
        item.Lower.ShouldBeLessThan(item.Value);
        item.Upper.ShouldBeGreaterThan(item.Value);
        (first.Added, again.Added, later.Added).ShouldBe((2, 0, 2));
        (first.Outcomes, again.Outcomes, later.Outcomes).ShouldBe((0, 0, 2));
        var actual = (
            await world.LinesAsync("SELECT actual FROM predictions WHERE actual IS NOT NULL AND model = 'Ridge_log_return_6h'")
        ).ShouldHaveSingleItem();
        double.Parse(actual).ShouldBe(Math.Log(Made.Closes[2015] / Made.Closes[2009]), 1e-15);
        later.Live[0].Known.ShouldBe(1);
        later.Live[0].Rmse!.Value.ShouldBe(Math.Abs(double.Parse(actual) - item.Value), 1e-12);
        later.Worst.ErrorRatio.ShouldBeNull();
        later.Worst.Drift!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Predictions_are_the_same_to_the_last_bit_whether_the_series_ends_at_any_of_50_moments_or_later()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await world.TrainAsync(ReturnWorld.Small, HourlyRows.First(Made, 2000));
        var random = new Random(5);

        for (var i = 0; i < 50; i++)
        {
            var end = random.Next(2001, 2400);
            var part = await world.PredictAsync(new(), HourlyRows.First(Made, end));
            var whole = await world.PredictAsync(new() { Until = Made.Times[end - 1] }, Made);

            whole
                .Items.Select(item => (item.FeatureTime, item.Value, item.Lower, item.Upper))
                .ShouldBe(part.Items.Select(item => (item.FeatureTime, item.Value, item.Lower, item.Upper)));
        }
    }

    [Fact]
    public async Task An_outcome_is_noted_however_long_nobody_has_looked_for_it()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await world.TrainAsync(ReturnWorld.Small, HourlyRows.First(Made, 1000));
        await world.PredictAsync(new(), HourlyRows.First(Made, 1010));

        var later = await world.PredictAsync(new(), Made);

        later.Outcomes.ShouldBe(2);
        (await world.LinesAsync("SELECT DISTINCT actual FROM predictions WHERE actual IS NOT NULL"))
            .ShouldHaveSingleItem()
            .ShouldBe(FormattableString.Invariant($"{Math.Log(Made.Closes[1015] / Made.Closes[1009])}"));
    }

    [Fact]
    public async Task A_row_that_is_not_complete_is_passed_over()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await world.TrainAsync(ReturnWorld.Small, HourlyRows.First(Made, 2000));
        var columns = HourlyRows.First(Made, 2010).Columns.Select(column => column.ToArray()).ToArray();
        columns[4][2009] = double.NaN;

        var result = await world.PredictAsync(new(), HourlyRows.First(Made, 2010) with { Columns = columns });

        result.Items.ShouldAllBe(item => item.FeatureTime == Made.Times[2008]);
    }

    [Fact]
    public async Task Only_what_is_named_predicts()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);
        await world.TrainAsync(ReturnWorld.Small, Made);

        (await world.PredictAsync(new() { Models = "Lasso" }, Made)).Items.ShouldHaveSingleItem().Model.ShouldBe("Lasso_log_return_6h");
        (await Should.ThrowAsync<JobFailedException>(() => world.PredictAsync(new() { Models = "RandomForest" }, Made))).Message.ShouldBe(
            "--models holds \"RandomForest\"; in production are Ridge_log_return_6h, Lasso_log_return_6h."
        );
        (await Should.ThrowAsync<JobFailedException>(() => world.PredictAsync(new() { Symbols = "NONE" }, Made))).Message.ShouldBe(
            "--symbols holds \"NONE\"; models were trained on MADEUSDT."
        );
    }

    [Fact]
    public async Task Without_a_model_it_says_what_to_run()
    {
        await using var world = await ReturnWorld.CreateAsync(StoreKind.DuckDb);

        (await Should.ThrowAsync<JobFailedException>(() => world.PredictAsync(new PredictOptions(), Made))).Message.ShouldBe(
            "No model of returns is in production yet; run `tradepost trading train` first."
        );
    }
}
