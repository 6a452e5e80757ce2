using Tradepost.Learning.Forecasting;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Forecasting;

/// <summary>Against R's cross-validation of the Peyton Manning series: 730 days first, every 180 days, 365 days ahead.</summary>
public sealed class CrossValidationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly TimeSpan Initial = TimeSpan.FromDays(730);
    private static readonly TimeSpan Period = TimeSpan.FromDays(180);
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(365);

    /// <summary>File, column, and the days of initial history, period and horizon.</summary>
    public static TheoryData<string, string, int, int, int> Series =>
        new()
        {
            { "example_wp_log_peyton_manning", "y", 730, 180, 365 },
            { "example_wp_log_R", "y", 730, 180, 365 },
            { "example_wp_log_R_outliers1", "y", 730, 180, 365 },
            { "example_wp_log_R_outliers2", "y", 730, 180, 365 },
            { "example_air_passengers", "y", 1461, 180, 365 },
            { "example_pedestrians_multivariate", "location_4", 15, 1, 2 },
            { "example_pedestrians_multivariate", "location_41", 15, 1, 2 },
        };

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.0, "1")]
    public void Performance_of_Rs_rows_is_Rs_table(double window, string file)
    {
        var metrics = PerformanceMetrics.Of(ReferenceRows(), window, cancellationToken: Cancelled);

        var table = Reference($"metrics_rolling_{file}.csv");
        metrics.Select(row => row.Horizon.TotalDays).ShouldBe(table.Numbers("horizon_days"));
        Same(metrics.Select(row => row.Mse), table.Numbers("mse"));
        Same(metrics.Select(row => row.Rmse), table.Numbers("rmse"));
        Same(metrics.Select(row => row.Mae), table.Numbers("mae"));
        Same(metrics.Select(row => row.Mape!.Value), table.Numbers("mape"));
        Same(metrics.Select(row => row.Mdape!.Value), table.Numbers("mdape"));
        Same(metrics.Select(row => row.Smape), table.Numbers("smape"));
        Same(metrics.Select(row => row.Coverage!.Value), table.Numbers("coverage"));
    }

    [Fact]
    public void Cutoffs_and_errors_are_Rs()
    {
        var golden = new GoldenConfiguration("peyton_default");
        var model = Prophet.Fit(
            golden.Options with
            {
                Optimizer = Optimizer.Stan,
                UncertaintySamples = 5_000,
            },
            golden.History,
            TestContext.Current.CancellationToken
        );

        var rows = CrossValidation.Run(model, golden.History, Horizon, Initial, Period, TestContext.Current.CancellationToken);

        var reference = ReferenceRows();
        rows.Select(row => (row.Cutoff, row.Time, row.Y)).ShouldBe(reference.Select(row => (row.Cutoff, row.Time, row.Y)));
        var pairs = PerformanceMetrics
            .Of(rows, cancellationToken: Cancelled)
            .Zip(PerformanceMetrics.Of(reference, cancellationToken: Cancelled))
            .ToList();
        foreach (var (ours, theirs) in pairs)
        {
            ours.Horizon.ShouldBe(theirs.Horizon);
            ours.Rmse.ShouldBe(theirs.Rmse, 0.02 * theirs.Rmse);
            ours.Mae.ShouldBe(theirs.Mae, 0.02 * theirs.Mae);
            ours.Mape!.Value.ShouldBe(theirs.Mape!.Value, 0.02 * theirs.Mape.Value);
            ours.Coverage!.Value.ShouldBe(theirs.Coverage!.Value, 0.02);
        }

        var medians = pairs.Select(pair => Math.Abs((pair.First.Mdape!.Value / pair.Second.Mdape!.Value) - 1)).ToList();
        medians.Max().ShouldBeLessThan(ReferenceMachine.HasItsFunctions ? 0.02 : 0.06);
        medians.Count(difference => difference > 0.02).ShouldBeLessThan(medians.Count / 10);
    }

    [Fact]
    public void Rows_ahead_of_a_cutoff_are_Rs()
    {
        var golden = new GoldenConfiguration("peyton_default");
        var model = Prophet.Fit(
            golden.Options with
            {
                Optimizer = Optimizer.Stan,
                UncertaintySamples = 0,
            },
            golden.History,
            TestContext.Current.CancellationToken
        );

        var rows = CrossValidation.Run(model, golden.History, Horizon, Initial, Period, TestContext.Current.CancellationToken);

        rows.Zip(ReferenceRows(), (ours, theirs) => Math.Abs(ours.Yhat - theirs.Yhat))
            .Max()
            .ShouldBeLessThan(ReferenceMachine.HasItsFunctions ? 1e-12 : 0.05);
    }

    [Fact]
    public void What_comes_after_a_cutoff_by_the_calendar_ends_with_its_months()
    {
        var months = Enumerable.Range(0, 60).Select(month => new DateTime(2020, 1, 1).AddMonths(month)).ToArray();
        var history = new TimeSeries { Times = months, Values = [.. months.Select((time, i) => i + Math.Sin(time.Month))] };
        var model = Prophet.Fit(new ProphetOptions { UncertaintySamples = 0 }, history, TestContext.Current.CancellationToken);

        var rows = CrossValidation.Run(
            model,
            history,
            [new DateTime(2023, 2, 1), new DateTime(2023, 3, 1)],
            cutoff => cutoff.AddMonths(2),
            TestContext.Current.CancellationToken
        );

        rows.Select(row => row.Time).ShouldBe([new(2023, 3, 1), new(2023, 4, 1), new(2023, 4, 1), new(2023, 5, 1)]);
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Calibrated_intervals_hold_what_they_promise(string name, string column, int initial, int period, int horizon)
    {
        var table = Csv.Read(SharedData.Path($"data/advertising/prophet/{name}.csv"));
        var history = new TimeSeries { Times = table.Times("ds"), Values = table.Numbers(column) };
        var options = name.EndsWith("passengers", StringComparison.Ordinal)
            ? new ProphetOptions { SeasonalityMode = SeasonalityMode.Multiplicative }
            : new ProphetOptions();
        var model = Prophet.Fit(options, history, TestContext.Current.CancellationToken);
        var rows = CrossValidation.Run(
            model,
            history,
            TimeSpan.FromDays(horizon),
            TimeSpan.FromDays(initial),
            TimeSpan.FromDays(period),
            TestContext.Current.CancellationToken
        );

        var unseen = CalibratedInterval.CrossCalibrate(rows, 0.8, cancellationToken: Cancelled);

        Coverage(unseen).ShouldBeInRange(0.75, 0.85);
    }

    [Fact]
    public void What_comes_after_a_cutoff_changes_nothing_that_was_forecast_from_it()
    {
        var golden = new GoldenConfiguration("peyton_default");
        var history = Prophet.Observed(golden.History);
        var model = Prophet.Fit(golden.Options, history, TestContext.Current.CancellationToken);
        var cutoff = history.Times[1500];
        var changed = history with { Values = [.. history.Values!.Select((value, i) => i > 1500 ? value + 5 : value)] };

        var before = CrossValidation.Run(model, history, Horizon, [cutoff], TestContext.Current.CancellationToken);
        var after = CrossValidation.Run(model, changed, Horizon, [cutoff], TestContext.Current.CancellationToken);

        after
            .Select(row => (row.Yhat, row.YhatLower, row.YhatUpper))
            .ShouldBe(before.Select(row => (row.Yhat, row.YhatLower, row.YhatUpper)));
    }

    [Fact]
    public void Calibration_widens_what_lies_ahead_and_leaves_the_history()
    {
        var golden = new GoldenConfiguration("air_multiplicative");
        var model = Prophet.Fit(golden.Options, golden.History, TestContext.Current.CancellationToken);
        var rows = CrossValidation.Run(model, golden.History, Horizon, Initial, Period, TestContext.Current.CancellationToken);
        var forecast = model.Predict(golden.Future, TestContext.Current.CancellationToken);

        var calibrated = CalibratedInterval.Of(rows, 0.8);
        var corrected = calibrated.Apply(forecast, model.HistoryTimes[^1]);

        corrected.YhatUpper![0].ShouldBe(forecast.YhatUpper![0]);
        (corrected.YhatUpper[^1] - forecast.Yhat[^1]).ShouldBe(calibrated.Factor * (forecast.YhatUpper[^1] - forecast.Yhat[^1]), 1e-9);
        (forecast.Yhat[^1] - corrected.YhatLower![^1]).ShouldBe(calibrated.Factor * (forecast.Yhat[^1] - forecast.YhatLower![^1]), 1e-9);
        corrected.Yhat.ShouldBe(forecast.Yhat);
    }

    [Fact]
    public void A_history_that_is_too_short_is_refused_with_its_length()
    {
        var times = Enumerable.Range(0, 100).Select(day => new DateTime(2024, 1, 1).AddDays(day)).ToList();

        Should
            .Throw<ArgumentException>(() => CrossValidation.Cutoffs(times, Horizon, Initial, Period, cancellationToken: Cancelled))
            .Message.ShouldContain("99 days long");
    }

    private static double Coverage(CrossValidationRow[] rows) =>
        rows.Average(row => row.Y >= row.YhatLower && row.Y <= row.YhatUpper ? 1.0 : 0);

    private static Csv Reference(string file) => Csv.Read(SharedData.Path($"goldens/prophet/cross_validation/{file}"));

    private static CrossValidationRow[] ReferenceRows()
    {
        var table = Reference("cv_rows.csv");
        var (times, cutoffs) = (table.Times("ds"), table.Times("cutoff"));
        var (y, yhat, lower, upper) = (
            table.NumbersAsR("y"),
            table.Numbers("yhat"),
            table.Numbers("yhat_lower"),
            table.Numbers("yhat_upper")
        );
        return
        [
            .. times.Select(
                (time, i) =>
                    new CrossValidationRow
                    {
                        Time = time,
                        Cutoff = cutoffs[i],
                        Y = y[i],
                        Yhat = yhat[i],
                        YhatLower = lower[i],
                        YhatUpper = upper[i],
                    }
            ),
        ];
    }

    private static void Same(IEnumerable<double> ours, double[] reference) =>
        ours.Zip(reference, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-9);
}
