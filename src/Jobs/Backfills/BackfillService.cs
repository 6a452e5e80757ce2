using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Jobs.Backfills;

/// <summary>The days of jobs that take an interval of days: which are done, and how the others get done.</summary>
public sealed class BackfillService
{
    private const int MostDays = 3_700;

    private readonly JobHost host;

    internal BackfillService(JobHost host) => this.host = host;

    /// <summary>Every day from one to another, both included.</summary>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    /// <exception cref="WrongArgumentException">The job takes no interval, or the days are not a span of at most ten years.</exception>
    public async Task<IReadOnlyList<BackfillDay>> DaysAsync(string job, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var interval = Check(job, from, to);
        var end = to.AddDays(1);
        var whole = interval.NarrowedBy is { } names ? await WholeAsync(job, names, cancellationToken) : null;
        var runs = await host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    """
                    SELECT id, state, interval_from, interval_to FROM job_runs
                    WHERE job = @job AND interval_from < CAST(@End AS date) AND interval_to > CAST(@From AS date)
                    ORDER BY id
                    """,
                    new
                    {
                        job,
                        From = Day(from),
                        End = Day(end),
                    },
                    row =>
                        (
                            Id: row.GetGuid(0),
                            State: row.GetString(1),
                            From: row.GetFieldValue<DateOnly>(2),
                            To: row.GetFieldValue<DateOnly>(3)
                        ),
                    cancellationToken
                ),
            cancellationToken
        );
        var days = Enumerable
            .Range(0, end.DayNumber - from.DayNumber)
            .Select(i => from.AddDays(i))
            .Select(day =>
                whole is { } all && day < all.Before
                    ? new BackfillDay(day, DayState.Done, all.Run)
                    : new BackfillDay(day, DayState.Missing, null)
            )
            .ToArray();
        foreach (var run in runs)
        {
            for (var day = run.From > from ? run.From : from; day < run.To && day < end; day = day.AddDays(1))
            {
                ref var known = ref days[day.DayNumber - from.DayNumber];
                var state = run.State switch
                {
                    "succeeded" => DayState.Done,
                    "queued" or "running" => DayState.Active,
                    _ => DayState.Failed,
                };
                known = known.State == DayState.Done && state != DayState.Done ? known : new BackfillDay(day, state, run.Id);
            }
        }

        return days;
    }

    /// <summary>The last run that did everything, and the day on which it began, which was not over then.</summary>
    private async Task<(Guid Run, DateOnly Before)?> WholeAsync(
        string job,
        IReadOnlyList<string> narrowing,
        CancellationToken cancellationToken
    )
    {
        var runs = await host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    """
                    SELECT id, CAST(started_at AS date), CAST(arguments AS text) FROM job_runs
                    WHERE job = @job AND state = 'succeeded' AND interval_from IS NULL AND started_at IS NOT NULL
                      ORDER BY started_at DESC LIMIT 100
                    """,
                    new { job },
                    row => (Id: row.GetGuid(0), Day: row.GetFieldValue<DateOnly>(1), Arguments: row.GetString(2)),
                    cancellationToken
                ),
            cancellationToken
        );
        return runs.Where(run => narrowing.All(name => JsonNode.Parse(run.Arguments)![name] is null)) // arguments are an object
            .Select(run => ((Guid, DateOnly)?)(run.Id, run.Day))
            .FirstOrDefault();
    }

    /// <summary>Starts a run that does the days that are missing or failed, one after another, each as a run of its own.</summary>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    /// <exception cref="WrongArgumentException">The job takes no interval, or something in the options is not allowed.</exception>
    /// <exception cref="Rights.JobRightsException">Whoever asks may not run the job with these arguments.</exception>
    /// <exception cref="ActiveRunException">A backfill of the job is active.</exception>
    public Task<Run> StartAsync(BackfillOptions options, Asker by, CancellationToken cancellationToken)
    {
        Check(options.Job, options.From!.Value, options.To!.Value); // a value: FromJson has seen to it
        BackfillJob.ArgumentsOf(host.Catalogue, options);
        var job = host.Catalogue.Get(BackfillJob.Name);
        return host.Runs.StartAsync(
            job,
            host.Allow(job, options, by),
            by with
            {
                How = AskedHow.Backfill,
            },
            idempotencyKey: null,
            cancellationToken
        );
    }

    internal JobInterval Check(string job, DateOnly from, DateOnly to)
    {
        var interval = host.Catalogue.Get(job).Interval;
        if (interval is null)
        {
            var allowed = host.Catalogue.All.Where(other => other.Interval is not null).Select(other => other.Name).ToList();
            throw new WrongArgumentException(
                "job",
                $"job is \"{job}\", which takes no interval of days; allowed {(allowed.Count == 1 ? "is" : "are")} "
                    + $"{string.Join(", ", allowed)}.",
                allowed
            );
        }

        return to < from || to.DayNumber - from.DayNumber >= MostDays
            ? throw new WrongArgumentException("to", $"to is {Day(to)}; it must be {Day(from)} or a day within ten years after it.")
            : interval;
    }

    private static string Day(DateOnly day) => JsonSerializer.Serialize(day).Trim('"');
}
