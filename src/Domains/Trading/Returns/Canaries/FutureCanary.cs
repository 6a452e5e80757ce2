using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Canaries;

/// <summary>
/// Changes what could not be known, and looks whether anything else changes with it: forecasts when later prices and features do, and
/// labels when earlier prices do. What does not follow from the future stays the same to the last bit.
/// </summary>
internal sealed class FutureCanary(WalkSettings settings, ReturnPipeline pipeline)
{
    private const int Folds = 3;
    private const double Factor = 1.5;

    /// <summary>The share of forecasts of the first, a middle and the last fold that change with what comes later.</summary>
    public double ChangedForecasts(WalkTask task, CancellationToken cancellationToken)
    {
        var windows = FoldWindow.Of(task.Series.Times.Count, task.Horizon, settings);
        var (changed, all) = (0, 0);
        foreach (var number in Enumerable.Range(0, Folds).Select(i => i * (windows.Count - 1) / (Folds - 1)).Distinct())
        {
            var middle = (windows[number].TestFrom + windows[number].TestTo + 1) / 2;
            var before = Forecast(task, windows[number], cancellationToken);
            var after = Forecast(
                task with
                {
                    Series = Alter(task.Series, windows[number].TestFrom, middle),
                },
                windows[number],
                cancellationToken
            );
            foreach (var (row, value) in before.Where(pair => pair.Key < middle))
            {
                all++;
                changed += after.TryGetValue(row, out var other) && other.Equals(value) ? 0 : 1;
            }
        }

        return all == 0 ? 0 : (double)changed / all;
    }

    /// <summary>The share of labels that change with the prices before them.</summary>
    public double ChangedLabels(WalkTask task)
    {
        var (rows, middle) = (task.Series.Times.Count, task.Series.Times.Count / 2);
        var series = task.Series with
        {
            Closes = [.. task.Series.Closes.Select((close, t) => t < middle ? close * Factor * (1 + t) : close)],
        };
        var (before, after) = (pipeline.Label(task.Series, task.Horizon), pipeline.Label(series, task.Horizon));
        return Enumerable.Range(middle, rows - middle).Count(t => !before[t].Equals(after[t])) / (double)(rows - middle);
    }

    private Dictionary<int, double> Forecast(WalkTask task, FoldWindow window, CancellationToken cancellationToken)
    {
        var labels = pipeline.Label(task.Series, task.Horizon);
        if (FoldRows.Of(task.Series, labels, window, settings, pipeline) is not { TestRows.Length: > 0 } fold)
        {
            return [];
        }

        var forecasts = new FoldFits(fold, task.Horizon, cancellationToken).Forecast(ReturnMethod.Ridge, []);
        return fold.TestRows.Zip(forecasts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Other prices from one row on, and other features from another on.</summary>
    private static FeatureSeries Alter(FeatureSeries series, int pricesFrom, int featuresFrom) =>
        series with
        {
            Closes = [.. series.Closes.Select((close, t) => t < pricesFrom ? close : close * (Factor + Math.Sin(t)))],
            Columns =
            [
                .. series.Columns.Select(column =>
                {
                    var altered = column.AsSpan().ToArray();
                    for (var t = featuresFrom; t < altered.Length; t++)
                    {
                        altered[t] = (Factor * altered[t]) + Math.Sin(t);
                    }

                    return altered;
                }),
            ],
        };
}
