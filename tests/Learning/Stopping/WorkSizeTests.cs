using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Learning.Tests.Stopping;

/// <summary>What is too large for any machine is refused before it begins, with the figures and what is smaller.</summary>
public sealed class WorkSizeTests
{
    private static readonly WorkLimits Limits = new(1e9, 3600);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void What_fits_is_neither_refused_nor_spoken_of()
    {
        var size = new WorkSize
        {
            Work = "A fit",
            Smaller = "Less takes less.",
            Bytes = 4e8,
            Seconds = 500,
        };

        size.Refusal(Limits).ShouldBeNull();
        size.Notice(Limits).ShouldBeNull();
    }

    [Theory]
    [InlineData(6e8, 1, 1, "A fit takes about 600 MB of memory; the limit here is 1 GB. Less takes less.")]
    [InlineData(1, 1200, 1, "A fit takes about 20 minutes of a processor. It can be stopped at any time. Less takes less.")]
    public void What_is_much_is_told(double bytes, double seconds, double count, string expected) =>
        Size(bytes, seconds, count).Notice(Limits).ShouldBe(expected);

    [Theory]
    [InlineData(2.5e12, 1, 1, "A fit would take about 2.5 TB of memory, and the limit here is 1 GB. Less takes less.")]
    [InlineData(1, 864_000, 1, "A fit would take about 10 days of a processor, and the limit is 1 hours. Less takes less.")]
    [InlineData(1, 1, 3e9, "A fit would need 3,000,000,000 numbers in one piece, and 2,147,483,591 is the most. Less takes less.")]
    public void What_is_too_much_is_refused(double bytes, double seconds, double count, string expected) =>
        Size(bytes, seconds, count).Refusal(Limits).ShouldBe(expected);

    [Fact]
    public void A_forest_of_two_thousand_million_trees_is_refused()
    {
        var (table, target) = SomeRows.Of(400, 4);

        var refusal = Refused(() =>
            RandomForest.FitRegressor(table, target, new RandomForestOptions { NEstimators = int.MaxValue }, Cancelled)
        );

        refusal.ShouldContain("2,147,483,647 trees on 400 rows and 4 columns");
        refusal.ShouldContain("n_estimators");
    }

    [Fact]
    public void Boosting_with_a_leaf_per_row_and_thousands_of_columns_is_refused()
    {
        var (table, target) = SomeRows.Repeated(200_000, 2000);
        var options = new HistGradientBoostingOptions { MaxLeafNodes = null, MinSamplesLeaf = 1 };

        Refused(() => HistGradientBoosting.FitRegressor(table, target, options, Cancelled)).ShouldContain("max_leaf_nodes");
    }

    [Fact]
    public void A_million_threads_are_refused()
    {
        var (table, target) = SomeRows.Of(100, 2);
        const string Expected = "n_jobs is 1000000; expected is 1 to 1024";

        Refused(() => Ridge.Fit(table, target, new RidgeOptions { NJobs = 1_000_000 }, Cancelled)).ShouldContain(Expected);
        Refused(() => RandomForest.FitRegressor(table, target, new RandomForestOptions { NJobs = 1_000_000 }, Cancelled))
            .ShouldContain(Expected);
        Refused(() => HistGradientBoosting.FitRegressor(table, target, new HistGradientBoostingOptions { NJobs = 1_000_000 }, Cancelled))
            .ShouldContain(Expected);
    }

    [Fact]
    public void Products_of_more_columns_than_an_array_holds_are_refused() =>
        Refused(() => new NormalEquations([.. Enumerable.Range(0, 60_000).Select(i => $"x{i}")])).ShouldContain("60,000 columns");

    [Fact]
    public void Futures_without_number_are_refused()
    {
        var history = SomeRows.Series(10);
        var model = Prophet.Fit(new ProphetOptions { UncertaintySamples = 1_000_000 }, history, Cancelled);
        var far = new TimeSeries { Times = [new DateTime(9000, 1, 1)] };

        Refused(() => model.Predict(far, Cancelled)).ShouldContain("1,000,000 futures");
    }

    [Fact]
    public void A_season_of_millions_of_waves_is_refused()
    {
        var options = new ProphetOptions { Seasonalities = [new Seasonality("fine", 10, int.MaxValue)] };

        Refused(() => Prophet.Fit(options, SomeRows.Series(100), Cancelled)).ShouldContain("fourier_order");
    }

    [Fact]
    public void Cutoffs_a_tick_apart_are_refused()
    {
        var times = SomeRows.Series(100).Times;

        Refused(() => CrossValidation.Cutoffs(times, TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromTicks(1), Cancelled))
            .ShouldContain("in 100 rows");
    }

    [Fact]
    public void Splits_of_millions_of_folds_are_refused() =>
        Refused(() => TimeSplits.WalkForward(2_000_000_000, 1_000_000, 1, cancellationToken: Cancelled)).ShouldContain("folds");

    [Fact]
    public void Importance_by_shuffles_without_end_is_refused()
    {
        var (table, target) = SomeRows.Of(10_000, 100);
        var model = Ridge.Fit(table, target, cancellationToken: Cancelled);

        Refused(() => PermutationImportance.Of(model, table, target, RegressionMetrics.Rmse, int.MaxValue, cancellationToken: Cancelled))
            .ShouldContain("Fewer repeats");
    }

    private static WorkSize Size(double bytes, double seconds, double count) =>
        new()
        {
            Work = "A fit",
            Smaller = "Less takes less.",
            Bytes = bytes,
            Seconds = seconds,
            LargestCount = count,
        };

    private static string Refused(Action action)
    {
        var refusal = Should.Throw<ArgumentException>(action);
        refusal.ParamName.ShouldNotBeNullOrEmpty();
        return refusal.Message;
    }

    private static string Refused(Func<object> function) =>
        Refused(() =>
        {
            function();
        });
}
