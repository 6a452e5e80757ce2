using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Loading;

namespace Tradepost.Marketplace.Guarding;

/// <summary>
/// Looks at all readings twice: at each day of the whole collection, and then at each product. What is not believed is kept in
/// <c>suspects</c>; the features stay as they are.
/// </summary>
internal static class CheckJob
{
    public const string Name = "marketplace.check";

    /// <summary>What a check of some days reads before them, so that it knows each product's past.</summary>
    private const int DaysOfPast = 200;

    private const int MostShown = 5_000;
    private const int ReadingsOfProgress = 1 << 17;

    public static async Task<CheckResult> RunAsync(CheckOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var since = options.Since ?? DateOnly.MinValue;
        var from = since.DayNumber > DaysOfPast ? since.AddDays(-DaysOfPast) : DateOnly.MinValue;
        await using var reading = await context.Store.OpenAsync(cancellationToken);
        await using var session = await context.Store.OpenSessionAsync(cancellationToken);
        await using var transaction = await session.BeginTransactionAsync(cancellationToken);
        var suspects = new SuspectTable(context.Store, session);
        var decisions = await suspects.DecisionsAsync(cancellationToken);
        var readings = new FeatureReadings(reading, from);
        var collection = await WatchAsync(readings, context, cancellationToken);
        var (shown, count) = (new List<SuspectValue>(), 0L);
        await using (var writer = await suspects.BeginAsync(cancellationToken))
        {
            var batch = new RowBatch(SuspectTable.FoundColumns);
            var first = since.DayNumber - SuspectValue.EpochDay;
            var found = new Queue<Verdict>();
            var guard = new ProductGuard(collection, decisions, found.Enqueue);
            await foreach (var seen in readings.ReadAsync(options.Sku, cancellationToken))
            {
                guard.See(seen);
                count += seen.Day >= first ? 1 : 0;
                while (found.TryDequeue(out var verdict))
                {
                    if (verdict.KnownOn < first)
                    {
                        continue;
                    }

                    if (shown.Count < MostShown)
                    {
                        shown.Add(SuspectValue.Of(verdict));
                    }

                    SuspectTable.Set(batch, batch.Count++, verdict);
                    if (batch.IsFull)
                    {
                        await writer.WriteAsync(batch, cancellationToken);
                        batch.Clear();
                    }
                }

                Report(context, "check products", count);
            }

            if (batch.Count > 0)
            {
                await writer.WriteAsync(batch, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        await suspects.MergeAsync(since, options.Sku, context.Time.UtcMoment(), cancellationToken);
        await context.PublishAsync(session, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CheckResult(count, shown);
    }

    private static async Task<Collection> WatchAsync(FeatureReadings readings, JobContext context, CancellationToken cancellationToken)
    {
        var (watch, count) = (new CollectionWatch(), 0L);
        await foreach (var seen in readings.ReadAsync([], cancellationToken))
        {
            watch.See(seen);
            Report(context, "check days", ++count);
        }

        return watch.Judge();
    }

    private static void Report(JobContext context, string step, long count)
    {
        if (count % ReadingsOfProgress == 0)
        {
            context.Progress.Report(new JobProgress(step, count));
        }
    }
}
