using System.Diagnostics;
using Tradepost.App.Tables;
using Tradepost.Jobs;
using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning;

/// <summary><c>fit</c>: a model that predicts a column of a CSV file from the others.</summary>
internal static class FitCommand
{
    private const int ShownFeatures = 10;
    private const int FewestRows = 10;
    private const double HeldOutShare = 0.2;

    public static HandledCommand Create() =>
        FileCommand.Of<FitRequest>("fit", "Fit a model that predicts a column of a CSV file from the others.", Run);

    private static CommandResult Run(
        FitRequest request,
        Session session,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        OutputFiles.Check(("--save", request.Save), ("--plot", request.Plot));
        progress.Report(new JobProgress("reading"));
        var options = FitOptions.Read(request.Options);
        var input = Abandonable.Run(() => FitInput.Read(request, options), cancellationToken);
        session.Begin("fitting", input.Model.Size(input.Rows, options), progress);
        var began = Stopwatch.GetTimestamp();
        var model = input.Model.Fit(input.Rows, input.Target, options, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        progress.Report(new JobProgress("judging"));
        var notices = input.Notices.ToList();
        var (actual, predicted, of) = request.Test is { } test
            ? Tested(request, input, model, test, notices, cancellationToken)
            : HeldOut(input, options, cancellationToken);
        var report = new FitReport(
            input.Model.Name,
            input.Rows.Rows,
            input.Encoding.Columns.Count,
            FitMetrics.Of(model.IsClassifier, actual, predicted),
            seconds,
            of,
            Importances(model, input.Rows, cancellationToken),
            [.. notices, .. input.Notes],
            input.ReadAs
        );
        var files = new OutputFiles();
        files.Add(request.Save, () => SavedFit.Write(input.Encoding, model));
        files.Add(request.Plot, () => FitPlot.Draw(model.IsClassifier, actual, predicted, of, report.Importances));
        files.Write(cancellationToken);
        return new CommandResult(report, printer => Print(printer, report, input.Notes))
        {
            Messages = [$"read as: {input.ReadAs}", .. notices],
        };
    }

    private static (double[] Actual, double[] Predicted, string Of) Tested(
        FitRequest request,
        FitInput input,
        IRegressionModel model,
        string path,
        List<string> notices,
        CancellationToken cancellationToken
    )
    {
        var table = Abandonable.Run(() => CsvTable.Read(path, request.Form), cancellationToken);
        var actual = input.Encoding.ReadTarget(table);
        int[] known = [.. Enumerable.Range(0, actual.Length).Where(row => double.IsFinite(actual[row]))];
        if (known.Length == 0)
        {
            throw new UsageException($"{path} has no row with a {input.Encoding.Target}.");
        }

        var predicted = model.Predict(input.Encoding.Encode(table).Take(known), cancellationToken);
        notices.AddRange(table.NoticesAsFurther(input.ReadAs));
        return ([.. known.Select(row => actual[row])], predicted, $"{known.Length:N0} rows of {path}");
    }

    /// <summary>A second model is fitted on four fifths of the rows, drawn by chance, and judged by the rest.</summary>
    private static (double[] Actual, double[] Predicted, string Of) HeldOut(
        FitInput input,
        FitOptions options,
        CancellationToken cancellationToken
    )
    {
        if (input.Rows.Rows < FewestRows)
        {
            var itself = input.Model.Fit(input.Rows, input.Target, options, cancellationToken);
            return (
                input.Target,
                itself.Predict(input.Rows, cancellationToken),
                "the rows of the fit themselves, which are too few to hold some out"
            );
        }

        var random = new RandomStream(0);
        int[] order =
        [
            .. Enumerable
                .Range(0, input.Rows.Rows)
                .Select(row => (row, Key: random.NextBits()))
                .OrderBy(pair => pair.Key)
                .Select(pair => pair.row),
        ];
        var count = Math.Max(1, (int)(HeldOutShare * order.Length));
        var (test, train) = (order[..count], order[count..]);
        var model = input.Model.Fit(input.Rows.Take(train), [.. train.Select(row => input.Target[row])], options, cancellationToken);
        return (
            [.. test.Select(row => input.Target[row])],
            model.Predict(input.Rows.Take(test), cancellationToken),
            $"{count:N0} rows drawn by chance and held out from a fit on the other {train.Length:N0}"
        );
    }

    private static FitImportance[] Importances(IRegressionModel model, FeatureTable rows, CancellationToken cancellationToken) =>
        [
            .. model
                .Importances(rows, cancellationToken)
                .Select((value, column) => new FitImportance(model.Features[column], value))
                .OrderByDescending(one => Math.Abs(one.Importance))
                .ThenBy(one => one.Feature, StringComparer.Ordinal),
        ];

    private static void Print(Printer printer, FitReport report, IReadOnlyList<string> notes)
    {
        foreach (var note in notes)
        {
            printer.Line(note);
        }

        printer.Pairs(
            ("model", report.Model),
            ("fitted on", $"{report.Rows:N0} rows of {report.Features:N0} columns in {report.FitSeconds:0.000} s"),
            ("judged by", report.MetricsOf)
        );
        printer.Line();
        printer.Table(
            [.. report.Metrics.Keys],
            [
                [.. report.Metrics.Values.Select(value => (object?)value.ToString("G5"))],
            ]
        );
        printer.Line();
        printer.Table(
            ["what matters most", "importance"],
            report.Importances.Take(ShownFeatures).Select(one => (IReadOnlyList<object?>)[one.Feature, one.Importance.ToString("G4")])
        );
        if (report.Importances.Count > ShownFeatures)
        {
            printer.Line($"and {report.Importances.Count - ShownFeatures:N0} more: --json lists them all");
        }
    }
}
