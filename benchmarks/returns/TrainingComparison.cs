using System.Text.Json;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Returns;

/// <summary>All models over all folds: the command as its user runs it, beside pandas and scikit-learn on the exported features.</summary>
internal sealed class TrainingComparison(Bench bench, string data)
{
    private const string Python = "/usr/bin/python3";
    private const double Promised = 5;

    private readonly long every = Bench.Number("EVERY", 8);

    private string Features => Path.Combine(bench.Folder, "features.csv");

    private string Candles => Path.Combine(bench.Folder, "candles.csv");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ExportAsync("features", Features, cancellationToken);
        await ExportAsync("candles", Candles, cancellationToken);
        var ours = bench.Start("trading train: six models, three baselines, three horizons, two symbols", 0);
        var theirs = bench.Start("pandas and scikit-learn: the same six models on the same folds", 0);
        await bench.InTurnAsync(
            "training",
            async () => ours.Add(await TrainAsync(cancellationToken)),
            async () => theirs.Add(await FitTheirsAsync(cancellationToken))
        );
        bench.Findings.Add(Finding.AtLeast("training: times as fast as pandas and scikit-learn", theirs.Median / ours.Median, Promised));
        bench.Notes.Add(
            $"Training: ours is the whole command, with reading, intervals, figures, checks for leaks and what it stores; theirs is reading, scaling, fitting and forecasting alone. It fits every {every}th fold, whose seconds count as many times as there are folds for each. Same features, folds, models and settings; two processors each."
        );
        bench.Versions["scikit-learn"] = (
            await MeasuredProcess.RunAsync(
                Python,
                ["-c", "import sklearn, pandas; print(sklearn.__version__, 'pandas', pandas.__version__)"],
                null,
                cancellationToken
            )
        ).Output.Trim();
    }

    private CommandLine Program(string folder) => new(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = folder });

    private async Task ExportAsync(string table, string file, CancellationToken cancellationToken) =>
        await Program(data).RunAsync(cancellationToken, "trading", "export", "--table", table, "--out", file);

    /// <summary>Trains on a copy of the store that knows of no fold yet; what was trained last stays.</summary>
    private async Task<Measurement> TrainAsync(CancellationToken cancellationToken)
    {
        var kept = data + ".untrained";
        if (!Directory.Exists(kept))
        {
            Directory.Move(data, kept);
        }

        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        await MeasuredProcess.RunAsync("cp", ["-r", kept, data], null, cancellationToken);
        var (run, result) = await Program(data).RunAsync(cancellationToken, "trading", "train");
        bench.Say($"{result.GetProperty("folds").GetInt32()} folds in {run.Seconds:0.0} s");
        return run;
    }

    private async Task<Measurement> FitTheirsAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(bench.Root, "benchmarks", "returns", "walk_peer.py");
        var run = await MeasuredProcess.RunAsync(
            Python,
            [script, Features, Candles, every.ToString(), "2"],
            new Dictionary<string, string?> { ["OMP_WAIT_POLICY"] = "PASSIVE" }, // boosting's threads are its best so
            cancellationToken
        );
        var result = JsonDocument.Parse(run.Output).RootElement;
        var models = result.GetProperty("models").EnumerateObject().Select(model => $"{model.Name} {model.Value.GetDouble():0.0}");
        bench.Say($"scikit-learn, all {result.GetProperty("folds").GetInt32()} folds: {string.Join(", ", models)} s");
        return run with { Seconds = result.GetProperty("seconds").GetDouble() };
    }
}
