using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Training;

namespace Tradepost.Benchmarks.Clicks;

/// <summary>Ours in a process of its own, so that its memory is measured alone: prints one JSON document.</summary>
internal static class ClickWorker
{
    public const string Word = "clicks-worker";

    private const int BatchRows = 10_000;
    private const int Batches = 5;
    private const int SingleRows = 2_000;
    private const int JudgedRows = 20_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        object result = arguments switch
        {
            ["speed", var folder, var hidden] => Speed(
                folder,
                [.. hidden.Split(',').Select(width => int.Parse(width, CultureInfo.InvariantCulture))]
            ),
            ["accuracy", var folder, var data, var kind, var seed] => Accuracy(
                folder,
                data,
                $"{data} {kind}",
                long.Parse(seed, CultureInfo.InvariantCulture)
            ),
            ["talkingdata", var file, var seed] => TalkingData(file, long.Parse(seed, CultureInfo.InvariantCulture)),
            _ => throw new BenchmarkException($"The worker was called with {string.Join(' ', arguments)}."),
        };
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        return 0;
    }

    private static object Speed(string folder, int[] hidden)
    {
        var options = ClickRecipes.Peer(hidden) with { Epochs = 2, Patience = 2 };
        var rates = new List<double>();
        ClickModel model;
        using (
            var training = new ClickTraining(
                options,
                ClickTable.Log(Path.Combine(folder, "ctr_train.csv"), Path.Combine(folder, "ctr_valid.csv"))
            )
        )
        {
            while (!training.IsDone)
            {
                var (began, last, isFirst) = (Stopwatch.GetTimestamp(), 0, true);
                training.RunEpoch(done =>
                {
                    // As many rows as the peer's script takes together, about; the first are slower because they are the first.
                    if (done - last >= 16 * options.BatchSize)
                    {
                        var now = Stopwatch.GetTimestamp();
                        if (!isFirst)
                        {
                            rates.Add((done - last) / Stopwatch.GetElapsedTime(began, now).TotalSeconds);
                        }

                        (began, last, isFirst) = (now, done, false);
                    }
                });
            }

            model = training.Finish();
        }

        rates.Sort();
        using var self = Process.GetCurrentProcess();
        var peak = self.PeakWorkingSet64 / 1048576.0;
        var (p50, p99) = OneRow(model, Path.Combine(folder, "ctr_test.csv"));
        return new
        {
            SamplesPerS = rates[rates.Count / 2],
            Min = rates[0],
            Max = rates[^1],
            PeakMb = peak,
            P50Us = p50,
            P99Us = p99,
            RowsPerS = Many(model, Path.Combine(folder, "ctr_test.csv")),
        };
    }

    /// <summary>Microseconds for one row, from its texts to its probability.</summary>
    private static (double Median, double Slow) OneRow(ClickModel model, string path)
    {
        var lines = File.ReadLines(path).Skip(1).Take(SingleRows).ToArray();
        var (rows, prediction, times) = (model.NewRows(1), new ClickPrediction[1], new List<double>());
        for (var round = 0; round < 5; round++)
        {
            times.Clear();
            foreach (var line in lines)
            {
                var began = Stopwatch.GetTimestamp();
                rows.Clear();
                ClickTable.Fill(line, rows.Set);
                rows.EndRow();
                model.Predict(rows, prediction);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    /// <summary>Rows a second in batches that are encoded already, as the peer's tensors are.</summary>
    private static double Many(ClickModel model, string path)
    {
        var batches = File.ReadLines(path)
            .Skip(1)
            .Take(Batches * BatchRows)
            .Chunk(BatchRows)
            .Select(lines =>
            {
                var rows = model.NewRows(BatchRows);
                foreach (var line in lines)
                {
                    ClickTable.Fill(line, rows.Set);
                    rows.EndRow();
                }

                return rows;
            })
            .ToArray();
        var (predictions, rates) = (new ClickPrediction[BatchRows], new List<double>());
        for (var round = 0; round < 12; round++)
        {
            foreach (var rows in batches)
            {
                var began = Stopwatch.GetTimestamp();
                model.Predict(rows, predictions);
                rates.Add(BatchRows / Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }

        var settled = rates.Skip(2 * Batches).Order().ToArray();
        return settled[settled.Length / 2];
    }

    private static object Accuracy(string folder, string data, string recipe, long seed)
    {
        var model = Train(
            ClickRecipes.Of(recipe, seed),
            ClickTable.Log(Path.Combine(folder, $"{data}_train.csv"), Path.Combine(folder, $"{data}_valid.csv"))
        );
        var (rows, labels) = ClickTable.Rows(model, Path.Combine(folder, $"{data}_test.csv"));
        var predictions = new ClickPrediction[rows.Count];
        model.Predict(rows, predictions);
        var truth = data == "ctr" && model.HasIntervals ? Path.Combine(folder, "ctr_truth.txt") : null;
        double? covered = truth is null
            ? null
            : File.ReadLines(truth)
                .Take(JudgedRows)
                .Select(line => double.Parse(line, CultureInfo.InvariantCulture))
                .Zip(predictions, (p, prediction) => p >= prediction.Lower && p <= prediction.Upper ? 1.0 : 0)
                .Average();
        return Judged(model, rows, predictions, labels, covered);
    }

    /// <summary>Trained on the first four fifths in time, judged by the last.</summary>
    private static object TalkingData(string path, long seed)
    {
        string[] fields = ["ip", "app", "device", "os", "channel"];
        var header = File.ReadLines(path).First().Split(',');
        var columns = fields.Select(field => Array.IndexOf(header, field)).ToArray();
        var (at, label) = (Array.IndexOf(header, "click_time"), Array.IndexOf(header, "is_attributed"));
        var table = File.ReadLines(path)
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (Time: DateTime.Parse(cells[at], CultureInfo.InvariantCulture), Cells: cells))
            .OrderBy(row => row.Time)
            .ToArray();
        var log = new ClickLog([.. fields.Select(name => new ClickField { Name = name })]);
        var count = table.Length * 4 / 5;
        foreach (var (time, cells) in table[..count])
        {
            Fill(cells, columns, log.Set);
            log.EndRow(cells[label] == "1" ? 1 : 0, (time - DateTime.UnixEpoch).TotalSeconds);
        }

        var model = Train(ClickRecipes.Of("talkingdata", seed), log);
        var rows = model.NewRows();
        foreach (var (_, cells) in table[count..])
        {
            Fill(cells, columns, rows.Set);
            rows.EndRow();
        }

        var predictions = new ClickPrediction[rows.Count];
        model.Predict(rows, predictions);
        return Judged(model, rows, predictions, [.. table[count..].Select(row => row.Cells[label] == "1" ? (byte)1 : (byte)0)], null);
    }

    private static void Fill(string[] cells, int[] columns, ClickTable.Setter set)
    {
        for (var field = 0; field < columns.Length; field++)
        {
            set(field, cells[columns[field]]);
        }
    }

    private static object Judged(ClickModel model, ClickRows rows, ClickPrediction[] predictions, byte[] labels, double? covered)
    {
        var evaluator = new ClickEvaluator(model);
        evaluator.Add(rows, predictions, labels);
        var result = evaluator.Result();
        return new
        {
            result.Auc,
            result.LogLoss,
            result.CalibrationError,
            result.PredictedOverActual,
            Covered = covered,
        };
    }

    private static ClickModel Train(ClickOptions options, ClickLog log)
    {
        using var training = new ClickTraining(options, log);
        while (!training.IsDone)
        {
            training.RunEpoch();
        }

        return training.Finish();
    }
}
