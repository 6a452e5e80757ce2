using Tradepost.Jobs;
using Tradepost.Learning.Numerics;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Canaries;

/// <summary>
/// The checks that every training makes before it publishes. Limits are those of honest forecasts of hourly returns, wider where there are
/// so few independent ones that chance alone reaches further.
/// </summary>
internal sealed class LeakCanaries(WalkSettings settings, ReturnPipeline pipeline)
{
    private const double MostR2 = 0.03;
    private const double MostAccuracy = 0.56;
    private const double MostSharpe = 5;
    private const double MostPurgeEffect = 0.03;
    private const double MostLagLoss = 0.15;
    private const double MostLagGain = 0.05;
    private const double Deviations = 4;
    private const double HoursOfYear = 365 * 24;

    /// <summary>Checks walks that were made, each with the figures of its methods.</summary>
    public IReadOnlyList<LeakCanary> Check(
        IReadOnlyList<WalkTask> tasks,
        IReadOnlyList<ReturnWalk> walks,
        IReadOnlyList<IReadOnlyDictionary<ReturnMethod, ReturnFigures>> figures,
        CancellationToken cancellationToken
    )
    {
        var future = new FutureCanary(settings, pipeline);
        var plain = Ic(tasks, pipeline, walks, cancellationToken);
        var shuffled = Ic(tasks, pipeline with { Label = Shuffle }, walks, cancellationToken);
        var unpurged = Ic(
            tasks,
            pipeline with
            {
                Train = window => pipeline.Train(window with { TrainTo = window.TestFrom }),
            },
            walks,
            cancellationToken
        );
        var lagged = Ic([.. tasks.Select(task => task with { Series = Lag(task.Series) })], pipeline, walks, cancellationToken);
        return
        [
            .. tasks.SelectMany(
                (task, i) =>
                {
                    var name = new ReturnWalkName(task.Series.Symbol, task.Horizon);
                    var chance = Deviations / Math.Sqrt(Math.Max(1, (double)walks[i].Rows.Length / task.Horizon));
                    return TooGood(name, walks[i], figures[i])
                        .Append(LeakCanary.Of("later_prices", name, future.ChangedForecasts(task, cancellationToken), 0))
                        .Append(LeakCanary.Of("earlier_prices", name, future.ChangedLabels(task), 0))
                        .Append(LeakCanary.Of("shuffled_labels", name, Math.Abs(shuffled[i]), Math.Max(MostPurgeEffect, chance)))
                        .Append(LeakCanary.Of("purge", name, Math.Abs(unpurged[i] - plain[i]), MostPurgeEffect + (chance / Deviations)))
                        .Append(LeakCanary.Of("lagged_gain", name, lagged[i] - plain[i], MostLagGain + (chance / Deviations)))
                        .Append(LeakCanary.Of("lagged_loss", name, plain[i] - lagged[i], MostLagLoss + (chance / Deviations)));
                }
            ),
        ];
    }

    private static IEnumerable<LeakCanary> TooGood(
        ReturnWalkName name,
        ReturnWalk walk,
        IReadOnlyDictionary<ReturnMethod, ReturnFigures> figures
    )
    {
        var independent = Math.Max(1, (double)walk.Rows.Length / name.Horizon);
        var learned = figures.Where(pair => ReturnModelName.Learned.Contains(pair.Key)).Select(pair => pair.Value).ToList();
        yield return LeakCanary.Of(
            "too_good_r2",
            name,
            Greatest(one => one.R2Zero),
            Math.Max(MostR2, Deviations * Deviations / independent)
        );
        yield return LeakCanary.Of(
            "too_good_accuracy",
            name,
            Greatest(one => one.DirectionalAccuracy),
            Math.Max(MostAccuracy, 0.5 + (Deviations * 0.5 / Math.Sqrt(independent)))
        );
        yield return LeakCanary.Of(
            "too_good_sharpe",
            name,
            Greatest(one => one.SharpeGross),
            Math.Max(MostSharpe, Deviations / Math.Sqrt(walk.Rows.Length / HoursOfYear))
        );

        double Greatest(Func<ReturnFigures, double?> figure) => learned.Select(one => figure(one) ?? 0).DefaultIfEmpty().Max();
    }

    /// <summary>The correlation of least squares' forecasts with what came, where the steps or the rows are others.</summary>
    private double[] Ic(
        IReadOnlyList<WalkTask> tasks,
        ReturnPipeline steps,
        IReadOnlyList<ReturnWalk> truth,
        CancellationToken cancellationToken
    )
    {
        var walks = new WalkForward(settings, [ReturnMethod.LinearRegression], NoFoldMemory.Instance, new Progress<JobProgress>())
        {
            Pipeline = steps,
        }.Run(tasks, cancellationToken);
        return
        [
            .. walks.Select(
                (walk, i) =>
                {
                    if (walk.Folds.Count == 0)
                    {
                        return 0;
                    }

                    var actual = truth[i].Rows.Zip(truth[i].Actual).ToDictionary(pair => pair.First, pair => pair.Second);
                    var pairs = walk
                        .Rows.Zip(walk.Forecasts[ReturnMethod.LinearRegression])
                        .Where(pair => actual.ContainsKey(pair.First))
                        .ToArray();
                    return Correlation.Pearson(
                        pairs.Select(pair => pair.Second).ToArray(),
                        pairs.Select(pair => actual[pair.First]).ToArray()
                    ) ?? 0;
                }
            ),
        ];
    }

    /// <summary>The labels of a series, dealt out anew among the rows that have one.</summary>
    private double[] Shuffle(FeatureSeries series, int horizon)
    {
        var labels = pipeline.Label(series, horizon);
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => double.IsFinite(labels[row]))];
        var random = new RandomStream(seed: horizon);
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var other = random.NextInt(i + 1);
            (labels[rows[i]], labels[rows[other]]) = (labels[rows[other]], labels[rows[i]]);
        }

        return labels;
    }

    /// <summary>The same rows with the features of the hour before.</summary>
    private static FeatureSeries Lag(FeatureSeries series) =>
        series with
        {
            Columns = [.. series.Columns.Select(column => (double[])[double.NaN, .. column.AsSpan(0, Math.Max(0, column.Length - 1))])],
        };
}
