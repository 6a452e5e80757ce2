using System.Data.Common;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>
/// One collection of a day: asks sources for what is watched and is not yet in the day's journal, and brings the store to where the journal is.
/// </summary>
internal static partial class MonitorJob
{
    private static readonly TimeSpan FollowEvery = TimeSpan.FromSeconds(5);

    // A store that is away at the end is waited for; later runs catch up.
    private static readonly RetryPolicy CatchingUp = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)) { Jitter = 0.2 };

    public const string Name = "marketplace.monitor";

    public static async Task<MonitorResult> RunAsync(MonitorOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var day = options.Date ?? DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
        var sources = SourceFile.Find(context.Settings, options.Sources);
        if (sources.Count == 0)
        {
            LogNothing(context.Logger, SourceFile.FolderOf(context.Settings));
        }

        if (options.Try is { } sku)
        {
            return new MonitorResult(day, [])
            {
                Tried = [.. await Task.WhenAll(sources.Select(source => TryAsync(source, sku, context, cancellationToken)))],
            };
        }

        var results = new List<MonitoredSource>();
        foreach (var source in sources)
        {
            results.Add(await new DayOfSource(source, day, options.To, context).RunAsync(cancellationToken));
        }

        return new MonitorResult(day, results);
    }

    private static async Task<TriedPage> TryAsync(WatchSource source, string sku, JobContext context, CancellationToken cancellationToken)
    {
        if (source.Product is not { } product)
        {
            return Nothing("it has no product, the page of one");
        }

        using var answers = AnswersOf(source, context.Time, retry => TellRetry(context.Logger, source, retry));
        try
        {
            var seen = (await Collection.ProductAsync(source, answers, product, sku, context.Time, cancellationToken)).Seen;
            return seen is [var one]
                ? new TriedPage(
                    source.Name,
                    null,
                    one.Values,
                    [.. source.Fields.Select(field => field.Name).Where(name => name != "sku" && !one.Values.ContainsKey(name))],
                    one.Offers
                )
                : Nothing("there is no such page");
        }
        catch (Exception e) when (e is NoAnswerException or PageException)
        {
            return Nothing(e.Message);
        }

        TriedPage Nothing(string problem) => new(source.Name, problem, new Dictionary<string, string>(), [], []);
    }

    private static void TellRetry(ILogger logger, WatchSource source, Retry retry) =>
        LogRetry(logger, source.Name, retry.Pause.TotalSeconds, retry.Failure.Message);

    /// <summary>Where journals are kept.</summary>
    public static string FolderOf(Settings settings) => Path.Combine(settings.DataFolder, "marketplace", "collected");

    /// <summary>What answers a source's requests.</summary>
    public static IAnswers AnswersOf(WatchSource source, TimeProvider time, Action<Retry> onRetry) =>
        source.Folder is { } folder ? new SavedAnswers(folder) : new Site(source, time, onRetry);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Folder} has no source, so that there is nothing to collect; docs/marketplace.md shows one."
    )]
    private static partial void LogNothing(ILogger logger, string folder);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Source}: of {InCsv} products in {File} the store has {InStore}, and {Differing} are not the same."
    )]
    private static partial void LogDiffering(ILogger logger, string source, long inCsv, string file, long inStore, long differing);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source} is collected into its file while the store is away ({Reason}).")]
    private static partial void LogAway(ILogger logger, string source, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: tried again in {Seconds:0.#} s ({Problem}).")]
    private static partial void LogRetry(ILogger logger, string source, double seconds, string problem);

    /// <summary>A day of one source.</summary>
    private sealed class DayOfSource(WatchSource source, DateOnly day, MonitorTarget target, JobContext context)
    {
        private readonly string path = Journal.PathOf(FolderOf(context.Settings), source.Name, day);
        private readonly FollowingStore following = new(context.Store, source, day, context.Time) { Fence = context.FenceAsync };
        private long followedAt;
        private bool isStoreAway;

        private bool WritesStore => target != MonitorTarget.Csv;

        public async Task<MonitoredSource> RunAsync(CancellationToken cancellationToken)
        {
            var wasComplete = File.Exists(path) || await following.IsCompleteAsync(cancellationToken);
            var collection = wasComplete ? null : await CollectAsync(cancellationToken);
            var file = File.Exists(path) ? path : Journal.PartOf(path);
            var hasFile = File.Exists(file);
            if (WritesStore && hasFile)
            {
                await CatchUpAsync(file, cancellationToken);
            }

            var comparison = target == MonitorTarget.Both && hasFile ? await following.CompareAsync(file, cancellationToken) : null;
            if (comparison is { Differing: > 0 } || comparison?.InCsv > comparison?.InStore)
            {
                LogDiffering(context.Logger, source.Name, comparison.InCsv, file, comparison.InStore, comparison.Differing);
            }

            var products = hasFile
                ? Journal.Read(file, 0).Sum(collected => (long)collected.Seen.Count)
                : await following.ProductsAsync(cancellationToken);
            if (target == MonitorTarget.Store && file == path && hasFile)
            {
                File.Delete(path);
                hasFile = false;
            }

            return new MonitoredSource(
                source.Name,
                collection is null ? CollectionState.CompleteBefore
                    : collection.Failed.Count == 0 ? CollectionState.Complete
                    : CollectionState.Incomplete,
                collection?.Answered ?? 0,
                products,
                collection?.Failed ?? [],
                hasFile ? file : null,
                comparison
            );
        }

        private async Task<Collection> CollectAsync(CancellationToken cancellationToken)
        {
            var skus = await WatchedAsync(cancellationToken);
            using var answers = AnswersOf(source, context.Time, retry => TellRetry(context.Logger, source, retry));
            using var journal = Journal.Open(path, source);
            var collection = new Collection(source, answers, journal, context.Time);
            followedAt = context.Time.GetTimestamp();
            await collection.RunAsync(
                skus,
                async () =>
                {
                    context.Progress.Report(new JobProgress($"collect {source.Name}", journal.Done.Count, skus.Count));
                    if (WritesStore && context.Time.GetElapsedTime(followedAt) >= FollowEvery)
                    {
                        await FollowAsync(cancellationToken);
                    }
                },
                cancellationToken
            );
            if (collection.Failed.Count == 0)
            {
                journal.Complete();
            }

            return collection;
        }

        private async Task<IReadOnlyCollection<string>> WatchedAsync(CancellationToken cancellationToken)
        {
            var skus = new List<string>(source.Skus);
            if (source.WatchesKnown)
            {
                await using var connection = await context.Store.OpenAsync(cancellationToken);
                skus.AddRange(
                    await connection.ReadAsync("SELECT sku FROM products ORDER BY sku", row => row.GetString(0), cancellationToken)
                );
            }

            return [.. skus.Distinct(StringComparer.Ordinal)];
        }

        // The file goes on while the store is away.
        private async Task FollowAsync(CancellationToken cancellationToken)
        {
            try
            {
                await following.CatchUpAsync(Journal.PartOf(path), isComplete: false, cancellationToken);
                isStoreAway = false;
            }
            catch (Exception e) when (IsAway(e))
            {
                if (!isStoreAway)
                {
                    LogAway(context.Logger, source.Name, e.Message);
                }

                isStoreAway = true;
            }
            finally
            {
                followedAt = context.Time.GetTimestamp();
            }
        }

        private async Task CatchUpAsync(string file, CancellationToken cancellationToken)
        {
            try
            {
                await CatchingUp.RunAsync(
                    "marketplace.store",
                    token => following.CatchUpAsync(file, file == path, token),
                    IsAway,
                    retry => TellRetry(context.Logger, source, retry),
                    context.Time,
                    cancellationToken
                );
            }
            catch (Exception e) when (IsAway(e))
            {
                throw new JobFailedException(
                    $"{file} holds what was collected of {source.Name}, and the store is away: {e.Message.TrimEnd('.')}. The next run catches up.",
                    inner: e
                );
            }
        }

        private static bool IsAway(Exception e) => e is StoreUnavailableException or DbException { IsTransient: true };
    }
}
