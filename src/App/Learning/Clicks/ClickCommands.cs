using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Tradepost.App.Tables;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Learning.Clicks;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning.Clicks;

/// <summary><c>clicks</c>: models of who clicks, trained on any CSV file.</summary>
internal static class ClickCommands
{
    private const int ShownValues = 5;

    public static Command All() =>
        new("clicks", "Who clicks: models with calibrated probabilities and intervals.") { Train(), Score(), Evaluate() };

    private static HandledCommand Train() => FileCommand.Of<ClickTrainRequest>("train", "Train a model on a CSV file.", TrainOn);

    private static HandledCommand Score() =>
        FileCommand.Of<ClickScoreRequest>("score", "Predict the rows of a CSV file.", (request, _, progress, cancellationToken) =>
            ScoreRows(request, progress, cancellationToken)
        );

    private static HandledCommand Evaluate() =>
        FileCommand.Of<ClickEvaluateRequest>(
            "evaluate",
            "Judge a model by the rows of a CSV file.",
            (request, _, progress, cancellationToken) => EvaluateRows(request, progress, cancellationToken)
        );

    private static CommandResult TrainOn(
        ClickTrainRequest request,
        Session session,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        OutputFiles.Check(("--save", request.Save), ("--checkpoint", request.Checkpoint));
        var run = new ClickTrainingRun(request, session, progress);
        var model = run.Run(cancellationToken);
        var report = ClickTrainReport.Of(model, run);
        return new CommandResult(report, printer => Print(printer, report)) { Messages = [$"read as: {report.ReadAs}"] };
    }

    private static void Print(Printer printer, ClickTrainReport report)
    {
        foreach (var note in report.Notes)
        {
            printer.Line(note);
        }

        printer.Pairs(
            (
                "trained on",
                Say(
                    $"{report.Rows:N0} rows, {report.EmbeddingRows:N0} values with an embedding{(report.Resumed ? ", from a checkpoint" : "")}"
                )
            ),
            (
                "networks",
                Say(
                    $"{report.Networks}, at {report.SamplesPerSecond:N0} samples/s; reading took {report.ReadSeconds:0.0} s, training {report.TrainSeconds:0.0} s"
                )
            ),
            (
                "judged by",
                Say(
                    $"{report.Validation.Rows:N0} rows: AUC {report.Validation.Auc:0.0000}, log loss {report.Validation.LogLoss:0.00000}, normalised entropy {report.Validation.NormalisedEntropy:0.0000}"
                )
            )
        );
    }

    private static CommandResult ScoreRows(ClickScoreRequest request, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        OutputFiles.Check(("--out", request.Out));
        var began = Stopwatch.GetTimestamp();
        var scoring = new ClickScoring(request.Model, request.File, request.Form, cancellationToken);
        var (sum, width, rows) = (0.0, 0.0, 0L);
        void WriteAll(TextWriter? writer)
        {
            writer?.Write("probability,lower,upper\n");
            rows = scoring.Run(
                null,
                (batch, predictions, _) =>
                {
                    foreach (var prediction in predictions.AsSpan(0, batch.Count))
                    {
                        (sum, width) = (sum + prediction.Probability, width + prediction.Upper - prediction.Lower);
                        writer?.Write(
                            scoring.Model.HasIntervals
                                ? Say($"{prediction.Probability:G9},{prediction.Lower:G9},{prediction.Upper:G9}\n")
                                : Say($"{prediction.Probability:G9},,\n")
                        );
                    }
                },
                progress
            );
        }

        if (request.Out is null)
        {
            WriteAll(null);
        }
        else
        {
            OutputFiles.Replace(
                request.Out,
                stream =>
                {
                    using var writer = new StreamWriter(stream, leaveOpen: true);
                    WriteAll(writer);
                },
                cancellationToken
            );
        }

        return new CommandResult(
            new ClickScoreReport(
                rows,
                sum / rows,
                scoring.Model.HasIntervals ? width / rows : null,
                Stopwatch.GetElapsedTime(began).TotalSeconds,
                scoring.ReadAs
            )
        )
        {
            Messages = [$"read as: {scoring.ReadAs}"],
        };
    }

    private static CommandResult EvaluateRows(
        ClickEvaluateRequest request,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var scoring = new ClickScoring(request.Model, request.File, request.Form, cancellationToken);
        var evaluator = new ClickEvaluator(scoring.Model);
        scoring.Run(
            request.Label ?? scoring.Model.Options.Label,
            (rows, predictions, labels) => evaluator.Add(rows, predictions.AsSpan(0, rows.Count), labels.AsSpan(0, rows.Count)),
            progress
        );
        var evaluation = evaluator.Result(cancellationToken);
        return new CommandResult(new ClickEvaluateReport(evaluation, scoring.ReadAs), printer => Print(printer, evaluation))
        {
            Messages = [$"read as: {scoring.ReadAs}"],
        };
    }

    private static void Print(Printer printer, ClickEvaluation evaluation)
    {
        printer.Pairs(
            ("rows", Say($"{evaluation.Rows:N0}, {evaluation.Clicks:N0} of them clicks")),
            ("AUC", evaluation.Auc is { } auc ? Say($"{auc:0.00000}") : "none: all labels are the same"),
            ("log loss", Say($"{evaluation.LogLoss:0.00000}")),
            ("normalised entropy", evaluation.NormalisedEntropy is { } entropy ? Say($"{entropy:0.0000}") : ""),
            ("calibration error", Say($"{evaluation.CalibrationError:0.00000}")),
            ("predicted/actual", evaluation.PredictedOverActual is { } ratio ? Say($"{ratio:0.000}") : "none: no clicks"),
            (
                "groups inside their interval",
                evaluation.Coverage is { } coverage ? Say($"{coverage:P0}") : "none: the model has no intervals"
            )
        );
        printer.Line();
        printer.Table(
            ["field", "value", "rows", "clicks", "predicted", "predicted/actual"],
            evaluation
                .Values.GroupBy(value => value.Field)
                .SelectMany(group => group.Take(ShownValues))
                .Select(value =>
                    (IReadOnlyList<object?>)
                        [
                            value.Field,
                            value.Value,
                            value.Rows,
                            value.Clicks,
                            Say($"{value.Predicted:0.0}"),
                            value.PredictedOverActual is { } ratio ? Say($"{ratio:0.00}") : "",
                        ]
                )
        );
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>A saved model, and the rows that it is to judge.</summary>
internal abstract record ClickModelRequest : TableOptions
{
    [Positional("MODEL"), FilePath, Description("a model that clicks train has saved")]
    public required string Model { get; init; }

    [Positional("FILE"), FilePath, Description("a CSV file with the model's columns")]
    public required string File { get; init; }
}

internal sealed record ClickScoreRequest : ClickModelRequest
{
    [Description("Write probability, lower and upper of each row as CSV"), Placeholder("FILE"), FilePath]
    public string? Out { get; init; }
}

internal sealed record ClickEvaluateRequest : ClickModelRequest
{
    [Description("Column of the labels (default the one that the model was trained with)"), Placeholder("COLUMN")]
    public string? Label { get; init; }
}
