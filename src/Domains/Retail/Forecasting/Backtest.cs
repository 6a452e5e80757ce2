using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Forecasting;
using Tradepost.Training.Registry;

namespace Tradepost.Retail.Forecasting;

/// <summary>
/// Forecasts of the past, each made with what was known then, beside those of the simplest thing that could be done instead: the same
/// weekday of the last known week (seasonal naive).
/// </summary>
internal sealed class Backtest
{
    public const string DecidingMetric = "mase";

    private const int Week = 7;
    private const int FewestCutoffs = 3;
    private const int MostCutoffs = 60;
    private const int FewestHorizons = 3;

    private readonly DailyRevenue revenue;
    private readonly CrossValidationRow[] rows;
    private readonly (DateTime Cutoff, double Error)[] weeks;
    private readonly double width;

    private Backtest(DailyRevenue revenue, CrossValidationRow[] rows, double width)
    {
        (this.revenue, this.rows, this.width) = (revenue, rows, width);
        DayFactor = CalibratedInterval.Of(rows, width).Factor;
        weeks = WeekErrors(rows);
        WeekHalfWidth =
            weeks.Length > 0 && HoldsQuantile(weeks.Length)
                ? ConformalInterval.Quantile([.. weeks.Select(week => week.Error)], width)
                : null;
    }

    public int Cutoffs => rows.Select(row => row.Cutoff).Distinct().Count();

    /// <summary>What the half widths of the days' intervals are to be multiplied with.</summary>
    public double DayFactor { get; }

    /// <summary>The half width of a week's interval; null when there are no whole weeks to learn it from.</summary>
    public double? WeekHalfWidth { get; }

    /// <summary>Forecasts from cutoffs in the past, with the model fitted anew at each.</summary>
    /// <exception cref="JobFailedException">The history is too short.</exception>
    public static Backtest Run(ProphetModel model, DailyRevenue revenue, ForecastOptions options, CancellationToken cancellationToken)
    {
        var longest = model.Seasonalities.Select(seasonality => seasonality.Period).DefaultIfEmpty().Max();
        var initial = (int)Math.Ceiling(Math.Max(FewestHorizons * options.Horizon, longest));
        var spare = revenue.Values.Length - 1 - options.Horizon - initial;
        var period = Math.Max(Math.Max(options.Horizon / 2, 1), (spare / MostCutoffs) + 1);
        var missing = ((Fewest(options) - 1) * Math.Max(options.Horizon / 2, 1)) - spare;
        if (missing > 0)
        {
            throw new JobFailedException(
                new Sentence(
                    $"There are {revenue.Values.Length} complete days of revenue; a forecast of {options.Horizon} days needs {revenue.Values.Length + missing}. Load more, or choose a shorter {nameof(ForecastOptions.Horizon):argument}."
                )
            );
        }

        return new Backtest(
            revenue,
            CrossValidation.Run(
                model,
                revenue.Series,
                TimeSpan.FromDays(options.Horizon),
                TimeSpan.FromDays(initial),
                TimeSpan.FromDays(period),
                cancellationToken
            ),
            options.IntervalWidth
        );
    }

    // Each cutoff's interval is learned on the others, of which there must be enough for a quantile.
    private static int Fewest(ForecastOptions options) =>
        Math.Max(FewestCutoffs, 2 + (int)Math.Ceiling(options.IntervalWidth / (1 - options.IntervalWidth) / options.Horizon));

    public IReadOnlyDictionary<string, Metric> Metrics()
    {
        var honest = CalibratedInterval.CrossCalibrate(rows, width);
        var scale = RegressionMetrics.Mae(revenue.Values.AsSpan(Week), revenue.Values.AsSpan(..^Week)); // of repeating the week before, over the whole history
        double[] actual = [.. rows.Select(row => row.Y)],
            predicted = [.. rows.Select(Shown)],
            naive = [.. rows.Select(Naive)];
        var metrics = new Dictionary<string, Metric>
        {
            [DecidingMetric] = Error((a, p) => RegressionMetrics.Mae(a, p) / scale),
            ["rmse"] = Error((a, p) => RegressionMetrics.Rmse(a, p)),
            ["mae"] = Error((a, p) => RegressionMetrics.Mae(a, p)),
            ["smape"] = Error((a, p) => RegressionMetrics.Smape(a, p)),
            ["coverage"] = Coverage(honest.Count(row => row.Y >= row.YhatLower && row.Y <= row.YhatUpper) / (double)honest.Length),
        };
        if (WeekCoverage() is { } share)
        {
            metrics["coverage_week"] = Coverage(share);
        }

        return metrics;

        Metric Error(Func<double[], double[], double> error) =>
            new()
            {
                Value = error(actual, predicted),
                Aim = MetricAim.Lower,
                Baseline = error(actual, naive),
            };
        Metric Coverage(double value) =>
            new()
            {
                Value = value,
                Aim = MetricAim.Nearest,
                Target = width,
            };
    }

    /// <summary>The share of weeks within an interval that the other cutoffs gave.</summary>
    private double? WeekCoverage()
    {
        var (within, all) = (0, 0);
        foreach (var cutoff in rows.Select(row => row.Cutoff).Distinct())
        {
            double[] others = [.. weeks.Where(week => week.Cutoff != cutoff).Select(week => week.Error)];
            if (!HoldsQuantile(others.Length))
            {
                return null;
            }

            var half = ConformalInterval.Quantile(others, width);
            double[] own = [.. weeks.Where(week => week.Cutoff == cutoff).Select(week => week.Error)];
            (within, all) = (within + own.Count(error => error <= half), all + own.Length);
        }

        return all == 0 ? null : (double)within / all;
    }

    private bool HoldsQuantile(int scores) => Math.Ceiling(((scores + 1) * width) - 1e-9) <= scores;

    // The model may forecast less than nothing; nobody is told so.
    private static double Shown(CrossValidationRow row) => Math.Max(0, row.Yhat);

    private double Naive(CrossValidationRow row)
    {
        var cutoff = DateOnly.FromDateTime(row.Cutoff).DayNumber - revenue.From.DayNumber;
        var ahead = (int)row.Horizon.TotalDays;
        return revenue.Values[cutoff + ahead - (Week * ((ahead + Week - 1) / Week))];
    }

    /// <summary>By how much the sum of each whole week that was forecast is wrong.</summary>
    private static (DateTime Cutoff, double Error)[] WeekErrors(IReadOnlyList<CrossValidationRow> rows) =>
        [
            .. rows.GroupBy(row => row.Cutoff)
                .SelectMany(cutoff =>
                    cutoff
                        .OrderBy(row => row.Time)
                        .Chunk(Week)
                        .Where(week => week.Length == Week)
                        .Select(week => (cutoff.Key, Math.Abs(week.Sum(row => row.Y - Shown(row)))))
                ),
        ];
}
