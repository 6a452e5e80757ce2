using Tradepost.Jobs;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>
/// Walks through the past with every model, judges them beside the baselines, looks for leaks, and publishes all of it at once or nothing.
/// </summary>
internal static class TrainJob
{
    public const string Name = "trading.train";

    /// <summary>Trains on the rows of a source.</summary>
    /// <param name="options">What is to be trained.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="context">Of the run.</param>
    /// <param name="cancellationToken">Ends it; folds that are done are kept.</param>
    /// <exception cref="LeakException">A canary found a leak.</exception>
    /// <exception cref="JobFailedException">There are too few rows, or an argument cannot be.</exception>
    public static Task<TrainResult> RunAsync(
        TrainOptions options,
        IReturnSeries source,
        JobContext context,
        CancellationToken cancellationToken
    ) => RunAsync(options, source, new ReturnPipeline(), context, cancellationToken);

    /// <summary>The same with other steps, in which a test hides a leak.</summary>
    internal static async Task<TrainResult> RunAsync(
        TrainOptions options,
        IReturnSeries source,
        ReturnPipeline pipeline,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        var (began, settings, methods, horizons) = (context.Time.GetTimestamp(), options.Walk, options.MethodList(), options.HorizonList());
        context.Progress.Report(new JobProgress("reading"));
        var tasks = new List<WalkTask>();
        foreach (var symbol in options.SymbolList(await source.SymbolsAsync(cancellationToken)))
        {
            var series = await source.ReadAsync(symbol, options.Until, cancellationToken);
            tasks.AddRange(horizons.Select(horizon => new WalkTask(Require(series, symbol, horizon, settings), horizon)));
        }

        var memory = await FoldMemory.LoadAsync(context.Store, context.Time, cancellationToken);
        var walker = new WalkForward(settings, [.. ReturnModelName.Baselines, .. methods], memory, context.Progress)
        {
            Pipeline = pipeline,
        };
        var walks = await memory.SaveWhileAsync(() => walker.Run(tasks, cancellationToken), cancellationToken);
        foreach (var walk in walks.Where(walk => walk.Rows.Length == 0))
        {
            throw new JobFailedException(
                $"No fold of {walk.Series.Symbol} has {FoldRows.LeastRows} complete hours to train on and one to judge by; are there candles for its features?"
            );
        }

        context.Progress.Report(new JobProgress("judging"));
        var judged = await Task.Run(() => JudgedModel.Of(walks, settings, cancellationToken), cancellationToken);
        context.Progress.Report(new JobProgress("looking for leaks"));
        var canaries = await Task.Run(
            () => new LeakCanaries(settings, pipeline).Check(tasks, walks, [.. walks.Select(FiguresOf)], cancellationToken),
            cancellationToken
        );
        if (canaries.FirstOrDefault(canary => canary.Verdict == CanaryVerdict.Leak) is { } leak)
        {
            throw new LeakException(leak);
        }

        context.Progress.Report(new JobProgress("registering"));
        var training = new ReturnTraining(tasks, judged, canaries, settings, pipeline);
        var published = await new ReturnPublication(context, options.Promote).PublishAsync(training, cancellationToken);
        return new TrainResult
        {
            Models = published.Models,
            Canaries = canaries,
            Champions = published.Champions,
            Notes = published.Notes,
            Folds = walks.Sum(walk => walk.Folds.Count),
            Resumed = memory.Found,
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };

        IReadOnlyDictionary<ReturnMethod, ReturnFigures> FiguresOf(ReturnWalk walk) =>
            judged.Where(model => model.Walk == walk).ToDictionary(model => model.Method, model => model.Figures);
    }

    private static FeatureSeries Require(FeatureSeries series, string symbol, int horizon, WalkSettings settings)
    {
        var needed = settings.TrainHours + horizon + 1;
        return series.Times.Count >= needed
            ? series
            : throw new JobFailedException(
                $"{symbol} has {series.Times.Count:N0} hours; training on {settings.TrainHours / 24} days and judging {horizon} hours ahead takes {needed:N0}. Load more candles, or train on fewer days."
            );
    }
}
