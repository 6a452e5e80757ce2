using System.Diagnostics;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Benchmarks.Anomalies;

/// <summary>
/// The online detector on the Numenta benchmark's files in ../shared/data/nab, beside published detectors: its score by the benchmark's protocol, with the
/// threshold and with all settings chosen on other folders than the one scored; and how many rows a second one core takes.
/// </summary>
internal sealed class AnomalyBenchmark(Bench bench)
{
    private const double LeastScore = 60;
    private const double BestPublished = 68.0;
    private const double RowsASecond = 1e6;
    private const double Nominal = 0.99;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Shared("data/nab");
        if (!Directory.Exists(folder))
        {
            throw new BenchmarkException($"There is no {folder}, whose files this benchmark detects anomalies in.");
        }

        var corpus = LabelledCorpus.Read(folder);
        TimeSeries[] series = [.. corpus.Select(one => new TimeSeries { Times = one.Times, Values = one.Values })];
        MeasureSpeed(series, cancellationToken);
        bench.Say("scores");
        var detections = OnlineDetector.DetectMany(series, cancellationToken: cancellationToken);
        Score(corpus, detections);
        await PublishedAsync(cancellationToken);
        bench.Say("162 settings");
        Settings(corpus, series, cancellationToken);
        var whole = Scores(BatchDetector.DetectMany(series, cancellationToken: cancellationToken));
        bench.Findings.Add(
            Finding.Figure(
                "looking at the whole file (detect --whole), standard",
                new ThresholdSweep(ScoringProfile.Standard, corpus, whole).Best().Score
            )
        );
    }

    private void MeasureSpeed(TimeSeries[] series, CancellationToken cancellationToken)
    {
        var rows = series.Sum(one => one.Times.LongLength);
        var measured = bench.Start("39 files, row by row on one core", rows);
        for (var run = 0; run <= bench.Runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            var cpu = Environment.CpuUsage.TotalTime;
            OnlineDetector.DetectMany(series, parallelism: 1, cancellationToken: cancellationToken);

            // The first run compiles.
            if (run > 0)
            {
                measured.Add(
                    new Measurement(
                        Stopwatch.GetElapsedTime(began).TotalSeconds,
                        (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
                        0,
                        ""
                    )
                );
            }
        }

        bench.Findings.Add(Finding.AtLeast("rows a second on one core", measured.RowsPerSecond, RowsASecond));
        using var state = new MemoryStream();
        new OnlineDetector().Save(state);
        bench.Findings.Add(Finding.Figure("bytes that a series takes", state.Length));
    }

    private void Score(LabelledSeries[] corpus, Detection[][] detections)
    {
        var scores = Scores(detections);
        foreach (var profile in ScoringProfile.All)
        {
            var best = new ThresholdSweep(profile, corpus, scores).Best();
            var name = $"{profile.Name}, one threshold ({best.Threshold:0.000}) for all";
            bench.Findings.Add(
                profile == ScoringProfile.Standard ? Finding.AtLeast(name, best.Score, LeastScore) : Finding.Figure(name, best.Score)
            );
            bench.Findings.Add(
                Finding.Figure($"{profile.Name}, threshold chosen on the other folders", LeaveOneOut.Score(profile, corpus, [scores]))
            );
            bench.Findings.Add(
                Finding.Figure(
                    $"{profile.Name}, rows that are called anomalies (0.5)",
                    new ThresholdSweep(profile, corpus, scores).At(Detection.AnomalyScore).Score
                )
            );
        }

        bench.Findings.Add(
            Finding.AtLeast(
                "standard: beside the best published, ARTime",
                new ThresholdSweep(ScoringProfile.Standard, corpus, scores).Best().Score,
                BestPublished
            )
        );
        foreach (var folder in corpus.Select(one => one.Folder).Distinct())
        {
            int[] inside = [.. Enumerable.Range(0, corpus.Length).Where(i => corpus[i].Folder == folder && corpus[i].Windows.Length > 0)];
            if (inside.Length > 0)
            {
                var sweep = new ThresholdSweep(
                    ScoringProfile.Standard,
                    [.. inside.Select(i => corpus[i])],
                    [.. inside.Select(i => scores[i])]
                );
                bench.Findings.Add(Finding.Figure($"standard at 0.5, {folder} alone", sweep.At(Detection.AnomalyScore).Score));
            }
        }

        var judged = corpus.SelectMany((one, i) => detections[i][one.Probation..]).ToList();
        bench.Findings.Add(
            Finding.Figure(
                $"share of rows in their expected interval, nominally {Nominal}",
                judged.Count(row => row.Value >= row.Lower && row.Value <= row.Upper) / (double)judged.Count
            )
        );
    }

    private async Task PublishedAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(
            Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere ? elsewhere : Shared("goldens"),
            "anomaly",
            "expected.json"
        );
        if (!File.Exists(path))
        {
            bench.Notes.Add($"Published figures are not shown: there is no {path}.");
            return;
        }

        using var published = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken));
        foreach (
            var detector in published.RootElement.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Object)
        )
        {
            foreach (var profile in ScoringProfile.All)
            {
                bench.Findings.Add(
                    Finding.Figure($"published: {detector.Name}, {profile.Name}", detector.Value.GetProperty(profile.Name).GetDouble())
                );
            }
        }
    }

    /// <summary>What other settings come to, and what comes of choosing among them without the folder that is scored.</summary>
    private void Settings(LabelledSeries[] corpus, TimeSeries[] series, CancellationToken cancellationToken)
    {
        var all = Grid()
            .Select(options => Scores(OnlineDetector.DetectMany(series, options, cancellationToken: cancellationToken)))
            .ToArray();
        var best = all.Select(scores => new ThresholdSweep(ScoringProfile.Standard, corpus, scores).Best().Score).Order().ToArray();
        bench.Findings.Add(Finding.Figure($"standard, least of {best.Length} settings around the defaults", best[0]));
        bench.Findings.Add(Finding.Figure($"standard, median of {best.Length} settings", best[best.Length / 2]));
        bench.Findings.Add(Finding.Figure($"standard, greatest of {best.Length} settings", best[^1]));
        bench.Findings.Add(
            Finding.AtLeast(
                "standard, settings and threshold chosen on the other folders",
                LeaveOneOut.Score(ScoringProfile.Standard, corpus, all),
                LeastScore
            )
        );
    }

    private static IEnumerable<DetectorOptions> Grid() =>
        from shortWindow in new[] { 2, 3, 4 }
        from longWindow in new[] { 18, 24, 36 }
        from vigilance in new[] { 0.05, 0.07, 0.1 }
        from hold in new[] { 100, 150, 200 }
        from memory in new[] { 128, 192 }
        select new DetectorOptions
        {
            ShortWindow = shortWindow,
            LongWindow = longWindow,
            Vigilance = vigilance,
            HoldRows = hold,
            Memory = memory,
        };

    private static double[][] Scores(Detection[][] detections) => [.. detections.Select(rows => rows.Select(row => row.Score).ToArray())];

    private string Shared(string path) => Path.GetFullPath(Path.Combine(bench.Root, "..", "shared", path));
}
