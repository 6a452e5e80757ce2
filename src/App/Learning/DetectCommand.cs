using System.Diagnostics;
using System.Globalization;
using Tradepost.App.Tables;
using Tradepost.Jobs;
using Tradepost.Learning.Anomalies;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning;

/// <summary><c>detect</c>: a score, an expected interval and a reason for each row of a CSV file.</summary>
internal static class DetectCommand
{
    private const int ShownRows = 10;
    private const int FewestWhole = 150;

    public static HandledCommand Create() =>
        FileCommand.Of<DetectRequest>(
            "detect",
            "Find the anomalies of a series in a CSV file, and say why.",
            (request, _, progress, cancellationToken) => Run(request, progress, cancellationToken)
        );

    private static CommandResult Run(DetectRequest request, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        OutputFiles.Check(("--out", request.Out), ("--plot", request.Plot));
        progress.Report(new JobProgress("reading"));
        var (table, input) = Abandonable.Run(() => Read(request), cancellationToken);
        if (request.Whole && table.Count < FewestWhole)
        {
            table.Notice(
                $"With --whole a row is judged by those {2 * new DetectorOptions().LongWindow} or more away, and of {table.Count} rows "
                    + $"too few are: under {FewestWhole} rows anomalies may be missed or told at other rows."
            );
        }

        progress.Report(new JobProgress("detecting"));
        var began = Stopwatch.GetTimestamp();
        var detections = request.Whole
            ? BatchDetector.Detect(input.Series, null, cancellationToken)
            : OnlineDetector.Detect(input.Series, null, cancellationToken);
        Detection[] inOrder = input.IsReversed ? [.. detections.Reverse()] : detections;
        var report = DetectReport.Of(inOrder, input, Stopwatch.GetElapsedTime(began).TotalSeconds);
        DetectFiles.Write(request, table, inOrder, detections, cancellationToken);
        return new CommandResult(report, printer => Print(printer, request, detections, report))
        {
            Messages = [$"read as: {input.ReadAs}", .. input.Notices],
        };
    }

    private static (CsvTable Table, DetectInput Input) Read(DetectRequest request)
    {
        var table = CsvTable.Read(request.File, request.Form);
        return (table, DetectInput.Of(table, request.Time, request.Value));
    }

    private static void Print(Printer printer, DetectRequest request, Detection[] detections, DetectReport report)
    {
        printer.Pairs([
            ("rows", $"{report.Rows:N0}, {ForecastFiles.Show(detections[0].Time)} to {ForecastFiles.Show(detections[^1].Time)}"),
            ("without a value", Count(report.Missing)),
            ("gaps", Count(report.Gaps)),
            .. report.Repeated > 0 ? [("with the time of the row before", Count(report.Repeated))] : ((string, string)[])[],
            ("anomalies", Count(report.Anomalies.Count)),
            ("detected in", $"{report.DetectSeconds * 1000:0.0} ms"),
        ]);
        if (report.Anomalies.Count == 0)
        {
            return;
        }

        var strongest = report
            .Anomalies.OrderByDescending(anomaly => anomaly.AnomalyScore)
            .Take(ShownRows)
            .OrderBy(anomaly => anomaly.Timestamp);
        printer.Line();
        printer.Table(
            ["time", "value", "score", "reason"],
            strongest.Select(anomaly =>
                (IReadOnlyList<object?>)
                    [
                        ForecastFiles.Show(anomaly.Timestamp),
                        Number(anomaly.Value, "G5"),
                        Number(anomaly.AnomalyScore, "0.00"),
                        anomaly.Reason,
                    ]
            )
        );
        if (report.Anomalies.Count > ShownRows)
        {
            printer.Line(
                $"the strongest {ShownRows} of {report.Anomalies.Count:N0}{(request.Out is null ? ": --out FILE writes every row" : "")}"
            );
        }
    }

    private static string Count(int number) => number.ToString("N0");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
