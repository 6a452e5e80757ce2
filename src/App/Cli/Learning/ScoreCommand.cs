using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tradepost.App.Cli.Output;
using Tradepost.Jobs;

namespace Tradepost.App.Cli.Learning;

/// <summary><c>score</c>: what a saved model predicts for the rows of a CSV file.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "a file that fit --save wrote" };
        var file = new Argument<string>("FILE") { Description = "a CSV file with the columns of the fit" };
        var output = new Option<string?>("--out")
        {
            Description = "Write the predictions as CSV, a row per row, in order",
            HelpName = "FILE",
        };
        return new HandledCommand(
            "score",
            "Predict the rows of a CSV file by a model that fit has saved.",
            (parsed, session, cancellationToken) =>
                session.ShowProgressAsync(progress =>
                    Task.Run(
                        () =>
                            Run(
                                parsed.GetRequiredValue(model),
                                parsed.GetRequiredValue(file),
                                parsed.GetValue(output),
                                progress,
                                cancellationToken
                            ),
                        cancellationToken
                    )
                )
        )
        {
            // It needs files and no store.
            IsLocal = true,
            Arguments = { model, file },
            Options = { output },
        };
    }

    private static CommandResult Run(
        string modelPath,
        string path,
        string? output,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        progress.Report(new JobProgress("reading"));
        var (encoding, model) = Abandonable.Run(() => SavedFit.Read(modelPath), cancellationToken);
        var table = Abandonable.Run(() => CsvTable.Read(path), cancellationToken);
        if (table.Count == 0)
        {
            throw new UsageException($"{path} has no rows below its header.");
        }

        var rows = Abandonable.Run(() => encoding.Encode(table), cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var predictions = model.Predict(rows, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var name = encoding.Classes is null ? "prediction" : "probability";
        if (output is not null)
        {
            var text = new StringBuilder(name).Append('\n');
            foreach (var prediction in predictions)
            {
                text.Append(CultureInfo.InvariantCulture, $"{prediction:R}\n");
            }

            File.WriteAllText(output, text.ToString());
        }

        var report = new ScoreReport(
            model.Model,
            predictions.Length,
            predictions.Average(),
            predictions.Min(),
            predictions.Max(),
            seconds,
            Metrics(encoding, model.IsClassifier, table, predictions)
        );
        return new CommandResult(report, printer => Print(printer, report, name, output, predictions));
    }

    private static Dictionary<string, double>? Metrics(TableEncoding encoding, bool isClassifier, CsvTable table, double[] predictions)
    {
        if (!table.Has(encoding.Target))
        {
            return null;
        }

        var actual = encoding.ReadTarget(table);
        int[] known = [.. Enumerable.Range(0, actual.Length).Where(row => double.IsFinite(actual[row]))];
        return known.Length == 0
            ? null
            : FitMetrics.Of(isClassifier, [.. known.Select(row => actual[row])], [.. known.Select(row => predictions[row])]);
    }

    private static void Print(Printer printer, ScoreReport report, string name, string? output, double[] predictions)
    {
        List<(string, string)> pairs =
        [
            ("model", report.Model),
            ("rows", string.Create(CultureInfo.InvariantCulture, $"{report.Rows:N0}, predicted in {report.ScoreSeconds * 1000:0.0} ms")),
            (name, string.Create(CultureInfo.InvariantCulture, $"{report.Mean:G5} on average, {report.Least:G5} to {report.Greatest:G5}")),
        ];
        pairs.AddRange(
            (report.Metrics ?? new Dictionary<string, double>()).Select(metric =>
                (metric.Key, metric.Value.ToString("G5", CultureInfo.InvariantCulture))
            )
        );
        printer.Pairs(pairs);
        if (output is null)
        {
            printer.Line();
            printer.Table(
                ["row", name],
                predictions
                    .Take(10)
                    .Select((value, row) => (IReadOnlyList<object?>)[row + 1, value.ToString("G6", CultureInfo.InvariantCulture)])
            );
            printer.Line("--out FILE writes them all");
        }
    }
}
