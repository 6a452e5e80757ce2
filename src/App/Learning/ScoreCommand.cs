using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tradepost.App.Tables;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning;

/// <summary><c>score</c>: what a saved model predicts for the rows of a CSV file.</summary>
internal static class ScoreCommand
{
    public static HandledCommand Create() =>
        FileCommand.Of<ScoreRequest>(
            "score",
            "Predict the rows of a CSV file by a model that fit has saved.",
            (request, _, progress, cancellationToken) => Run(request, progress, cancellationToken)
        );

    private static CommandResult Run(ScoreRequest request, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var (path, output) = (request.File, request.Out);
        OutputFiles.Check(("--out", output));
        progress.Report(new JobProgress("reading"));
        var (encoding, model) = Abandonable.Run(() => SavedFit.Read(request.Model), cancellationToken);
        var table = Abandonable.Run(() => CsvTable.Read(path, request.Form), cancellationToken);
        if (table.Count == 0)
        {
            throw new UsageException($"{path} has no rows below its header.");
        }

        var rows = Abandonable.Run(() => encoding.Encode(table), cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var predictions = model.Predict(rows, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var name = encoding.Classes is null ? "prediction" : "probability";
        var report = new ScoreReport(
            model.Model,
            predictions.Length,
            predictions.Average(),
            predictions.Min(),
            predictions.Max(),
            seconds,
            Metrics(encoding, model.IsClassifier, table, predictions),
            table.ReadAs,
            table.Notices
        );
        var files = new OutputFiles();
        files.Add(output, () => Csv(name, predictions));
        files.Write(cancellationToken);
        return new CommandResult(report, printer => Print(printer, report, name, output, predictions))
        {
            Messages = [$"read as: {report.ReadAs}", .. report.Notes],
        };
    }

    private static string Csv(string name, double[] predictions)
    {
        var text = new StringBuilder(name).Append('\n');
        foreach (var prediction in predictions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{prediction:R}\n");
        }

        return text.ToString();
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
            ("rows", $"{report.Rows:N0}, predicted in {report.ScoreSeconds * 1000:0.0} ms"),
            (name, $"{report.Mean:G5} on average, {report.Least:G5} to {report.Greatest:G5}"),
        ];
        pairs.AddRange((report.Metrics ?? new Dictionary<string, double>()).Select(metric => (metric.Key, metric.Value.ToString("G5"))));
        printer.Pairs(pairs);
        if (output is null)
        {
            printer.Line();
            printer.Table(
                ["row", name],
                predictions.Take(10).Select((value, row) => (IReadOnlyList<object?>)[row + 1, value.ToString("G6")])
            );
            printer.Line("--out FILE writes them all");
        }
    }
}

/// <summary>What <c>score</c> was asked for.</summary>
internal sealed record ScoreRequest : TableOptions
{
    [Positional("MODEL"), Description("a file that fit --save wrote")]
    public required string Model { get; init; }

    [Positional("FILE"), Description("a CSV file with the columns of the fit")]
    public required string File { get; init; }

    [Description("Write the predictions as CSV, a row per row, in order"), Placeholder("FILE")]
    public string? Out { get; init; }
}
