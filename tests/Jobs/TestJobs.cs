using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Schedules;
using Tradepost.Storage;
using Tradepost.Storage.Retrying;

namespace Tradepost.Jobs.Tests;

/// <summary>Jobs to try the machinery with.</summary>
internal static class TestJobs
{
    /// <summary>How long a query lasts that is not stopped, at least.</summary>
    public static readonly TimeSpan LongQuery = TimeSpan.FromMinutes(10);

    public sealed record None;

    public sealed record Note
    {
        [Required]
        [RegularExpression("^[a-z0-9-]+$")]
        public string Text { get; init; } = "";

        public int Milliseconds { get; init; }
    }

    public sealed record Days
    {
        [Required]
        public DateOnly? From { get; init; }

        [Required]
        public DateOnly? To { get; init; }
    }

    public sealed record Outcome(string Said, double Error = 0);

    public static JobCatalogue Catalogue { get; } =
        new(
            [
                JobDefinition.Of<None, Outcome>("test.reserved", "For administrators.", (_, _, _) =>
                    Task.FromResult(new Outcome("done"))
                ) with
                {
                    Role = AskerRole.Admin,
                },
                JobDefinition.Of<None, Outcome>("test.nothing", "Nothing.", (_, _, _) => Task.FromResult(new Outcome("done"))),
                JobDefinition.Of<Note, Outcome>("test.talk", "Logs and reports.", TalkAsync),
                JobDefinition.Of<Note, Outcome>("test.publish", "Publishes a row, behind the fence.", PublishAsync),
                JobDefinition.Of<Note, Outcome>(
                    "test.publish-and-fail",
                    "Publishes a row, and fails then.",
                    async (note, context, cancellationToken) =>
                    {
                        await PublishAsync(note, context, cancellationToken);
                        throw new IOException("The source ended the connection.");
                    }
                ),
                JobDefinition.Of<Note, Outcome>(
                    "test.fail-while-publishing",
                    "Fails before its commit.",
                    async (note, context, cancellationToken) =>
                    {
                        await using var connection = await context.Store.OpenAsync(cancellationToken);
                        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                        await context.PublishAsync(connection, cancellationToken);
                        throw new JobFailedException("Not this time.");
                    }
                ),
                JobDefinition.Of<None, Outcome>("test.alone", "Waits until it is stopped.", WaitAsync) with
                {
                    ConcurrencyKey = _ => "alone",
                },
                JobDefinition.Of<None, Outcome>("test.query", "Sits in a long query.", QueryAsync),
                JobDefinition.Of<None, Outcome>("test.slow-query", "Sits in a long query, not for long.", QueryAsync) with
                {
                    Timeout = TimeSpan.FromSeconds(1),
                },
                JobDefinition.Of<None, Outcome>("test.fail", "Fails for good.", (_, _, _) =>
                    throw new JobFailedException("Nothing to load.")
                ),
                JobDefinition.Of<Note, Outcome>("test.refuse", "Refuses its argument.", (_, _, _) =>
                    throw new JobFailedException(new Sentence($"{nameof(Note.Milliseconds):argument} is odd."))
                ),
                JobDefinition.Of<None, Outcome>("test.shaky", "Fails twice for a passing reason.", ShakyAsync) with
                {
                    Retry = new RetryPolicy(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5)),
                },
                JobDefinition.Of<None, Outcome>("test.broken", "Fails for a passing reason that does not pass.", (_, _, _) =>
                    throw new StoreUnavailableException("away")
                ) with
                {
                    Retry = new RetryPolicy(2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5)),
                },
                JobDefinition.Of<Days, Outcome>("test.days", "Publishes each day once.", DaysAsync) with
                {
                    Interval = new JobInterval("from", "to"),
                    ConcurrencyKey = _ => "days",
                },
            ],
            [
                new NewSchedule
                {
                    Name = "own.daily",
                    Job = "test.nothing",
                    Cron = "0 2 * * *",
                },
                new NewSchedule
                {
                    Name = "own.weekly",
                    Job = "test.nothing",
                    Cron = "0 3 * * SUN",
                },
            ]
        );

    private static async Task<Outcome> TalkAsync(Note note, JobContext context, CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress("talking", 1, 2));
        var said = note.Text;
        context.Logger.LogInformation("It said {Said}", said);
        context.Logger.LogWarning("postgresql://app:s3cr3t-w0rd@host/db was not used");
        await Task.Delay(note.Milliseconds, cancellationToken);
        context.Progress.Report(new JobProgress("talking", 2, 2));
        return new Outcome(note.Text);
    }

    private static async Task<Outcome> PublishAsync(Note note, JobContext context, CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        await Task.Delay(note.Milliseconds, CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        await connection.ExecuteAsync("INSERT INTO published VALUES (@Text)", new { note.Text }, CancellationToken.None);
        await context.PublishAsync(connection, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return new Outcome(note.Text);
    }

    private static async Task<Outcome> WaitAsync(None none, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new Outcome("never");
    }

    private static async Task<Outcome> QueryAsync(None none, JobContext context, CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        context.Progress.Report(new JobProgress("querying"));
        await connection.ScalarAsync<long>(
            context.Store is PostgresStore
                ? $"SELECT 1 FROM pg_sleep({LongQuery.TotalSeconds})"
                : "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range % 7 = 3",
            null,
            cancellationToken
        );
        return new Outcome("never");
    }

    private static Task<Outcome> ShakyAsync(None none, JobContext context, CancellationToken cancellationToken) =>
        context.Run!.Attempt < 3 ? throw new StoreUnavailableException("The store is away.") : Task.FromResult(new Outcome("at last"));

    private static async Task<Outcome> DaysAsync(Days days, JobContext context, CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        if (
            await connection.ScalarAsync<long>(
                "SELECT count(*) FROM published WHERE text = 'bad-' || CAST(@From AS text)",
                new { From = days.From!.Value.ToString("yyyy-MM-dd") },
                cancellationToken
            ) > 0
        )
        {
            throw new JobFailedException($"{days.From:yyyy-MM-dd} is bad.");
        }

        await connection.ExecuteAsync("INSERT INTO published VALUES (@Text)", new { Text = $"{days.From:yyyy-MM-dd}" }, cancellationToken);
        return new Outcome("loaded");
    }
}
