using Tradepost.Jobs;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Intervals;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

public sealed class IntervalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("BTCUSDT")]
    [InlineData("ETHUSDT")]
    public void Intervals_hold_four_of_five_returns_at_each_horizon_and_about_so_many_in_each_year(string symbol)
    {
        var series = HourlyRows.Real(symbol);
        var settings = new WalkSettings();
        ReturnMethod[] methods = [.. ReturnModelName.Baselines, ReturnMethod.LinearRegression, ReturnMethod.Ridge, ReturnMethod.Lasso];
        var walks = new WalkForward(settings, methods, NoFoldMemory.Instance, new Progress<JobProgress>()).Run(
            [.. new[] { 1, 6, 24 }.Select(horizon => new WalkTask(series, horizon))],
            Cancellation
        );

        foreach (var model in JudgedModel.Of(walks, settings, Cancellation))
        {
            model.Figures.Coverage80!.Value.ShouldBeInRange(0.78, 0.82, $"{symbol} {model.Name}");
            var judged = model.Judged;
            var years = Enumerable
                .Range(0, judged.Times.Length)
                .GroupBy(i => judged.Times[i].Year)
                .Select(year =>
                    (
                        year.Key,
                        Share: year.Average(i => judged.Lower[i] <= judged.Actual[i] && judged.Actual[i] <= judged.Upper[i] ? 1.0 : 0)
                    )
                );
            foreach (var (year, share) in years)
            {
                share.ShouldBeInRange(0.75, 0.85, $"{symbol} {model.Name} {year}");
            }
        }
    }

    [Fact]
    public void An_interval_knows_nothing_of_what_comes()
    {
        var series = HourlyRows.Made(2000);
        var settings = new WalkSettings { TrainHours = 600, TestHours = 200 };

        var (whole, part) = (Judge(series), Judge(HourlyRows.First(series, 1500)));

        part.Judged.Lower.ShouldBe(whole.Judged.Lower[..part.Judged.Lower.Length]);
        part.Judged.Upper.ShouldBe(whole.Judged.Upper[..part.Judged.Upper.Length]);

        JudgedModel Judge(FeatureSeries rows)
        {
            var walks = new WalkForward(settings, [ReturnMethod.Ridge], NoFoldMemory.Instance, new Progress<JobProgress>()).Run(
                [new WalkTask(rows, 6)],
                Cancellation
            );
            return JudgedModel.Of(walks, settings, Cancellation)[0];
        }
    }

    [Fact]
    public void Volatility_is_half_that_of_the_day_and_half_that_of_the_month()
    {
        var series = HourlyRows.Made(1000);

        var volatility = RealisedVolatility.Of(series);

        double[] squares = [.. Enumerable.Range(1, 999).Select(t => Math.Pow(Math.Log(series.Closes[t] / series.Closes[t - 1]), 2))];
        volatility[999].ShouldBe(Math.Sqrt((squares[^24..].Average() + squares[^720..].Average()) / 2), 1e-12);
        Enumerable.Range(0, 1000).ShouldAllBe(row => RealisedVolatility.At(series, row) == volatility[row]);
    }

    [Fact]
    public void A_level_that_misses_too_often_moves_out()
    {
        var conformal = new RollingConformal(0.8, [.. Enumerable.Range(1, 100).Select(i => (double)i)]);
        conformal.Reach.ShouldBe(81);

        for (var i = 0; i < 10; i++)
        {
            conformal.Learn(200, conformal.Reach);
        }

        conformal.Level.ShouldBe(0.8 + (10 * 0.003 * 0.8), 1e-12);
        conformal.Reach.ShouldBe(92);
    }
}
