using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Forecasting;
using Tradepost.Training.Registry;

namespace Tradepost.Training.Backtests;

/// <summary>
/// Forecasts of the past, each made with what was known then, judged beside those of the simplest thing that could be done instead, and
/// what they teach about intervals.
/// </summary>
public sealed class Backtest
{
    /// <summary>
    /// The metric that decides between versions: the mean absolute error in units of the baseline's over the whole history.
    /// </summary>
    public const string DecidingMetric = "mase";

    private readonly BacktestRules rules;
    private readonly IReadOnlyList<CrossValidationRow> rows;
    private readonly IReadOnlyList<double> baseline;
    private readonly (DateTime Cutoff, double Error)[] sums;

    /// <summary>Learns the intervals.</summary>
    /// <param name="rules">How forecasts are meant.</param>
    /// <param name="rows">Of a walk-forward from several cutoffs, with intervals; in the units of what is forecast.</param>
    /// <param name="baseline">What the simplest thing would have said for each row.</param>
    /// <exception cref="ArgumentException">There are too few rows for the interval, or rows without one.</exception>
    public Backtest(BacktestRules rules, IReadOnlyList<CrossValidationRow> rows, IReadOnlyList<double> baseline)
    {
        (this.rules, this.rows, this.baseline) = (rules, rows, baseline);
        Factor = CalibratedInterval.Of(rows, rules.IntervalWidth).Factor;
        sums = SumErrors();
        SumHalfWidth = HoldsQuantile(sums.Length)
            ? ConformalInterval.Quantile([.. sums.Select(sum => sum.Error)], rules.IntervalWidth)
            : null;
    }

    /// <summary>How many forecasts of the past there are.</summary>
    public int Cutoffs => rows.Select(row => row.Cutoff).Distinct().Count();

    /// <summary>What the half widths of the model's intervals are to be multiplied with.</summary>
    public double Factor { get; }

    /// <summary>The half width of a sum's interval; null when there are not enough whole sums to learn it from.</summary>
    public double? SumHalfWidth { get; }

    /// <summary>
    /// Errors beside those of the baseline, and the share of what came that lies in intervals learned on the other cutoffs.
    /// </summary>
    public IReadOnlyDictionary<string, Metric> Metrics()
    {
        var honest = CalibratedInterval.CrossCalibrate(rows, rules.IntervalWidth);
        double[] actual = [.. rows.Select(row => row.Y)],
            predicted = [.. rows.Select(Shown)],
            simple = [.. baseline];
        var metrics = new Dictionary<string, Metric>
        {
            [DecidingMetric] = Error((a, p) => RegressionMetrics.Mae(a, p) / rules.Scale),
            ["rmse"] = Error((a, p) => RegressionMetrics.Rmse(a, p)),
            ["mae"] = Error((a, p) => RegressionMetrics.Mae(a, p)),
            ["smape"] = Error((a, p) => RegressionMetrics.Smape(a, p)),
            ["coverage"] = Coverage(honest.Count(row => row.Y >= row.YhatLower && row.Y <= row.YhatUpper) / (double)honest.Length),
        };
        if (SumCoverage() is { } share)
        {
            metrics[$"coverage_{rules.SumName}"] = Coverage(share);
        }

        return metrics;

        Metric Error(Func<double[], double[], double> error) =>
            new()
            {
                Value = error(actual, predicted),
                Aim = MetricAim.Lower,
                Baseline = error(actual, simple),
            };
        Metric Coverage(double value) =>
            new()
            {
                Value = value,
                Aim = MetricAim.Nearest,
                Target = rules.IntervalWidth,
            };
    }

    /// <summary>The share of sums within an interval that the other cutoffs gave.</summary>
    private double? SumCoverage()
    {
        var (within, all) = (0, 0);
        foreach (var cutoff in rows.Select(row => row.Cutoff).Distinct())
        {
            double[] others = [.. sums.Where(sum => sum.Cutoff != cutoff).Select(sum => sum.Error)];
            if (!HoldsQuantile(others.Length))
            {
                return null;
            }

            var half = ConformalInterval.Quantile(others, rules.IntervalWidth);
            double[] own = [.. sums.Where(sum => sum.Cutoff == cutoff).Select(sum => sum.Error)];
            (within, all) = (within + own.Count(error => error <= half), all + own.Length);
        }

        return all == 0 ? null : (double)within / all;
    }

    private bool HoldsQuantile(int scores) => scores > 0 && Math.Ceiling(((scores + 1) * rules.IntervalWidth) - 1e-9) <= scores;

    // The model may forecast less than there can be; nobody is told so.
    private double Shown(CrossValidationRow row) => Math.Max(rules.Least, row.Yhat);

    /// <summary>By how much each whole sum that was forecast is wrong.</summary>
    private (DateTime Cutoff, double Error)[] SumErrors() =>
        [
            .. rows.GroupBy(row => row.Cutoff)
                .SelectMany(cutoff =>
                    cutoff
                        .OrderBy(row => row.Time)
                        .Chunk(rules.SumLength)
                        .Where(part => part.Length == rules.SumLength)
                        .Select(part => (cutoff.Key, Math.Abs(part.Sum(row => row.Y - Shown(row)))))
                ),
        ];
}
