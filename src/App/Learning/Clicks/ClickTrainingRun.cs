using System.Diagnostics;
using Tradepost.Jobs;
using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning.Clicks;

/// <summary>Reads a file and trains on it, with progress and a checkpoint after every epoch.</summary>
internal sealed class ClickTrainingRun(ClickTrainRequest request, Session session, IProgress<JobProgress> progress)
{
    private const int RowsBetweenReports = 10_000;

    private long trainedRows;

    public double ReadSeconds { get; private set; }

    public double TrainSeconds { get; private set; }

    public int Networks { get; private set; }

    public int EmbeddingRows { get; private set; }

    public bool IsResumed { get; private set; }

    /// <summary>How the file was understood.</summary>
    public string ReadAs { get; private set; } = "";

    public double SamplesPerSecond => TrainSeconds > 0 ? trainedRows / TrainSeconds : 0;

    public ClickModel Run(CancellationToken cancellationToken)
    {
        var (options, described) = ClickOptionsFile.Read(request.Options);
        options = options with { Label = request.Label };
        options.Check();
        var began = Stopwatch.GetTimestamp();
        var log = Read(ClickFieldsText.Parse(request.Fields, described), cancellationToken);
        using var training = Start(options, log, cancellationToken);
        ReadSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        session.Begin("training", training.Size, progress);
        (Networks, EmbeddingRows) = (training.Networks, training.Ids);
        while (!training.IsDone)
        {
            Epoch(training, cancellationToken);
        }

        progress.Report(new JobProgress("calibrating"));
        var model = training.Finish(cancellationToken);
        OutputFiles.Replace(request.Save, model.Save, cancellationToken);
        if (request.Checkpoint is { } checkpoint)
        {
            File.Delete(checkpoint);
        }

        return model;
    }

    private ClickTraining Start(ClickOptions options, ClickLog log, CancellationToken cancellationToken)
    {
        if (request.Checkpoint is not { } path || !File.Exists(path))
        {
            return new ClickTraining(options, log, request.Threads, cancellationToken);
        }

        IsResumed = true;
        using var stream = File.OpenRead(path);
        try
        {
            return ClickTraining.Resume(options, log, stream, request.Threads, cancellationToken);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path}: {e.Message} Delete it to begin anew.");
        }
    }

    private void Epoch(ClickTraining training, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var epoch = training.RunEpoch(cancellationToken: cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        (trainedRows, TrainSeconds) = (trainedRows + epoch.Rows, TrainSeconds + seconds);
        if (request.Checkpoint is { } path)
        {
            OutputFiles.Replace(path, training.Save, cancellationToken);
        }

        var what = epoch.IsSimulated ? "simulated clicks" : "network";
        progress.Report(
            new JobProgress(
                $"{what} {epoch.Network + 1} of {epoch.Networks}, epoch {epoch.Epoch}: {epoch.Rows / seconds:N0} samples/s, log loss "
                    + $"{epoch.LogLoss:0.00000}, AUC {epoch.Auc:0.0000}",
                epoch.Network,
                epoch.Networks
            )
        );
    }

    private ClickLog Read(IReadOnlyList<ClickField> fields, CancellationToken cancellationToken)
    {
        var log = new ClickLog(fields);
        Read(log, request.File, cancellationToken);
        if (request.Validation is { } validation)
        {
            log.BeginValidation();
            Read(log, validation, cancellationToken);
        }

        return log;
    }

    private void Read(ClickLog log, string path, CancellationToken cancellationToken)
    {
        using var csv = ClickCsv.Open(path, request.Form);
        csv.Choose(log.Fields, [request.Label, .. request.Time is { } column ? (string[])[column] : []]);
        var before = log.Count;
        while (csv.Read())
        {
            try
            {
                for (var field = 0; field < log.Fields.Count; field++)
                {
                    log.Set(field, csv.Text(field));
                }
            }
            catch (ArgumentException e)
            {
                throw csv.Bad(e);
            }

            log.EndRow(csv.Label(log.Fields.Count), request.Time is null ? 0 : csv.Time(log.Fields.Count + 1));
            if (log.Count % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new JobProgress("reading", log.Count));
            }
        }

        if (log.Count == before)
        {
            throw csv.NoRows();
        }

        ReadAs = path == request.File ? csv.ReadAs : ReadAs;
    }
}
