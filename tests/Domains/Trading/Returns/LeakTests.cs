using Tradepost.Jobs;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>Leaks that people make, each planted into the steps or the rows and each found.</summary>
public sealed class LeakTests
{
    private static readonly WalkSettings Settings = new() { TrainHours = 1200, TestHours = 400 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(24)]
    public void Honest_forecasts_pass(int horizon) => Found(HourlyRows.Made(8000, signal: 0.05), horizon).ShouldBeEmpty();

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(24)]
    public void A_label_that_looks_back_is_found(int horizon)
    {
        var found = Found(HourlyRows.Made(8000), horizon, new ReturnPipeline { Label = Back });

        found.ShouldContain("too_good_r2");
        found.ShouldContain("too_good_accuracy");
        found.ShouldContain("earlier_prices");

        static double[] Back(FeatureSeries series, int horizon)
        {
            double[] labels = [.. Enumerable.Repeat(double.NaN, series.Times.Count)];
            for (var t = horizon; t < labels.Length; t++)
            {
                labels[t] = Math.Log(series.Closes[t] / series.Closes[t - horizon]);
            }

            return labels;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void A_feature_from_the_future_is_found(int horizon)
    {
        var series = HourlyRows.Made(8000);
        double[] ahead =
        [
            .. series.Closes.Select((close, t) => t + 1 < series.Closes.Count ? Math.Log(series.Closes[t + 1] / close) : double.NaN),
        ];

        var found = Found(series with { Names = [.. series.Names, "ret_next"], Columns = [.. series.Columns, ahead] }, horizon);

        found.ShouldContain("too_good_r2");
        found.ShouldContain("lagged_loss");
    }

    [Fact]
    public void A_scaler_that_was_fitted_on_everything_is_found() =>
        Found(HourlyRows.Made(8000), 6, new ReturnPipeline { ScaleBy = (_, rows) => [.. Enumerable.Range(168, rows - 168)] })
            .ShouldContain("later_prices");

    [Fact]
    public void A_shuffled_split_is_found()
    {
        var found = Found(
            HourlyRows.Made(8000),
            6,
            new ReturnPipeline { Train = window => new Random(1).GetItems([.. Enumerable.Range(168, 7000)], 1200) }
        );

        found.ShouldContain("later_prices");
    }

    [Fact]
    public void An_overlap_that_is_not_purged_is_found() =>
        Found(
                HourlyRows.Made(8000),
                24,
                new ReturnPipeline { Train = window => Enumerable.Range(window.TrainFrom, window.TestFrom - window.TrainFrom) }
            )
            .ShouldContain("later_prices");

    [Fact]
    public void The_failure_names_the_canary_the_symbol_and_the_figures()
    {
        var canary = LeakCanary.Of("shuffled_labels", new ReturnWalkName("BTCUSDT", 6), 0.31, 0.05);

        new LeakException(canary).Message.ShouldBe(
            "The canary shuffled_labels found a leak in the forecasts of BTCUSDT 6 hours ahead: 0.31, where at most 0.05 can be honest. "
                + "Nothing was published; look for something in features or labels that was not known yet."
        );
    }

    private static IReadOnlyList<string> Found(FeatureSeries series, int horizon, ReturnPipeline? pipeline = null)
    {
        var (task, steps) = (new WalkTask(series, horizon), pipeline ?? new ReturnPipeline());
        var walks = new WalkForward(
            Settings,
            [.. ReturnModelName.Baselines, ReturnMethod.LinearRegression, ReturnMethod.Ridge],
            NoFoldMemory.Instance,
            new Progress<JobProgress>()
        )
        {
            Pipeline = steps,
        }.Run([task], Cancellation);
        var figures = JudgedModel.Of(walks, Settings, Cancellation).ToDictionary(model => model.Method, model => model.Figures);
        return
        [
            .. new LeakCanaries(Settings, steps)
                .Check([task], walks, [figures], Cancellation)
                .Where(canary => canary.Verdict == CanaryVerdict.Leak)
                .Select(canary => canary.Name),
        ];
    }
}
