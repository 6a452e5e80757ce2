using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Fitting;
using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;
using Tradepost.Learning.Tests.Budgets;

namespace Tradepost.Learning.Tests.Stopping;

/// <summary>
/// A call for everything that takes a token, by the name that <see cref="PublicCalls"/> gives it; behind # another way through it. Those that are not
/// brief take more than six seconds when nobody stops them.
/// </summary>
internal static class StoppableCases
{
    private const int Endless = 1_000_000;

    /// <summary>Hardly held back, so that classes that can be told apart drive the coefficients on and on.</summary>
    private static readonly LogisticRegressionOptions Unending = new() { C = 1e8, Tol = 1e-300 };

    private static readonly RandomForestOptions Forest = new() { NEstimators = 100_000, MinSamplesLeaf = 500 };

    private static readonly HistGradientBoostingOptions Boosting = new() { MaxIter = Endless };

    private static readonly DetectorOptions Attentive = new() { Memory = 4096, Vigilance = 0.001 };

    public static IReadOnlyDictionary<string, StoppableCase> All { get; } =
        new[] { Linear(), Trees(), Forecasts(), Anomalies(), Clicks(), Others() }
            .SelectMany(cases => cases)
            .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);

    private static Dictionary<string, StoppableCase> Linear() =>
        new()
        {
            ["LinearRegression.Fit(features, target, options)"] = On(SomeRows.Square, (table, y, stop) =>
                LinearRegression.Fit(table, y, null, stop)
            ),
            ["LinearRegression.Fit(features, target, options)#more columns than rows"] = On(SomeRows.Wide, (table, y, stop) =>
                LinearRegression.Fit(table, y, null, stop)
            ),
            ["LinearRegression.Fit(features, target, options)#columns that depend on each other"] = On(
                SomeRows.Dependent,
                (table, y, stop) => LinearRegression.Fit(table, y, null, stop)
            ),
            ["Ridge.Fit(features, target, options)"] = On(SomeRows.Square, (table, y, stop) => Ridge.Fit(table, y, null, stop)),
            ["Ridge.Fit(features, target, options)#more columns than rows"] = On(SomeRows.Wide, (table, y, stop) =>
                Ridge.Fit(table, y, null, stop)
            ),
            ["Lasso.Fit(features, target, options)"] = On(SomeRows.Square, (table, y, stop) =>
                Lasso.Fit(table, y, new LassoOptions { Alpha = 1e-6 }, stop)
            ),
            ["ElasticNet.Fit(features, target, options)"] = On(SomeRows.Square, (table, y, stop) =>
                ElasticNet.Fit(table, y, new ElasticNetOptions { Alpha = 1e-6 }, stop)
            ),
            ["ElasticNet.Fit(features, target, options)#more columns than rows"] = On(SomeRows.Wide, (table, y, stop) =>
                ElasticNet.Fit(table, y, new ElasticNetOptions { Alpha = 1e-6, L1Ratio = 0.9 }, stop)
            ),
            ["LogisticRegression.Fit(features, target, options)"] = On(
                () => SomeRows.Of(50_000, 600),
                (table, _, stop) => LogisticRegression.Fit(table, SomeRows.Labels(table.Column(0)), Unending, stop)
            ),
            ["LogisticRegression.Fit(features, target, options)#more columns than Newton's method takes"] = On(
                () => SomeRows.Alike(20_000, 700),
                (table, y, stop) => LogisticRegression.Fit(table, SomeRows.Labels(y), Unending, stop)
            ),
            ["NormalEquations.Add(features, target)"] = On(SomeRows.Square, (table, y, stop) =>
                new NormalEquations(table.Names).Add(table, y, stop)
            ),
            ["NormalEquations.Solve(alpha)"] = new(() =>
            {
                var (table, y) = SomeRows.Of(8, 5000);
                var sums = new NormalEquations(table.Names);
                sums.Add(table, y);
                return stop => sums.Solve(1, stop);
            }),
            ["NormalEquations.SolveElasticNet(alpha, l1Ratio)"] = new(() =>
            {
                var (table, y) = SomeRows.Alike(2000, 1500);
                var sums = new NormalEquations(table.Names);
                sums.Add(table, y);
                return stop => sums.SolveElasticNet(1e-9, 0.5, stop);
            }),
            ["LinearModel.Predict(rows)"] = new(() => Predicting((model, table, stop) => model.Predict(table, stop)), IsBrief: true),
            ["LinearModel.Importances(rows)"] = new(
                () => Predicting((model, table, stop) => model.Importances(table, stop)),
                IsBrief: true
            ),
            ["LinearModel.PredictLinear(rows)"] = new(
                () => Predicting((model, table, stop) => model.PredictLinear(table, stop)),
                IsBrief: true
            ),
            ["PermutationImportance.Of(model, features, target, loss, repeats, seed)"] = On(
                () => SomeRows.Of(20_000, 100),
                (table, y, stop) =>
                    PermutationImportance.Of(Ridge.Fit(table, y, null, stop), table, y, RegressionMetrics.Rmse, 10_000, 0, stop)
            ),
        };

    private static Dictionary<string, StoppableCase> Trees() =>
        new()
        {
            ["RandomForest.FitRegressor(features, target, options)"] = On(
                () => SomeRows.Of(50_000, 10),
                (table, y, stop) => RandomForest.FitRegressor(table, y, Forest, stop)
            ),
            ["RandomForest.FitRegressor(features, target, options)#one large tree"] = On(
                () => SomeRows.Repeated(1_000_000, 120),
                (table, y, stop) => RandomForest.FitRegressor(table, y, new RandomForestOptions { NEstimators = 1 }, stop)
            ),
            ["RandomForest.FitClassifier(features, target, options)"] = On(
                () => SomeRows.Of(50_000, 10),
                (table, y, stop) => RandomForest.FitClassifier(table, SomeRows.Labels(y), Forest, stop)
            ),
            ["RandomForest.Continue(model, features, target, trees)"] = On(
                () => SomeRows.Of(50_000, 10),
                (table, y, stop) =>
                    RandomForest.Continue(
                        RandomForest.FitRegressor(table, y, Forest with { NEstimators = 1 }, stop),
                        table,
                        y,
                        100_000,
                        stop
                    )
            ),
            ["HistGradientBoosting.FitRegressor(features, target, options)"] = On(
                () => SomeRows.Of(50_000, 10),
                (table, y, stop) => HistGradientBoosting.FitRegressor(table, y, Boosting, stop)
            ),
            ["HistGradientBoosting.FitClassifier(features, target, options)"] = On(
                () => SomeRows.Of(50_000, 10),
                (table, y, stop) => HistGradientBoosting.FitClassifier(table, SomeRows.Labels(y), Boosting, stop)
            ),
            ["HistGradientBoosting.Continue(model, features, target, trees)"] = On(
                () => SomeRows.Of(50_000, 10),
                (table, y, stop) =>
                    HistGradientBoosting.Continue(
                        HistGradientBoosting.FitRegressor(table, y, Boosting with { MaxIter = 1 }, stop),
                        table,
                        y,
                        Endless,
                        stop
                    )
            ),
            ["TreeEnsemble.Importances(rows)"] = Asking(300, (model, table, _, stop) => model.Importances(table, stop)) with
            {
                IsBrief = true,
            },
            ["TreeEnsemble.Predict(rows)"] = Asking(2_000_000, (model, table, _, stop) => model.Predict(table, stop)),
            ["TreeEnsemble.RefitLeaves(features, target, decay)"] = Asking(300_000, (model, table, y, stop) =>
                model.RefitLeaves(table, y, 0, stop)
            ),
        };

    private static Dictionary<string, StoppableCase> Forecasts() =>
        new()
        {
            ["Prophet.Fit(options, history)"] = new(() =>
            {
                var history = SomeRows.Series(20_000);
                var options = new ProphetOptions
                {
                    SeasonalityMode = SeasonalityMode.Multiplicative,
                    Seasonalities = [new Seasonality("long", 5000.5, 400)],
                };
                return stop => Prophet.Fit(options, history, stop);
            }),
            ["Prophet.Fit(options, history)#by Stan's optimizer"] = new(() =>
            {
                var history = SomeRows.Series(300_000, TimeSpan.FromHours(1));
                return stop => Prophet.Fit(new ProphetOptions { Optimizer = Optimizer.Stan }, history, stop);
            }),
            ["Prophet.FitMany(options, series, parallelism)"] = new(() =>
            {
                var history = SomeRows.Series(1000);
                return stop => Prophet.FitMany(new ProphetOptions(), [.. Enumerable.Repeat(history, 20_000)], null, stop);
            }),
            ["ProphetModel.Predict(rows)"] = new(() =>
            {
                var model = Prophet.Fit(new ProphetOptions(), SomeRows.Series(1000));
                var rows = new TimeSeries { Times = model.FutureTimes(500_000, TimeSpan.FromHours(1)) };
                return stop => model.Predict(rows, stop);
            }),
            ["CrossValidation.Run(model, history, horizon, initial, period)"] = Past(
                (model, history, stop) =>
                    CrossValidation.Run(model, history, TimeSpan.FromDays(30), TimeSpan.FromDays(1000), TimeSpan.FromDays(1), stop)
            ),
            ["CrossValidation.Run(model, history, horizon, cutoffs)"] = Past(
                (model, history, stop) => CrossValidation.Run(model, history, TimeSpan.FromDays(30), history.Times[1000..^30], stop)
            ),
            ["CrossValidation.Run(model, history, cutoffs, horizonEnd)"] = Past(
                (model, history, stop) => CrossValidation.Run(model, history, history.Times[1000..^30], cutoff => cutoff.AddDays(30), stop)
            ),
            ["CrossValidation.Cutoffs(times, horizon, initial, period)"] = new(() =>
            {
                var times = SomeRows.Series(20_000).Times;
                return stop =>
                    CrossValidation.Cutoffs(times, TimeSpan.FromDays(1), TimeSpan.FromDays(1), (times[^1] - times[0]) / 200_000_000, stop);
            }),
            ["PerformanceMetrics.Of(rows, rollingWindow)"] = new(() =>
            {
                var rows = Judged(40_000, cutoffs: 1);
                return stop => PerformanceMetrics.Of(rows, 0.2, stop);
            }),
            ["CalibratedInterval.CrossCalibrate(rows, intervalWidth)"] = new(() =>
            {
                var rows = Judged(40_000, cutoffs: 4000);
                return stop => CalibratedInterval.CrossCalibrate(rows, 0.8, stop);
            }),
        };

    private static Dictionary<string, StoppableCase> Anomalies() =>
        new()
        {
            ["BatchDetector.Detect(series, options)"] = new(() =>
            {
                var series = SomeRows.Series(1_500_000, TimeSpan.FromMinutes(1));
                return stop => BatchDetector.Detect(series, null, stop);
            }),
            ["BatchDetector.DetectMany(series, options, parallelism)"] = new(() =>
            {
                var series = SomeRows.Series(100_000, TimeSpan.FromMinutes(1));
                return stop => BatchDetector.DetectMany([.. Enumerable.Repeat(series, 100)], null, null, stop);
            }),
            ["OnlineDetector.Detect(series, options)"] = new(() =>
            {
                var series = SomeRows.Series(1_500_000, TimeSpan.FromMinutes(1));
                return stop => OnlineDetector.Detect(series, Attentive, stop);
            }),
            ["OnlineDetector.DetectMany(series, options, parallelism)"] = new(() =>
            {
                var series = SomeRows.Series(100_000, TimeSpan.FromMinutes(1));
                return stop => OnlineDetector.DetectMany([.. Enumerable.Repeat(series, 100)], Attentive, null, stop);
            }),
            ["OnlineDetector.Update(times, values, detections)"] = new(() =>
            {
                var series = SomeRows.Series(1_500_000, TimeSpan.FromMinutes(1));
                return stop => new OnlineDetector(Attentive).Update(series.Times, series.Values, new Detection[series.Times.Length], stop);
            }),
        };

    private static Dictionary<string, StoppableCase> Clicks() =>
        new()
        {
            ["new ClickTraining(options, log, threads)"] = new(
                () =>
                {
                    var log = Tests.Clicks.Some.Log();
                    return stop => new ClickTraining(Tests.Clicks.Some.Options, log, 2, stop).Dispose();
                },
                IsBrief: true
            ),
            ["ClickTraining.RunEpoch(progress)"] = new(() =>
            {
                var training = new ClickTraining(
                    Tests.Clicks.Some.Options with
                    {
                        Hidden = [1024, 1024],
                        BatchSize = 1_000_000,
                    },
                    Tests.Clicks.Some.Log(200_000),
                    2
                );
                return stop =>
                {
                    using (training)
                    {
                        training.RunEpoch(null, stop);
                    }
                };
            }),
            ["ClickTraining.Resume(options, log, checkpoint, threads)"] = new(
                () =>
                {
                    var (log, checkpoint) = (Tests.Clicks.Some.Log(), new MemoryStream());
                    using var training = new ClickTraining(Tests.Clicks.Some.Options, log, 1);
                    training.Save(checkpoint);
                    checkpoint.Position = 0;
                    return stop => ClickTraining.Resume(Tests.Clicks.Some.Options, log, checkpoint, 1, stop).Dispose();
                },
                IsBrief: true
            ),
            ["ClickTraining.Finish()"] = new(
                () =>
                {
                    var training = new ClickTraining(Tests.Clicks.Some.Options, Tests.Clicks.Some.Log(), 2);
                    while (!training.IsDone)
                    {
                        training.RunEpoch();
                    }

                    return stop =>
                    {
                        using (training)
                        {
                            training.Finish(stop);
                        }
                    };
                },
                IsBrief: true
            ),
            ["ClickModel.Predict(rows, predictions, threads)"] = new(
                () =>
                {
                    var model = Tests.Clicks.Some.Model();
                    var rows = Rows(model);
                    return stop => model.Predict(rows, new ClickPrediction[rows.Count], 1, stop);
                },
                IsBrief: true
            ),
            ["ClickEvaluator.Result()"] = new(
                () =>
                {
                    var model = Tests.Clicks.Some.Model();
                    var rows = Rows(model);
                    var predictions = new ClickPrediction[rows.Count];
                    model.Predict(rows, predictions);
                    var evaluator = new ClickEvaluator(model);
                    evaluator.Add(rows, predictions, new byte[rows.Count]);
                    return stop => evaluator.Result(stop);
                },
                IsBrief: true
            ),
            ["Calibration.Platt(labels, logits)"] = new(() => stop => Calibration.Platt([0, 1, 0, 1], [-1, 0, 1, 2], stop), IsBrief: true),
        };

    private static Dictionary<string, StoppableCase> Others() =>
        new()
        {
            ["BlockBootstrap.Interval(values, statistic, meanBlock, level, samples, seed)"] = new(() =>
            {
                var values = SomeRows.Series(100_000).Values!;
                return stop => BlockBootstrap.Interval(values, sample => sample.Average(), 10, 0.9, Endless, 0, stop);
            }),
            ["TimeSplits.WalkForward(rows, folds, testSize, gap, maximumTrainSize)"] = new(
                () => stop => TimeSplits.WalkForward(1000, 10, 10, 0, null, stop),
                IsBrief: true
            ),
            ["TimeSplits.Purged(starts, ends, folds, embargo)"] = new(
                () =>
                {
                    var times = SomeRows.Series(1000).Times;
                    return stop => TimeSplits.Purged(times, times, 10, TimeSpan.Zero, stop);
                },
                IsBrief: true
            ),
            ["BudgetAllocator.Allocate(problem)"] = new(
                () => stop => BudgetAllocator.Allocate(SomeBudgets.Large(new RandomStream(1), 10, isConcave: false), stop),
                IsBrief: true
            ),
            ["ResponseFitter.Fit(series, options)"] = new(() =>
            {
                var series = SomeResponses.Of(new RandomStream(1), 100, 2).Series;
                return stop => ResponseFitter.Fit(series, new ResponseFitOptions { Draws = Endless, Thinning = 100 }, stop);
            }),
            ["Lbfgs.Minimise(function, start, options)"] = new(() =>
            {
                var start = SomeRows.Series(300_000).Values!;
                var options = new LbfgsOptions
                {
                    ValueTolerance = 0,
                    RelativeValueTolerance = 0,
                    GradientTolerance = 0,
                    RelativeGradientTolerance = 0,
                    StepTolerance = 0,
                    MaximumIterations = int.MaxValue,
                };
                return stop => Lbfgs.Minimise(Valley, start, options, stop);
            }),
        };

    private static StoppableCase On(
        Func<(FeatureTable Table, double[] Target)> rows,
        Action<FeatureTable, double[], CancellationToken> call
    ) =>
        new(() =>
        {
            var (table, target) = rows();
            return stop => call(table, target, stop);
        });

    private static Action<CancellationToken> Predicting(Action<LinearModel, FeatureTable, CancellationToken> call)
    {
        var (table, target) = SomeRows.Of(100, 3);
        var model = Ridge.Fit(table, target);
        return stop => call(model, table, stop);
    }

    private static StoppableCase Asking(int rows, Action<TreeEnsemble, FeatureTable, double[], CancellationToken> call) =>
        new(() =>
        {
            var (few, some) = SomeRows.Of(5000, 3);
            var model = RandomForest.FitRegressor(few, some, new RandomForestOptions { NEstimators = 200 });
            var (table, target) = SomeRows.Of(rows, 3);
            return stop => call(model, table, target, stop);
        });

    private static StoppableCase Past(Action<ProphetModel, TimeSeries, CancellationToken> call) =>
        new(() =>
        {
            var history = SomeRows.Series(8000);
            var model = Prophet.Fit(new ProphetOptions(), history);
            return stop => call(model, history, stop);
        });

    private static CrossValidationRow[] Judged(int count, int cutoffs)
    {
        var (random, start) = (new RandomStream(3), new DateTime(2000, 1, 1));
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new CrossValidationRow
                {
                    Cutoff = start.AddDays(i % cutoffs),
                    Time = start.AddDays(i % cutoffs).AddMinutes(1 + i),
                    Y = 10 + random.NextNormal(),
                    Yhat = 10,
                    YhatLower = 9,
                    YhatUpper = 11,
                }),
        ];
    }

    private static ClickRows Rows(ClickModel model)
    {
        var rows = model.NewRows();
        for (var i = 0; i < 200; i++)
        {
            rows.Set(0, $"site{i % 20}");
            rows.Set(1, $"ad{i % 12}");
            rows.EndRow();
        }

        return rows;
    }

    /// <summary>H. Rosenbrock's function (1960) of many variables: a bent valley, along which it is far.</summary>
    private static double Valley(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        var sum = 0.0;
        for (var i = 0; i < x.Length - 1; i++)
        {
            var (side, along) = (x[i + 1] - (x[i] * x[i]), 1 - x[i]);
            sum += (100 * side * side) + (along * along);
            gradient[i] += (-400 * x[i] * side) - (2 * along);
            gradient[i + 1] += 200 * side;
        }

        return sum;
    }
}
