using System.CommandLine;
using System.Diagnostics;
using Tradepost.App.Cli.Output;
using Tradepost.App.Cli.Tables;
using Tradepost.Jobs;
using Tradepost.Learning.Clicks;

namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary><c>clicks</c>: models of who clicks, trained on any CSV file.</summary>
internal static class ClickCommands
{
    private const int ShownValues = 5;

    public static Command All() =>
        new("clicks", "Who clicks: models with calibrated probabilities and intervals.") { Train(), Score(), Evaluate() };

    private static HandledCommand Train()
    {
        var file = new Argument<string>("FILE") { Description = "a CSV file with a header line" };
        var label = new Option<string>("--label")
        {
            Description = "Column that is 1 for a click and 0 for none (default click)",
            HelpName = "COLUMN",
            DefaultValueFactory = _ => "click",
        };
        var fields = new Option<string>("--fields")
        {
            Description = "Columns to learn from: site,genres:multi,price:bucket,age:scale",
            HelpName = "LIST",
            Required = true,
        };
        var time = Text("--time", "COLUMN", "Column of the times; the last rows judge the model then");
        var validation = Text("--validation", "FILE", "Rows that judge the model, instead of some of FILE");
        var options = Text("--options", "FILE", "What the model is made of, as JSON");
        var save = new Option<string>("--save")
        {
            Description = "Where to keep the model",
            HelpName = "MODEL",
            Required = true,
        };
        var checkpoint = Text("--checkpoint", "FILE", "Where to keep what is done after every epoch, and to go on from");
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads to use (default one per processor); the model is the same",
            HelpName = "N",
        };
        var form = new TableOptions();
        var command = new HandledCommand("train", "Train a model on a CSV file.", (parsed, session, cancellationToken) => Show(
                session,
                progress =>
                    TrainOn(
                        session,
                        new ClickTrainRequest
                        {
                            File = session.FullPath(parsed.GetRequiredValue(file)),
                            Form = form.Read(parsed),
                            Label = parsed.GetValue(label)!,
                            Fields = parsed.GetValue(fields)!,
                            Time = parsed.GetValue(time),
                            Validation = Full(session, parsed.GetValue(validation)),
                            Options = Full(session, parsed.GetValue(options)),
                            Save = session.FullPath(parsed.GetValue(save)!),
                            Checkpoint = Full(session, parsed.GetValue(checkpoint)),
                            Threads = parsed.GetValue(threads) is null or (>= 1 and <= 1024)
                                ? parsed.GetValue(threads)
                                : throw new UsageException($"--threads is {parsed.GetValue(threads)}; expected is 1 to 1024."),
                        },
                        progress,
                        cancellationToken
                    ),
                cancellationToken
            ))
        {
            IsLocal = true,
            Arguments = { file },
            Options = { label, fields, time, validation, options, save, checkpoint, threads },
        };
        form.AddTo(command, hasTimes: true, hasPlaces: false);
        return command;
    }

    private static HandledCommand Score()
    {
        var (model, file) = Operands();
        var output = Text("--out", "FILE", "Write probability, lower and upper of each row as CSV");
        var form = new TableOptions();
        var command = new HandledCommand("score", "Predict the rows of a CSV file.", (parsed, session, cancellationToken) =>
            Show(
                session,
                progress =>
                    ScoreRows(
                        session.FullPath(parsed.GetRequiredValue(model)),
                        session.FullPath(parsed.GetRequiredValue(file)),
                        form.Read(parsed),
                        Full(session, parsed.GetValue(output)),
                        progress,
                        cancellationToken
                    ),
                cancellationToken
            )
        )
        {
            IsLocal = true,
            Arguments = { model, file },
            Options = { output },
        };
        form.AddTo(command, hasTimes: false, hasPlaces: false);
        return command;
    }

    private static HandledCommand Evaluate()
    {
        var (model, file) = Operands();
        var label = Text("--label", "COLUMN", "Column of the labels (default the one that the model was trained with)");
        var form = new TableOptions();
        var command = new HandledCommand("evaluate", "Judge a model by the rows of a CSV file.", (parsed, session, cancellationToken) =>
            Show(
                session,
                progress =>
                    EvaluateRows(
                        session.FullPath(parsed.GetRequiredValue(model)),
                        session.FullPath(parsed.GetRequiredValue(file)),
                        form.Read(parsed),
                        parsed.GetValue(label),
                        progress,
                        cancellationToken
                    ),
                cancellationToken
            )
        )
        {
            IsLocal = true,
            Arguments = { model, file },
            Options = { label },
        };
        form.AddTo(command, hasTimes: false, hasPlaces: false);
        return command;
    }

    private static (Argument<string> Model, Argument<string> File) Operands() =>
        (
            new Argument<string>("MODEL") { Description = "a model that clicks train has saved" },
            new Argument<string>("FILE") { Description = "a CSV file with the model's columns" }
        );

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static string? Full(Session session, string? path) => path is null ? null : session.FullPath(path);

    private static async Task<CommandResult> Show(
        Session session,
        Func<IProgress<JobProgress>, CommandResult> run,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await session.ShowProgressAsync(progress => Task.Run(() => run(progress), cancellationToken));
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Sentences.Of(e));
        }
    }

    private static CommandResult TrainOn(
        Session session,
        ClickTrainRequest request,
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

    private static CommandResult ScoreRows(
        string model,
        string file,
        TableForm form,
        string? output,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        OutputFiles.Check(("--out", output));
        var began = Stopwatch.GetTimestamp();
        var scoring = new ClickScoring(model, file, form, cancellationToken);
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

        if (output is null)
        {
            WriteAll(null);
        }
        else
        {
            OutputFiles.Replace(
                output,
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
        string model,
        string file,
        TableForm form,
        string? label,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var scoring = new ClickScoring(model, file, form, cancellationToken);
        var evaluator = new ClickEvaluator(scoring.Model);
        scoring.Run(
            label ?? scoring.Model.Options.Label,
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
