using Tradepost.Jobs;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Trading.Filing;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Draining;

/// <summary>Moves what a collector left in its log and in files into the store.</summary>
internal static class DrainJob
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<DrainResult> RunAsync(DrainOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        var logFolder = Path.GetFullPath(Path.Combine(context.Settings.DataFolder, "trading", "log"));
        if (!Directory.Exists(logFolder))
        {
            return new DrainResult(0, 0, 0, 0, 0, []);
        }

        await using var log = Open(logFolder, context.Time);
        var folder = FolderOf(logFolder);

        // The log comes first: of the files only what the store has not is added afterwards.
        var fromLog = await DrainLogAsync(log, logFolder, context, cancellationToken);
        folder?.MoveTo(log.Durable);
        var files = folder is null ? [] : await DrainFilesAsync(folder, context, cancellationToken);
        return new DrainResult(
            fromLog.Rows,
            files.Where(file => !file.HoldsGaps).Sum(file => file.New),
            fromLog.Gaps + files.Where(file => file.HoldsGaps).Sum(file => file.New),
            files.Sum(file => file.Hours),
            context.Time.GetElapsedTime(began).TotalSeconds,
            files
        );
    }

    private static DurableLog Open(string folder, TimeProvider time)
    {
        try
        {
            return DurableLog.Open(folder, new LogOptions { BudgetBytes = long.MaxValue }, time);
        }
        catch (LogInUseException e)
        {
            throw new JobFailedException($"A collector is writing to {folder}; stop it before its log and files are drained.", inner: e);
        }
    }

    private static FileFolder? FolderOf(string logFolder)
    {
        try
        {
            return QuoteFolder.Find(QuoteFolder.Beside(logFolder));
        }
        catch (InvalidDataException e)
        {
            throw new JobFailedException(e.Message, inner: e);
        }
    }

    private static async Task<MovedRecords> DrainLogAsync(
        DurableLog log,
        string name,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var store = QuoteDrains.ToStore(context.Store, log, name, context.Time, context.Logger, flushInterval: TimeSpan.Zero);
        using var writers = new LogDrains([
            store,
            .. QuoteDrains.Beside(context.Settings.Analytics, context.Settings.Kafka, log, name, context.Time, context.Logger),
        ]);
        writers.Hurry();
        var writing = writers.RunAsync(stop.Token);
        while (!writing.IsCompleted && writers.Position < log.Durable)
        {
            context.Progress.Report(new JobProgress("drain the log", MovedRecords.Of(store).Rows));
            if (writers.Failure is { } problem)
            {
                await EndAsync(writing, stop);
                var who = store.Failure is null ? problem.TrimEnd('.') : $"{context.Store.Description} takes no rows ({problem})";
                throw new JobFailedException($"{who}; what is left stays in the log. Run `tradepost trading drain` again.");
            }

            await Task.Delay(Look, context.Time, cancellationToken);
        }

        await EndAsync(writing, stop);
        return MovedRecords.Of(store);
    }

    private static async Task EndAsync(Task writing, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        try
        {
            await writing;
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }

    private static async Task<List<DrainedFile>> DrainFilesAsync(FileFolder folder, JobContext context, CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        var drain = new FileDrain(context.Store, connection, folder, context.Time) { Fence = context.FenceAsync };
        var drained = new List<DrainedFile>();
        var files = folder.Files.ToList();
        foreach (var file in files)
        {
            context.Progress.Report(new JobProgress($"drain {file}", drained.Count, files.Count));
            drained.Add(await drain.RunAsync(file, cancellationToken));
        }

        return drained;
    }
}
