using System.Diagnostics;
using System.Text.Json.Nodes;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Numerics;

namespace Tradepost.Benchmarks.Forecasting;

/// <summary>
/// Prophet of our own beside R's, one after the other, on the configurations of ../shared/goldens (or GOLDENS): to fit, and to predict
/// with 1,000 simulated futures. And a thousand series at once.
/// </summary>
internal sealed class ForecastingBenchmark(Bench bench)
{
    private const int ManySeries = 1_000;
    private const int ManyDays = 3 * 365;
    private const int DaysAhead = 90;
    private const double TimesTogether = 30;
    private const double TimesEach = 10;
    private const double SlowForR = 0.1;
    private const double MostSeconds = 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var goldens = Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared", "goldens");
        var configurations = Path.GetFullPath(Path.Combine(goldens, "prophet", "configs"));
        if (Directory.Exists(configurations))
        {
            await CompareAsync([.. Directory.GetDirectories(configurations).Order(StringComparer.Ordinal)], cancellationToken);
        }
        else
        {
            Skip($"there is no {configurations}");
        }

        Many(cancellationToken);
    }

    private void Skip(string reason)
    {
        var sentence = $"R's Prophet was not run: {reason}.";
        bench.Say(sentence);
        bench.Notes.Add(sentence);
    }

    private async Task CompareAsync(string[] folders, CancellationToken cancellationToken)
    {
        var ours = new Dictionary<string, (Series Fit, Series Predict)>(StringComparer.Ordinal);
        foreach (var item in folders.Select(ProphetCase.Read))
        {
            bench.Say($"{item.Name}, ours");
            ours[item.Name] = Measure(item, cancellationToken);
        }

        var theirs = await RunPeerAsync(folders, cancellationToken);
        if (theirs.Count == 0)
        {
            return;
        }

        bench.Findings.Add(
            Finding.AtLeast(
                "all fits together: times as fast as R's Prophet",
                theirs.Values.Sum(series => series.Fit.Median) / ours.Values.Sum(series => series.Fit.Median),
                TimesTogether
            )
        );
        bench.Findings.Add(
            Finding.Figure(
                "all predictions with 1,000 samples together: times as fast",
                theirs.Values.Sum(series => series.Predict.Median) / ours.Values.Sum(series => series.Predict.Median)
            )
        );
        foreach (var (name, (fit, _)) in theirs)
        {
            var times = fit.Median / ours[name].Fit.Median;
            bench.Findings.Add(
                fit.Median > SlowForR
                    ? Finding.AtLeast($"{name}: times as fast to fit", times, TimesEach)
                    : Finding.Figure($"{name}: times as fast to fit (R takes under {SlowForR} s)", times)
            );
        }
    }

    private (Series Fit, Series Predict) Measure(ProphetCase item, CancellationToken cancellationToken)
    {
        var fit = bench.Start($"{item.Name}: fit, ours", item.History.Times.Length);
        var predict = bench.Start($"{item.Name}: predict, ours", item.Future.Times.Length);

        // R's code was compiled long before; ours is once it has run.
        Prophet.Fit(item.Options, item.History, cancellationToken).Predict(item.Future, cancellationToken);
        for (var run = 0; run < bench.Runs; run++)
        {
            ProphetModel? model = null;
            Time(fit, () => model = Prophet.Fit(item.Options, item.History, cancellationToken));
            Time(predict, () => model!.Predict(item.Future, cancellationToken));
        }

        return (fit, predict);
    }

    private async Task<Dictionary<string, (Series Fit, Series Predict)>> RunPeerAsync(string[] folders, CancellationToken cancellationToken)
    {
        bench.Say("R's Prophet");
        var results = new Dictionary<string, (Series Fit, Series Predict)>(StringComparer.Ordinal);
        Measurement run;
        try
        {
            var environment = new Dictionary<string, string?> { ["TZ"] = "GMT" };
            run = await MeasuredProcess.RunAsync(
                "Rscript",
                [Path.Combine(bench.Root, "benchmarks", "forecasting", "prophet.R"), $"{bench.Runs}", .. folders],
                environment,
                cancellationToken
            );
        }
        catch (Exception missing) when (missing is BenchmarkException or System.ComponentModel.Win32Exception)
        {
            Skip($"it needs r-cran-prophet: {missing.Message}");
            return results;
        }

        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!))
        {
            if (line["version"] is { } version)
            {
                (bench.Versions["R's prophet"], bench.Versions["R"]) = (version.GetValue<string>(), line["r"]!.GetValue<string>());
                continue;
            }

            var item = ProphetCase.Read(folders.Single(folder => Path.GetFileName(folder) == line["name"]![0]!.GetValue<string>()));
            var fit = bench.Start($"{item.Name}: fit, R", item.History.Times.Length);
            var predict = bench.Start($"{item.Name}: predict, R", item.Future.Times.Length);
            Add(fit, line["fit"]!);
            Add(predict, line["predict"]!);
            results[item.Name] = (fit, predict);
        }

        return results;
    }

    private void Many(CancellationToken cancellationToken)
    {
        bench.Say($"{ManySeries} series");
        var series = Enumerable.Range(0, ManySeries).Select(Daily).ToArray();
        var times = series[0].Times;
        var ahead = new TimeSeries { Times = [.. Enumerable.Range(1, DaysAhead).Select(day => times[^1].AddDays(day))] };
        var many = bench.Start(
            $"{ManySeries:N0} daily series of three years: fit, and forecast {DaysAhead} days with intervals",
            (long)ManySeries * ManyDays
        );
        for (var run = 0; run < bench.Runs; run++)
        {
            Time(many, () =>
            {
                var models = Prophet.FitMany(new ProphetOptions(), series, cancellationToken: cancellationToken);
                Parallel.ForEach(
                    models,
                    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                    model => model.Predict(ahead, cancellationToken)
                );
            });
        }

        bench.Findings.Add(
            Finding.AtMost($"{ManySeries:N0} daily series of three years, fitted and forecast: seconds", many.Median, MostSeconds)
        );
    }

    /// <summary>A series with a bending trend, two seasons and noise.</summary>
    private static TimeSeries Daily(int seed)
    {
        var random = new RandomStream(seed);
        var (level, rate) = (100.0 + seed, 0.05);
        var values = new double[ManyDays];
        for (var day = 0; day < values.Length; day++)
        {
            rate += day % 150 == 0 ? 0.05 * random.NextNormal() : 0;
            level += rate;
            values[day] = level + (10 * Math.Sin(2 * Math.PI * day / 365.25)) + (day % 7 > 4 ? 6 : 0) + (3 * random.NextNormal());
        }

        return new TimeSeries
        {
            Times = [.. Enumerable.Range(0, ManyDays).Select(day => new DateTime(2022, 1, 1).AddDays(day))],
            Values = values,
        };
    }

    private static void Time(Series series, Action action)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        action();
        series.Add(
            new Measurement(
                Stopwatch.GetElapsedTime(began).TotalSeconds,
                (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
                Environment.WorkingSet / 1048576.0,
                ""
            )
        );
    }

    private static void Add(Series series, JsonNode seconds)
    {
        foreach (var value in seconds.AsArray())
        {
            series.Add(new Measurement(value!.GetValue<double>(), value.GetValue<double>(), 0, ""));
        }
    }
}
