using Tradepost.Jobs;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

public sealed class WalkForwardTests
{
    private static readonly WalkSettings Short = new()
    {
        TrainHours = 600,
        TestHours = 200,
        LeastKnown = 0.7,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Forecasts_as_of_a_time_are_the_same_to_the_last_bit_wherever_the_series_ends()
    {
        var series = HourlyRows.Made(3000, signal: 0.05);
        ReturnMethod[] methods = [ReturnMethod.LinearRegression, ReturnMethod.Lasso, ReturnMethod.GradientBoosting];
        var whole = Walk(new WalkTask(series, 6), methods);
        var random = new Random(7);

        for (var i = 0; i < 50; i++)
        {
            var end = random.Next(900, 2900);
            var part = Walk(new WalkTask(HourlyRows.First(series, end), 6), i < 5 ? methods : methods[..2]);

            part.Rows.ShouldBe(whole.Rows[..part.Rows.Length]);
            foreach (var (method, forecasts) in part.Forecasts)
            {
                forecasts.ShouldBe(whole.Forecasts[method][..forecasts.Length]);
            }
        }
    }

    [Fact]
    public void What_was_done_is_not_done_again_and_gives_the_same()
    {
        var (task, memory) = (new WalkTask(HourlyRows.Made(2000), 6), new CountingMemory());
        var first = Walk(task, [ReturnMethod.Ridge, ReturnMethod.RandomForest], memory);
        var (kept, found) = (memory.Kept, memory.Found);

        var second = Walk(task, [ReturnMethod.Ridge, ReturnMethod.RandomForest], memory);

        (kept, found).ShouldBe((14, 0));
        (memory.Kept, memory.Found).ShouldBe((14, 14));
        second.Forecasts[ReturnMethod.RandomForest].ShouldBe(first.Forecasts[ReturnMethod.RandomForest]);
    }

    [Fact]
    public void Another_number_anywhere_in_a_fold_is_another_fold()
    {
        var series = HourlyRows.Made(1000);
        var columns = series.Columns.Select(column => column.ToArray()).ToArray();
        columns[3][190] += 1e-9;
        var memory = new CountingMemory();
        Walk(new WalkTask(series, 6), [ReturnMethod.Ridge], memory);

        Walk(new WalkTask(series with { Columns = columns }, 6), [ReturnMethod.Ridge], memory);

        memory.Found.ShouldBe(1); // the second fold trains on rows from 200 on, and the first on all of the others too
        memory.Kept.ShouldBe(3);
    }

    [Fact]
    public void A_walk_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() =>
            Walker([ReturnMethod.Ridge]).Run([new WalkTask(HourlyRows.Made(2000), 6)], source.Token)
        );
    }

    [Fact]
    public void The_zero_forecast_says_no_change_and_the_mean_that_of_the_training_rows()
    {
        var series = HourlyRows.Made(1500);

        var walk = Walk(new WalkTask(series, 6), [ReturnMethod.Zero, ReturnMethod.Mean, ReturnMethod.Persistence]);

        var labels = LogReturns.Of(series, 6);
        walk.Forecasts[ReturnMethod.Zero].ShouldAllBe(value => value == 0);
        walk.Forecasts[ReturnMethod.Mean][0].ShouldBe(Enumerable.Range(168, 600 - 6 - 168).Average(t => labels[t]), 1e-12);
        walk.Forecasts[ReturnMethod.Persistence][10].ShouldBe(Math.Log(series.Closes[walk.Rows[10]] / series.Closes[walk.Rows[10] - 6]));
    }

    [Fact]
    public void Features_are_in_deviations_of_the_training_rows_and_cut_at_five()
    {
        var series = HourlyRows.Made(1000);
        series.Columns[5][700] = 1e6;
        var window = FoldWindow.Of(1000, 6, Short)[0];

        var fold = FoldRows.Of(series, LogReturns.Of(series, 6), window, Short, new ReturnPipeline())!;

        double[] column = [.. fold.TrainRows.Select(row => series.Columns[5][row])];
        var mean = column.Average();
        var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
        fold.Train.Column(5)[10].ShouldBe(Math.Clamp((column[10] - mean) / deviation, -5, 5), 1e-12);
        fold.Test.Column(5)[700 - 600].ShouldBe(5);
    }

    [Fact]
    public void A_feature_that_is_hardly_known_is_left_out_and_rows_without_one_of_the_others_too()
    {
        var series = HourlyRows.Made(1000);
        series.Columns[2].AsSpan().Fill(double.NaN);
        series.Columns[3][650] = double.NaN;
        var window = FoldWindow.Of(1000, 6, Short)[0];

        var fold = FoldRows.Of(series, LogReturns.Of(series, 6), window, Short, new ReturnPipeline())!;

        fold.Scaler.Features.ShouldNotContain(series.Names[2]);
        fold.TestRows.ShouldNotContain(650);
        fold.TestRows.Length.ShouldBe(199);
    }

    [Fact]
    public void Linear_models_are_those_that_the_library_fits_from_the_rows()
    {
        var series = HourlyRows.Made(1500, signal: 0.1);
        var window = FoldWindow.Of(1500, 6, Short)[1];
        var fold = FoldRows.Of(series, LogReturns.Of(series, 6), window, Short, new ReturnPipeline())!;
        var fits = new FoldFits(fold, 6, Cancellation);
        var (lasso, net) = (MethodSettings.Of(ReturnMethod.Lasso, 6), MethodSettings.Of(ReturnMethod.ElasticNet, 6));

        Compare(fits.Fit(ReturnMethod.LinearRegression), LinearRegression.Fit(fold.Train, fold.Labels, null, Cancellation));
        Compare(fits.Fit(ReturnMethod.Ridge), Ridge.Fit(fold.Train, fold.Labels, new RidgeOptions { Alpha = 1000 }, Cancellation));
        Compare(
            fits.Fit(ReturnMethod.Lasso),
            Lasso.Fit(fold.Train, fold.Labels, new LassoOptions { Alpha = lasso.Alpha!.Value, Tol = 1e-14 }, Cancellation)
        );
        Compare(
            fits.Fit(ReturnMethod.ElasticNet),
            ElasticNet.Fit(
                fold.Train,
                fold.Labels,
                new ElasticNetOptions
                {
                    Alpha = net.Alpha!.Value,
                    L1Ratio = net.L1Ratio!.Value,
                    Tol = 1e-14,
                },
                Cancellation
            )
        );

        static void Compare(Learning.Regression.IRegressionModel one, LinearModel other)
        {
            var model = one.ShouldBeOfType<LinearModel>();
            model.Intercept.ShouldBe(other.Intercept, 1e-9);
            for (var j = 0; j < model.Coefficients.Length; j++)
            {
                model.Coefficients[j].ShouldBe(other.Coefficients[j], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(ReturnMethod.Lasso)]
    [InlineData(ReturnMethod.ElasticNet)]
    public void Coefficients_fulfil_the_conditions_of_the_optimum(ReturnMethod method)
    {
        var series = HourlyRows.Made(1500, signal: 0.1);
        var window = FoldWindow.Of(1500, 24, Short)[1];
        var fold = FoldRows.Of(series, LogReturns.Of(series, 24), window, Short, new ReturnPipeline())!;
        var settings = MethodSettings.Of(method, 24);
        var (alpha, ratio) = (settings.Alpha!.Value, settings.L1Ratio ?? 1);

        var model = (LinearModel)new FoldFits(fold, 24, Cancellation).Fit(method);

        var errors = fold.Labels.Zip(model.Predict(fold.Train, Cancellation), (y, f) => y - f).ToArray();
        errors.Average().ShouldBe(0, 1e-12);
        model.Coefficients.ShouldContain(value => value != 0);
        for (var j = 0; j < model.Coefficients.Length; j++)
        {
            var (w, pull) = (model.Coefficients[j], 0.0);
            for (var i = 0; i < errors.Length; i++)
            {
                pull += fold.Train.Column(j)[i] * errors[i] / errors.Length;
            }

            pull -= alpha * (1 - ratio) * w;
            (w == 0 ? Math.Max(0, Math.Abs(pull) - (alpha * ratio)) : pull - (alpha * ratio * Math.Sign(w))).ShouldBe(0, 1e-9);
        }
    }

    private static ReturnWalk Walk(WalkTask task, ReturnMethod[] methods, IFoldMemory? memory = null) =>
        Walker(methods, memory).Run([task], Cancellation)[0];

    private static WalkForward Walker(ReturnMethod[] methods, IFoldMemory? memory = null) =>
        new(Short, methods, memory ?? NoFoldMemory.Instance, new Progress<JobProgress>());
}
