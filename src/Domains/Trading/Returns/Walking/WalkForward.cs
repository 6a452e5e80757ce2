using Tradepost.Jobs;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>
/// Makes walks, fold by fold and many folds at once. What a fold gives depends on nothing but its rows, so neither the number of processors
/// nor an interruption changes a bit of it.
/// </summary>
internal sealed class WalkForward(
    WalkSettings settings,
    IReadOnlyList<ReturnMethod> methods,
    IFoldMemory memory,
    IProgress<JobProgress> progress
)
{
    /// <summary>The steps that folds are made by.</summary>
    public ReturnPipeline Pipeline { get; init; } = new();

    /// <summary>Makes the walks, in the order of the tasks.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<ReturnWalk> Run(IReadOnlyList<WalkTask> tasks, CancellationToken cancellationToken)
    {
        var labels = tasks.Select(task => Pipeline.Label(task.Series, task.Horizon)).ToArray();
        var before = tasks.Select(task => LogReturns.Before(task.Series, task.Horizon)).ToArray();
        var windows = tasks.Select(task => FoldWindow.Of(task.Series.Times.Count, task.Horizon, settings)).ToArray();
        var jobs = windows.SelectMany((ofTask, task) => ofTask.Select(window => (Task: task, Window: window))).ToArray();
        var folds = new WalkedFold?[jobs.Length];
        var done = 0;
        Parallel.For(
            0,
            jobs.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            i =>
            {
                var (task, window) = jobs[i];
                folds[i] = Walk(tasks[task], labels[task], before[task], window, cancellationToken);
                progress.Report(new JobProgress("training", Interlocked.Increment(ref done), jobs.Length));
            }
        );
        return
        [
            .. tasks.Select(
                (task, t) =>
                    new ReturnWalk(task.Series, task.Horizon, labels[t], [.. folds.Where((_, i) => jobs[i].Task == t).OfType<WalkedFold>()])
            ),
        ];
    }

    /// <summary>One fold; null where there are too few rows to train on.</summary>
    public WalkedFold? Walk(WalkTask task, double[] labels, double[] before, FoldWindow window, CancellationToken cancellationToken)
    {
        if (FoldRows.Of(task.Series, labels, window, settings, Pipeline) is not { } rows)
        {
            return null;
        }

        var fits = new FoldFits(rows, task.Horizon, cancellationToken);
        var fingerprint = FoldFingerprint.Of(rows);
        var forecasts = new Dictionary<ReturnMethod, double[]>();
        foreach (var method in methods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = FoldFingerprint.Of(fingerprint, method, task.Horizon);
            if (!ReturnModelName.Learned.Contains(method))
            {
                forecasts[method] = fits.Forecast(method, before);
            }
            else if (memory.Find(key) is { } known && known.Length == rows.TestRows.Length)
            {
                forecasts[method] = known;
            }
            else
            {
                memory.Keep(key, forecasts[method] = fits.Forecast(method, before));
            }
        }

        return new WalkedFold(window, rows.TrainRows.Length, FoldFits.Mean(rows.Labels), rows.TestRows, forecasts);
    }
}
