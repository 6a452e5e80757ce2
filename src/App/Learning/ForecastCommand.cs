using System.Diagnostics;
using Tradepost.Jobs;
using Tradepost.Learning;
using Tradepost.Learning.Forecasting;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning;

/// <summary><c>forecast</c>: what comes after the rows of a CSV file, with Prophet's model.</summary>
internal static class ForecastCommand
{
    private const int ShownRows = 10;

    public static HandledCommand Create() =>
        FileCommand.Of<ForecastRequest>("forecast", "Forecast a series in a CSV file, with intervals and components.", Run);

    private static CommandResult Run(
        ForecastRequest request,
        Session session,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        Check(request);
        progress.Report(new JobProgress("reading"));
        var input = Abandonable.Run(() => ForecastInput.Read(request), cancellationToken);
        session.Begin("fitting", Prophet.SizeOf(input.Options, input.History), progress);
        var began = Stopwatch.GetTimestamp();
        var model = Prophet.Fit(input.Options, input.History, cancellationToken);
        var fitSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        began = Stopwatch.GetTimestamp();
        var forecast = model.Predict(input.Rows, cancellationToken);
        var predictSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        CrossValidationRow[]? past = null;
        CalibratedInterval? calibrated = null;
        if (request.CrossValidate || request.Calibrate)
        {
            progress.Report(new JobProgress("forecasting the past"));
            past = PastForecasts.Of(request, input, model, cancellationToken);
        }

        if (request.Calibrate)
        {
            calibrated = CalibratedInterval.Of(past!, input.Options.IntervalWidth);
            forecast = calibrated.Apply(forecast, model.HistoryTimes[^1]);
            past =
                past!.Select(row => row.Cutoff).Distinct().Count() > 1
                    ? CalibratedInterval.CrossCalibrate(past!, input.Options.IntervalWidth, cancellationToken)
                    : past;
        }

        ForecastFiles.Write(request, input.History, model, forecast, cancellationToken);
        var report = ForecastReport.Of(model, input, past, calibrated, fitSeconds, predictSeconds, cancellationToken);
        return new CommandResult(report, printer => Print(printer, request, model, forecast, report))
        {
            Messages = [$"read as: {input.ReadAs}", .. input.Notices],
        };
    }

    private static void Print(Printer printer, ForecastRequest request, ProphetModel model, Forecast forecast, ForecastReport report)
    {
        foreach (var note in model.Notes)
        {
            printer.Line(note);
        }

        List<(string, string)> pairs =
        [
            (
                "history",
                $"{report.Rows:N0} rows with a value, {ForecastFiles.Show(model.HistoryTimes[0])} to "
                    + $"{ForecastFiles.Show(model.HistoryTimes[^1])}"
            ),
            ("components", string.Join(", ", ForecastFiles.Components(forecast).Prepend("trend"))),
            ("noise", $"{model.Sigma:G4} standard deviation"),
            ("fitted in", $"{report.FitSeconds * 1000:0.0} ms, forecast in {report.PredictSeconds * 1000:0.0} ms"),
        ];
        if (report.Calibration is { } factor)
        {
            pairs.Add(("intervals", $"{factor:0.00} times as wide as the model's, by cross-validation"));
        }

        printer.Pairs(pairs);
        var future = Enumerable.Range(0, forecast.Times.Length).Where(i => forecast.Times[i] > model.HistoryTimes[^1]).ToList();
        if (future.Count > 0)
        {
            printer.Line();
            PrintRows(
                printer,
                forecast,
                future.Take(ShownRows),
                request.Components ? [.. ForecastFiles.Components(forecast).Prepend("trend")] : []
            );
        }

        if (future.Count > ShownRows)
        {
            printer.Line($"and {future.Count - ShownRows:N0} more{(request.Out is null ? ": --out FILE writes them all" : "")}");
        }

        if (report.CrossValidation is { } validation)
        {
            printer.Line();
            printer.Heading(
                $"Forecasts of the past: {validation.Rows:N0} from {validation.Cutoffs.Count} cutoffs, "
                    + $"{ForecastFiles.Show(validation.Cutoffs[0])} to {ForecastFiles.Show(validation.Cutoffs[^1])}"
            );
            printer.Table(
                ["days ahead, up to", "rmse", "mae", "mape", "coverage"],
                validation
                    .Shown()
                    .Select(row =>
                        (IReadOnlyList<object?>)
                            [row.HorizonDays.ToString("0.##"), Number(row.Rmse), Number(row.Mae), Number(row.Mape), Number(row.Coverage)]
                    )
            );
        }
    }

    private static void PrintRows(Printer printer, Forecast forecast, IEnumerable<int> rows, string[] components) =>
        printer.Table(
            ["time", "forecast", "lower", "upper", .. components],
            rows.Select(i =>
                (IReadOnlyList<object?>)
                    [
                        ForecastFiles.Show(forecast.Times[i]),
                        Number(forecast.Yhat[i]),
                        Number(forecast.YhatLower?[i]),
                        Number(forecast.YhatUpper?[i]),
                        .. components.Select(name => Number(name == "trend" ? forecast.Trend[i] : forecast.Components[name][i])),
                    ]
            )
        );

    private static string Number(double? value) => value?.ToString("G5") ?? "";

    private static void Check(ForecastRequest request)
    {
        var least = request.CrossValidate || request.Calibrate ? 1 : 0;
        if (request.Horizon < least)
        {
            throw new UsageException($"--horizon is {request.Horizon}; expected is {least} or more.");
        }

        if (Prophet.SizeOfRows(request.Horizon).Refusal(WorkLimits.Here) is { } refusal)
        {
            throw new UsageException(refusal);
        }

        OutputFiles.Check(("--out", request.Out), ("--plot", request.Plot), ("--save", request.Save));
    }
}
