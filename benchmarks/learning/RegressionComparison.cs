using System.Diagnostics;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Benchmarks.Learning;

/// <summary>
/// Linear models, forests and boosting on 200,000 rows of 30 columns beside scikit-learn's and XGBoost's with the same settings and threads, in
/// turn, in one run. The table is taken from ../shared/goldens (or GOLDENS).
/// </summary>
internal sealed class RegressionComparison(Bench bench)
{
    private const double WorstError = 1.02;
    private const string Python = "/usr/bin/python3";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
    private static readonly int Threads = Environment.ProcessorCount;

    private static readonly HistGradientBoostingOptions AsScikitLearn = new() { MaxIter = 200 };
    private static readonly HistGradientBoostingOptions AsXgboost = new()
    {
        BaseScore = 0.5,
        MaxIter = 200,
        MaxDepth = 6,
        MaxLeafNodes = null,
        MinSamplesLeaf = 1,
        MinChildWeight = 1,
        L2Regularization = 1,
    };
    private static readonly RandomForestOptions Forest = new()
    {
        NEstimators = 50,
        MaxSamples = 0.2,
        MinSamplesLeaf = 5,
        RandomState = 1,
    };

    private readonly Dictionary<string, List<FittedModel>> ours = [];
    private readonly Dictionary<string, List<FittedModel>> theirs = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var goldens = Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared", "goldens");
        var path = Path.GetFullPath(Path.Combine(goldens, "regression", "data", "synthetic.csv.gz"));
        if (!File.Exists(path))
        {
            bench.Notes.Add($"Regression was not compared: there is no {Path.GetFileName(path)} in the goldens.");
            return;
        }

        if (!await HasPeersAsync(cancellationToken))
        {
            bench.Notes.Add($"Regression was not compared: {Python} lacks scikit-learn, XGBoost or pandas.");
            return;
        }

        var table = new RegressionTable(path);
        await bench.InTurnAsync(
            "regression",
            () =>
            {
                FitOurs(table, cancellationToken);
                return Task.CompletedTask;
            },
            async () =>
            {
                await FitTheirsAsync(path, cancellationToken);
                FitLightGbm(table, "lightgbm_regressor", isClassifier: false);
                FitLightGbm(table, "lightgbm_classifier", isClassifier: true);
            }
        );
        Report(table.Train.Rows);
    }

    private async Task<bool> HasPeersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var versions = await MeasuredProcess.RunAsync(
                Python,
                [
                    "-c",
                    "import platform, pandas, sklearn, xgboost; print(platform.python_version(), sklearn.__version__, xgboost.__version__)",
                ],
                null,
                cancellationToken
            );
            var parts = versions.Output.Split();
            (bench.Versions["Python"], bench.Versions["scikit-learn"], bench.Versions["XGBoost"]) = (parts[0], parts[1], parts[2]);
            return true;
        }
        catch (Exception missing) when (missing is BenchmarkException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private void FitOurs(RegressionTable table, CancellationToken cancellationToken)
    {
        Fit(table, "ols", false, (rows, y) => LinearRegression.Fit(rows, y));
        Fit(table, "ridge", false, (rows, y) => Ridge.Fit(rows, y, new RidgeOptions { Alpha = 10 }));
        Fit(table, "lasso", false, (rows, y) => Lasso.Fit(rows, y, new LassoOptions { Alpha = 0.01 }));
        Fit(table, "elastic_net", false, (rows, y) => ElasticNet.Fit(rows, y, new ElasticNetOptions { Alpha = 0.01, L1Ratio = 0.2 }));
        Fit(table, "logistic_regression", true, (rows, y) => LogisticRegression.Fit(rows, y));
        Fit(table, "random_forest_regressor", false, (rows, y) =>
            RandomForest.FitRegressor(rows, y, Forest with { MaxFeatures = MaxFeatures.Share(1 / 3.0) }, cancellationToken)
        );
        Fit(table, "random_forest_classifier", true, (rows, y) => RandomForest.FitClassifier(rows, y, Forest, cancellationToken));
        Fit(table, "hist_gradient_boosting_regressor", false, (rows, y) =>
            HistGradientBoosting.FitRegressor(rows, y, AsScikitLearn, cancellationToken)
        );
        Fit(table, "hist_gradient_boosting_classifier", true, (rows, y) =>
            HistGradientBoosting.FitClassifier(rows, y, AsScikitLearn, cancellationToken)
        );
        Fit(table, "xgboost_regressor", false, (rows, y) => HistGradientBoosting.FitRegressor(rows, y, AsXgboost, cancellationToken));
        Fit(table, "xgboost_classifier", true, (rows, y) => HistGradientBoosting.FitClassifier(rows, y, AsXgboost, cancellationToken));
        Fit(table, "lightgbm_regressor", false, (rows, y) => HistGradientBoosting.FitRegressor(rows, y, AsScikitLearn, cancellationToken));
        Fit(table, "lightgbm_classifier", true, (rows, y) => HistGradientBoosting.FitClassifier(rows, y, AsScikitLearn, cancellationToken));
    }

    private void Fit(RegressionTable table, string name, bool isClassifier, Func<FeatureTable, double[], IRegressionModel> fit)
    {
        var target = table.TrainTarget(isClassifier);
        Judge(ours, table, name, isClassifier, () => fit(table.Train, target), model => model.Predict(table.Test));
    }

    // It bins the rows once, and so does the fit that it is compared with.
    private void FitLightGbm(RegressionTable table, string name, bool isClassifier)
    {
        var (features, rows, target) = (table.Features(ofTest: false), table.Train.Rows, table.TrainTarget(isClassifier));
        var parameters =
            $"objective={(isClassifier ? "binary" : "regression")} learning_rate=0.1 num_leaves=31 min_data_in_leaf=20 max_bin=255 num_threads={Threads} verbosity=-1";
        Judge(
            theirs,
            table,
            name,
            isClassifier,
            () => LightGbm.Fit(features, rows, target, AsScikitLearn.MaxIter, parameters),
            model =>
            {
                using (model)
                {
                    return model.Predict(table.Features(ofTest: true), table.Test.Rows);
                }
            }
        );
    }

    private static void Judge<T>(
        Dictionary<string, List<FittedModel>> fits,
        RegressionTable table,
        string name,
        bool isClassifier,
        Func<T> fit,
        Func<T, double[]> predict
    )
    {
        var came = table.TestTarget(isClassifier);
        var process = Process.GetCurrentProcess();
        var (began, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var model = fit();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        var took = (process.TotalProcessorTime - cpu).TotalSeconds;
        var predictions = predict(model);
        var error = isClassifier ? ClassificationMetrics.LogLoss(came, predictions) : RegressionMetrics.Rmse(came, predictions);
        Add(fits, new FittedModel(name, seconds, took, error));
    }

    private async Task FitTheirsAsync(string path, CancellationToken cancellationToken)
    {
        var script = Path.Combine(bench.Root, "benchmarks", "learning", "regression_peer.py");
        var run = await MeasuredProcess.RunAsync(Python, [script, path, Threads.ToString()], null, cancellationToken);
        foreach (var fitted in JsonSerializer.Deserialize<FittedModel[]>(run.Output, Json)!)
        {
            Add(theirs, fitted);
        }
    }

    private void Report(int rows)
    {
        var lines = new List<string>
        {
            $"| fit on {rows.ToString("N0")} rows of 30 columns | ours, s | theirs, s | times as fast | CPU s, ours | theirs | error, ours | theirs |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        };
        foreach (var (name, mine) in ours)
        {
            var other = theirs[name];
            var (fast, slow) = (Median(mine, fit => fit.Seconds), Median(other, fit => fit.Seconds));
            var (error, reference) = (mine[0].Error, other[0].Error);
            var peer = name.Split('_')[0] switch
            {
                "xgboost" => "XGBoost",
                "lightgbm" => "LightGBM",
                _ => "scikit-learn",
            };
            lines.Add(
                $"| {name}, {peer} | {fast:0.000} | {slow:0.000} | {slow / fast:0.0} | {Median(mine, fit => fit.CpuSeconds):0.00} | {Median(other, fit => fit.CpuSeconds):0.00} | {error:0.00000} | {reference:0.00000} |"
            );
            bench.Findings.Add(Finding.AtLeast($"{name}: times as fast as {peer}", slow / fast, 1));
            bench.Findings.Add(Finding.AtMost($"{name}: test error, times {peer}'s", error / reference, WorstError));
            Keep($"{name}: ours", rows, mine);
            Keep($"{name}: {peer}", rows, other);
        }

        bench.Tables.Add(string.Join('\n', lines));
        bench.Notes.Add(
            $"Regression: the same settings on both sides, {Threads} threads, medians of {bench.Runs} runs in turn, seconds of the fit alone. Errors are root mean squared errors (1 is the least possible) and log losses of 40,000 test rows. Lasso, elastic net and logistic regression go to the optimum (tol 1e-10). Rows named xgboost are ours with XGBoost's settings: depth 6, lambda 1, min_child_weight 1; LightGBM is called through its C interface, with the settings of scikit-learn's model."
        );
        using var packages = JsonDocument.Parse(File.ReadAllText(Path.Combine(bench.Root, "benchmarks", "packages.lock.json")));
        bench.Versions["LightGBM"] = packages
            .RootElement.GetProperty("dependencies")
            .GetProperty("net10.0")
            .GetProperty("LightGBM")
            .GetProperty("resolved")
            .GetString()!;
    }

    private void Keep(string name, int rows, List<FittedModel> fits)
    {
        var series = bench.Start(name, rows);
        fits.ForEach(fit => series.Add(new Measurement(fit.Seconds, fit.CpuSeconds, 0, "")));
    }

    private static void Add(Dictionary<string, List<FittedModel>> fits, FittedModel fitted)
    {
        fits.TryAdd(fitted.Name, []);
        fits[fitted.Name].Add(fitted);
    }

    private static double Median(List<FittedModel> fits, Func<FittedModel, double> figure)
    {
        var sorted = fits.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
