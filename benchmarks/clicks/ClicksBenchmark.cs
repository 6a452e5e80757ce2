using System.Text.Json.Nodes;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Clicks;

/// <summary>
/// Click models beside PyTorch at its best setting, and beside logistic regression and XGBoost, by the scripts of ../shared/goldens (or
/// GOLDENS): training samples a second, prediction, memory, and how good the models are on the same rows.
/// </summary>
internal sealed class ClicksBenchmark(Bench bench)
{
    /// <summary>The benchmark of how good models are; the other one measures how fast they are.</summary>
    public const string Accuracy = "clicks-accuracy";

    private const int Samples = 100_000;
    private const int Seeds = 3;
    private const int CoverageSeeds = 5;

    private static readonly string[] Networks = ["256,128", "400,400,400"];

    // PyTorch's threads get in each other's way when they wait actively: the best of its settings on two cores.
    private static readonly Dictionary<string, string?> Passive = new() { ["OMP_WAIT_POLICY"] = "PASSIVE", ["GOMP_SPINCOUNT"] = "0" };

    private readonly string data = Path.Combine(bench.Folder, "clicks", "deepfm", "data");

    private string Scripts => Path.GetFullPath(Path.Combine(data, ".."));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var goldens = Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared", "goldens");
        var source = Path.GetFullPath(Path.Combine(goldens, "deepfm"));
        if (!Directory.Exists(source))
        {
            bench.Notes.Add($"Nothing was measured: there is no {source}.");
            return;
        }

        await PrepareAsync(source, cancellationToken);
        if (bench.Name == Accuracy)
        {
            await CompareAccuracyAsync(cancellationToken);
            return;
        }

        foreach (var hidden in Networks)
        {
            await CompareSpeedAsync(hidden, cancellationToken);
        }
    }

    private async Task PrepareAsync(string source, CancellationToken cancellationToken)
    {
        bench.Say("making the data");
        Directory.CreateDirectory(data);
        foreach (var script in new[] { "deepfm.py", "gen_ctr.py" })
        {
            File.Copy(Path.Combine(source, script), Path.Combine(Scripts, script), overwrite: true);
        }

        await PythonAsync([Path.Combine(Scripts, "gen_ctr.py"), "1000000", "7", data + "/"], cancellationToken);
        await PythonAsync([Path.Combine(bench.Root, "benchmarks", "clicks", "peer_data.py"), source, data], cancellationToken);
        var versions = await PythonAsync(
            ["-c", "import torch, sklearn, xgboost; print(torch.__version__, sklearn.__version__, xgboost.__version__)"],
            cancellationToken
        );
        (bench.Versions["PyTorch"], bench.Versions["scikit-learn"], bench.Versions["XGBoost"]) = versions.Output.Trim().Split(' ')
            is [var torch, var sklearn, var boost]
            ? (torch, sklearn, boost)
            : ("", "", "");
    }

    private async Task CompareSpeedAsync(string hidden, CancellationToken cancellationToken)
    {
        var name = hidden.Replace(',', '-');
        var theirs = bench.Start($"{name}: {Samples:N0} samples trained, PyTorch", Samples);
        var ours = bench.Start($"{name}: {Samples:N0} samples trained, ours", Samples);
        var (predictions, theirPeak, ourPeak) = (new List<JsonNode>(), 0.0, 0.0);
        await bench.InTurnAsync(
            name,
            async () =>
                theirPeak = Math.Max(
                    theirPeak,
                    Add(
                        theirs,
                        await PeerAsync(["speed", "--data", "ctr", "--threads", "2", "--hidden", hidden], cancellationToken),
                        "samples_per_s_median",
                        "peak_mb"
                    )
                ),
            async () =>
            {
                var run = await WorkerAsync(["speed", data, hidden], cancellationToken);
                ourPeak = Math.Max(ourPeak, Add(ours, run, "samplesPerS", "peakMb"));
                predictions.Add(run);
            }
        );
        bench.Findings.Add(
            Finding.AtLeast(
                $"{name}: times PyTorch's training samples a second",
                theirs.Median / ours.Median,
                hidden == Networks[0] ? 2 : 1.5
            )
        );
        bench.Findings.Add(Finding.AtMost($"{name}: peak MB of the training process (PyTorch: {theirPeak:N0})", ourPeak, theirPeak));
        if (hidden == Networks[0])
        {
            await ComparePredictionAsync(predictions, cancellationToken);
        }
    }

    private async Task ComparePredictionAsync(List<JsonNode> ours, CancellationToken cancellationToken)
    {
        bench.Say("prediction, PyTorch");
        var (alone, together) = (
            await PeerAsync(["infer", "--data", "ctr", "--threads", "1", "--hidden", Networks[0]], cancellationToken),
            await PeerAsync(["infer", "--data", "ctr", "--threads", "2", "--hidden", Networks[0]], cancellationToken)
        );
        var row = new[] { alone, together }.Min(run =>
            Math.Min(Number(run["eager_1row"]!, "p50_us"), Number(run["traced_1row"]!, "p50_us"))
        );
        var many = new[] { alone, together }.Max(run =>
            Math.Max(Number(run, "eager_10k_rows_per_s"), Number(run, "traced_10k_rows_per_s"))
        );
        bench.Findings.Add(
            Finding.AtMost(
                FormattableString.Invariant(
                    $"one row from its texts to its probability, microseconds at the median (PyTorch, from its ids: {row:0})"
                ),
                Median(ours, "p50Us"),
                20
            )
        );
        bench.Findings.Add(Finding.Figure("the same at the 99th percentile", Median(ours, "p99Us")));
        bench.Findings.Add(
            Finding.AtLeast(
                FormattableString.Invariant($"rows a second in batches of 10,000 (PyTorch's best: {many:N0})"),
                Median(ours, "rowsPerS"),
                many
            )
        );
    }

    private async Task CompareAccuracyAsync(CancellationToken cancellationToken)
    {
        var peers = await PeersAccuracyAsync(cancellationToken);
        foreach (var (name, rows) in new[] { ("ml1m", "MovieLens-1M"), ("ctr", "the synthetic million") })
        {
            var torch = peers
                .Where(run => Text(run, "cmd") == "train" && Text(run, "data") == name)
                .Select(run => run["test_metrics"]!)
                .ToList();
            var same = await SeedsAsync(name, "same", Seeds, cancellationToken);
            var tuned = await SeedsAsync(name, "tuned", name == "ctr" ? CoverageSeeds : Seeds, cancellationToken);
            var others = peers.Where(run => Text(run, "data") == name && Text(run, "cmd") != "train").ToList();
            foreach (var other in others)
            {
                bench.Findings.Add(Finding.Figure($"{rows}, {Text(other, "cmd")}: AUC", Number(other["test_metrics"]!, "auc")));
                bench.Findings.Add(
                    Finding.Figure($"{rows}, {Text(other, "cmd")}: log loss (nats × 100)", 100 * Number(other["test_metrics"]!, "logloss"))
                );
            }

            if (torch.Count > 0)
            {
                Say(
                    $"{rows}, same settings: AUC × 100 (PyTorch: {100 * Mean(torch, "auc"):0.00})",
                    100 * Mean(same, "auc"),
                    100 * (Mean(torch, "auc") - 0.004),
                    atLeast: true
                );
                Say(
                    $"{rows}, same settings: log loss × 100 (PyTorch: {100 * Mean(torch, "logloss"):0.00})",
                    100 * Mean(same, "logLoss"),
                    100 * (Mean(torch, "logloss") + 0.004),
                    atLeast: false
                );
            }

            var (auc, loss) = Best([.. torch, .. others.Select(other => other["test_metrics"]!)]);
            Say(
                $"{rows}, tuned, 3 members: AUC × 100 (best of the peers here and in the reference results)",
                100 * Mean(tuned, "auc"),
                100 * Math.Max(auc, name == "ctr" ? 0.812 : 0.814),
                atLeast: true
            );
            Say(
                $"{rows}, tuned, 3 members: log loss × 100 (best of the peers here)",
                100 * Mean(tuned, "logLoss"),
                100 * loss,
                atLeast: false
            );
            if (name == "ctr")
            {
                Say(
                    "the same: AUC × 100, not above that of the true probabilities by 0.5",
                    100 * Mean(tuned, "auc"),
                    85.88 + 0.5,
                    atLeast: false
                );
                Say("calibration error × 1,000, mean of 5 seeds", 1000 * Mean(tuned, "calibrationError"), 3, atLeast: false);
                var covered = tuned.Select(run => 100 * Number(run, "covered")).ToList();
                Say(
                    "share of 20,000 rows whose 90 % interval holds the true probability, %, mean of 5 seeds",
                    covered.Average(),
                    85,
                    atLeast: true
                );
                Say("the same, at most", covered.Average(), 95, atLeast: false);
                bench.Notes.Add(
                    $"Coverage by seed: {string.Join(", ", covered.Select(value => FormattableString.Invariant($"{value:0.0}")))} %."
                );
            }
        }

        await TalkingDataAsync(cancellationToken);
    }

    private async Task TalkingDataAsync(CancellationToken cancellationToken)
    {
        var clicks = Path.GetFullPath(Path.Combine(bench.Root, "..", "shared", "data", "advertising", "talkingdata", "clicks.csv"));
        if (!File.Exists(clicks))
        {
            bench.Notes.Add($"TalkingData was left out: there is no {clicks}.");
            return;
        }

        var runs = new List<JsonNode>();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            runs.Add(await WorkerAsync(["talkingdata", clicks, $"{seed}"], cancellationToken));
            bench.Say($"TalkingData, seed {seed}: {runs[^1].ToJsonString()}");
        }

        Say("TalkingData, last fifth in time: AUC × 100, mean of 3 seeds", 100 * Mean(runs, "auc"), 97, atLeast: true);
        Say("predicted over actual there, mean of 3 seeds, at least", Mean(runs, "predictedOverActual"), 0.8, atLeast: true);
        Say("the same, at most", Mean(runs, "predictedOverActual"), 1.25, atLeast: false);
    }

    /// <summary>What the peers reach; PEER_RESULTS names a file with lines that their script printed before, which takes long.</summary>
    private async Task<List<JsonNode>> PeersAccuracyAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("PEER_RESULTS") is { Length: > 0 } before)
        {
            bench.Notes.Add("How good the peers' models are was measured before, with the same script and rows.");
            return [.. File.ReadLines(before).Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!)];
        }

        var runs = new List<JsonNode>();
        foreach (var name in new[] { "ml1m", "ctr" })
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                bench.Say($"PyTorch on {name}, seed {seed}");
                string[] settings = name == "ctr" ? ["--l2", "0.03", "--mincount", "100"] : [];
                runs.Add(
                    await PeerAsync(
                        ["train", "--data", name, "--hidden", Networks[0], "--threads", "2", "--seed", $"{seed}", .. settings],
                        cancellationToken
                    )
                );
            }

            foreach (var other in new[] { "lr", "xgb" })
            {
                bench.Say($"{other} on {name}");
                runs.Add(await PeerAsync([other, "--data", name], cancellationToken));
            }
        }

        return runs;
    }

    private async Task<List<JsonNode>> SeedsAsync(string name, string kind, int seeds, CancellationToken cancellationToken)
    {
        var runs = new List<JsonNode>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            runs.Add(await WorkerAsync(["accuracy", data, name, kind, $"{seed}"], cancellationToken));
            bench.Say($"{name}, {kind}, seed {seed}: {runs[^1].ToJsonString()}");
        }

        return runs;
    }

    private static async Task<JsonNode> WorkerAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var run = await MeasuredProcess.RunAsync(
            "dotnet",
            [typeof(ClickWorker).Assembly.Location, ClickWorker.Word, .. arguments],
            null,
            cancellationToken
        );
        return JsonNode.Parse(run.Output)!;
    }

    private async Task<JsonNode> PeerAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var run = await PythonAsync([Path.Combine(Scripts, "deepfm.py"), .. arguments], cancellationToken);
        return JsonNode.Parse(run.Output)!;
    }

    private Task<Measurement> PythonAsync(string[] arguments, CancellationToken cancellationToken) =>
        MeasuredProcess.RunAsync(
            "/usr/bin/python3",
            arguments,
            new Dictionary<string, string?>(Passive) { ["GOLDENS"] = Path.GetFullPath(Path.Combine(Scripts, "..")) },
            cancellationToken
        );

    private void Say(string name, double value, double bound, bool atLeast) =>
        bench.Findings.Add(
            atLeast ? Finding.AtLeast(name, value, Math.Round(bound, 2)) : Finding.AtMost(name, value, Math.Round(bound, 2))
        );

    /// <summary>Adds a run.</summary>
    /// <returns>Its peak in megabytes.</returns>
    private static double Add(Series series, JsonNode run, string rate, string peak)
    {
        series.Add(new Measurement(Samples / Number(run, rate), 0, Number(run, peak), ""));
        return Number(run, peak);
    }

    private static (double Auc, double LogLoss) Best(IReadOnlyList<JsonNode> metrics) =>
        metrics.Count == 0 ? (0, double.MaxValue) : (metrics.Max(run => Number(run, "auc")), metrics.Min(run => Number(run, "logloss")));

    private static double Median(List<JsonNode> runs, string name) =>
        runs.Select(run => Number(run, name)).Order().ElementAt(runs.Count / 2);

    private static double Mean(IEnumerable<JsonNode> runs, string name) => runs.Average(run => Number(run, name));

    private static double Number(JsonNode run, string name) => run[name]!.GetValue<double>();

    private static string Text(JsonNode run, string name) => run[name]!.GetValue<string>();
}
