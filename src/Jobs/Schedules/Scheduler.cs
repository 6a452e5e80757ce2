using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Jobs.Schedules;

/// <summary>
/// Starts the jobs of schedules that are due. However many schedulers run, each time counts once: it is a row that one of them
/// inserts, and its run has an idempotency key made from it.
/// </summary>
public sealed partial class Scheduler
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5); // schedules that other processes set are seen by then
    private static readonly TimeSpan PauseWhileWaiting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    private readonly JobHost host;

    internal Scheduler(JobHost host) => this.host = host;

    private DateTime Now => host.Time.UtcMoment();

    /// <summary>Runs until the token is cancelled; the store may be away meanwhile.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isSeeded = false;
        try
        {
            while (true)
            {
                var changed = host.Signals.Schedules.Next;
                var pause = LongestPause;
                try
                {
                    if (!isSeeded)
                    {
                        await host.Schedules.SeedAsync(cancellationToken);
                        isSeeded = true;
                    }

                    pause = await TickAsync(cancellationToken);
                }
                catch (Exception e) when (StoreFailure.IsOfStore(e))
                {
                    LogStoreAway(host.Logger, e.Message);
                }

                await changed.WaitAtMostAsync(pause, host.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The clean stop.
        }
    }

    /// <summary>Does what is due now and returns how long nothing will be.</summary>
    internal async Task<TimeSpan> TickAsync(CancellationToken cancellationToken)
    {
        foreach (var schedule in (await host.Schedules.ListAsync(cancellationToken)).Where(schedule => schedule.NextAt <= Now))
        {
            await FireAsync(schedule, cancellationToken);
        }

        var waiting = await WaitingAsync(cancellationToken);
        foreach (var fire in waiting)
        {
            await StartAsync(
                fire,
                isLatest: !waiting.Any(other => other.Schedule == fire.Schedule && other.FireAt > fire.FireAt),
                cancellationToken
            );
        }

        var next = (await host.Schedules.ListAsync(cancellationToken)).Min(schedule => schedule.NextAt) - Now ?? LongestPause;
        var most = (await WaitingAsync(cancellationToken)).Count > 0 ? PauseWhileWaiting : LongestPause;
        return next < TimeSpan.Zero ? TimeSpan.Zero
            : next < most ? next
            : most;
    }

    /// <summary>Notes the last time that has come as to be started, or as missed, and moves the schedule on; both or neither.</summary>
    private async Task FireAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var now = Now;
        var times = CronTimes.Parse(schedule.Cron, schedule.TimeZone, now);
        var due = times.LastUpTo(now, schedule.NextAt!.Value);
        var isMissed = now - due > Late && schedule.Misfire == MisfirePolicy.Skip;
        await host.Queue.TransactAsync(
            async connection =>
            {
                // The row is locked by the first to change it; a second finds another time in it.
                var isMine =
                    await connection.ExecuteAsync(
                        "UPDATE job_schedules SET next_at = CAST(@next AS timestamp) WHERE name = @Name AND next_at = @NextAt AND NOT "
                            + "is_paused",
                        new
                        {
                            schedule.Name,
                            schedule.NextAt,
                            next = times.After(now),
                        },
                        cancellationToken
                    ) == 1;
                if (isMine)
                {
                    await connection.ExecuteAsync(
                        "INSERT INTO job_schedule_fires (schedule, fire_at, state, note, decided_at) VALUES (@Name, @due, @state, @note, "
                            + "@now) ON CONFLICT DO NOTHING",
                        new
                        {
                            schedule.Name,
                            due,
                            state = isMissed ? "missed" : "waiting",
                            note = now - due > Late ? $"No scheduler ran at {due:yyyy-MM-dd HH:mm} UTC." : null,
                            now,
                        },
                        cancellationToken
                    );
                }

                return isMine;
            },
            cancellationToken
        );
    }

    private Task<IReadOnlyList<ScheduleFire>> WaitingAsync(CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    "SELECT schedule, fire_at, state, run_id, note FROM job_schedule_fires WHERE state = 'waiting' ORDER BY schedule, "
                        + "fire_at",
                    ScheduleRows.ReadFire,
                    cancellationToken
                ),
            cancellationToken
        );

    private async Task StartAsync(ScheduleFire fire, bool isLatest, CancellationToken cancellationToken)
    {
        if (await host.Schedules.FindAsync(fire.Schedule, cancellationToken) is not { } schedule)
        {
            await DecideAsync(fire, "skipped", null, "The schedule was removed.", cancellationToken);
            return;
        }

        try
        {
            if (!isLatest)
            {
                await DecideAsync(fire, "skipped", null, "A later time came while this one waited.", cancellationToken);
                return;
            }

            var key = $"schedule:{fire.Schedule}:{fire.FireAt:yyyy-MM-dd'T'HH:mm}";
            var asker = new Asker(schedule.Name, AskedHow.Schedule) { Role = schedule.SetAs };
            var run = await host.Runs.StartAsync(
                schedule.Job,
                JsonSerializer.SerializeToElement(schedule.Arguments),
                asker,
                key,
                cancellationToken
            );
            await DecideAsync(fire, "started", run.Id, fire.Note, cancellationToken);
        }
        catch (ActiveRunException e) when (schedule.Overlap == OverlapPolicy.Skip)
        {
            LogSkipped(host.Logger, schedule.Name, e.Message);
            await DecideAsync(fire, "skipped", null, e.Message, cancellationToken);
        }
        catch (ActiveRunException e) when (schedule.Overlap == OverlapPolicy.CancelRunning)
        {
            await CancelAsync(e.Active, schedule.Name, cancellationToken);
        }
        catch (ActiveRunException)
        {
            // It waits for its turn.
        }
        catch (Exception e) when (e is UnknownJobException or WrongArgumentException or JobRightsException or IdempotencyConflictException)
        {
            LogSkipped(host.Logger, schedule.Name, e.Message);
            await DecideAsync(fire, "refused", null, e.Message, cancellationToken);
        }
    }

    private async Task CancelAsync(Run active, string schedule, CancellationToken cancellationToken)
    {
        try
        {
            if (active.CancelAskedAt is null)
            {
                await host.Runs.CancelAsync(active.Id, $"schedule {schedule}", cancellationToken);
            }
        }
        catch (RunStateException)
        {
            // It has ended by itself, which is what was wanted.
        }
    }

    private Task<int> DecideAsync(ScheduleFire fire, string state, Guid? run, string? note, CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            connection =>
                connection.ExecuteAsync(
                    "UPDATE job_schedule_fires SET state = @state, run_id = @run, note = @note, decided_at = @Now WHERE schedule = "
                        + "@Schedule AND fire_at = @FireAt AND state = 'waiting'",
                    new
                    {
                        state,
                        run,
                        note,
                        Now,
                        fire.Schedule,
                        fire.FireAt,
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store did not answer the scheduler; it is tried again: {Reason}")]
    private static partial void LogStoreAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule} started nothing: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string schedule, string reason);
}
