using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tradepost.Arguments;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Jobs.Schedules;

/// <summary>Schedules, for whoever sets and reads them. <see cref="Scheduler"/> is what starts their jobs.</summary>
public sealed partial class ScheduleService
{
    private readonly JobHost host;

    internal ScheduleService(JobHost host) => this.host = host;

    private DateTime Now => host.Time.UtcMoment();

    public Task<IReadOnlyList<Schedule>> ListAsync(CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    $"SELECT {ScheduleRows.Columns} FROM job_schedules ORDER BY name",
                    ScheduleRows.Read,
                    cancellationToken
                ),
            cancellationToken
        );

    public async Task<Schedule?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(schedule => schedule.Name == name);

    /// <summary>The schedule with this name.</summary>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    public async Task<Schedule> GetAsync(string name, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        return all.FirstOrDefault(schedule => schedule.Name == name)
            ?? throw new UnknownScheduleException(name, [.. all.Select(schedule => schedule.Name)]);
    }

    /// <summary>Creates a schedule, or replaces the one of that name.</summary>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    /// <exception cref="JobRightsException">Whoever asks may not run the job with these arguments.</exception>
    /// <exception cref="WrongArgumentException">The name, the cron expression, the zone or an argument of the job is not
    /// allowed.</exception>
    public async Task<Schedule> SetAsync(NewSchedule schedule, Asker by, CancellationToken cancellationToken)
    {
        var checkedOne = Check(schedule, by);
        await host.Queue.WithAsync(connection => SaveAsync(connection, checkedOne, by, cancellationToken), cancellationToken);
        host.Signals.Schedules.Raise();
        return await GetAsync(schedule.Name, cancellationToken);
    }

    /// <summary>Removes a schedule; runs that it has started go on.</summary>
    /// <exception cref="UnknownScheduleException">There is none of that name.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await GetAsync(name, cancellationToken);
        await host.Queue.WithAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "DELETE FROM job_schedule_fires WHERE schedule = @name AND state = 'waiting'",
                    new { name },
                    cancellationToken
                );
                return await connection.ExecuteAsync("DELETE FROM job_schedules WHERE name = @name", new { name }, cancellationToken);
            },
            cancellationToken
        );
    }

    /// <summary>Keeps a schedule from starting anything until it is resumed.</summary>
    /// <exception cref="UnknownScheduleException">There is none of that name.</exception>
    public Task<Schedule> PauseAsync(string name, string by, CancellationToken cancellationToken) =>
        SetPausedAsync(name, isPaused: true, by, cancellationToken);

    /// <summary>Lets a schedule go on, from its next time after now.</summary>
    /// <exception cref="UnknownScheduleException">There is none of that name.</exception>
    /// <exception cref="JobRightsException">Whoever asks may not run its job with its arguments.</exception>
    public async Task<Schedule> ResumeAsync(string name, Asker by, CancellationToken cancellationToken)
    {
        var schedule = await GetAsync(name, cancellationToken);
        var job = host.Catalogue.Get(schedule.Job);
        host.Allow(job, ArgumentReader.Of(job.Arguments).FromJson(JsonSerializer.SerializeToElement(schedule.Arguments)), by);
        return await SetPausedAsync(name, isPaused: false, by.Name, cancellationToken);
    }

    /// <summary>The times that come next, in UTC.</summary>
    public IReadOnlyList<DateTime> NextTimes(Schedule schedule, int count)
    {
        var times = CronTimes.Parse(schedule.Cron, schedule.TimeZone, Now);
        var next = new List<DateTime>(count);
        for (var at = times.After(Now); at is { } time && next.Count < count; at = times.After(time))
        {
            next.Add(time);
        }

        return next;
    }

    /// <summary>What became of the last times at which a schedule was due, newest first.</summary>
    public Task<IReadOnlyList<ScheduleFire>> FiresAsync(string name, int limit, CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    "SELECT schedule, fire_at, state, run_id, note FROM job_schedule_fires WHERE schedule = @name ORDER BY fire_at DESC "
                        + $"LIMIT {Math.Clamp(limit, 1, 1000)}",
                    new { name },
                    ScheduleRows.ReadFire,
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>Gives the store the program's own schedules that it has not had yet; one that was removed does not come back.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var schedule in host.Catalogue.Schedules)
        {
            var isNew =
                await host.Queue.WithAsync(
                    connection =>
                        connection.ExecuteAsync(
                            "INSERT INTO job_schedule_seeds (name) VALUES (@Name) ON CONFLICT DO NOTHING",
                            new { schedule.Name },
                            cancellationToken
                        ),
                    cancellationToken
                ) == 1;
            if (isNew && await FindAsync(schedule.Name, cancellationToken) is null)
            {
                await SetAsync(schedule, new Asker("tradepost", AskedHow.Schedule) { Role = AskerRole.Operator }, cancellationToken);
            }
        }
    }

    private async Task<Schedule> SetPausedAsync(string name, bool isPaused, string by, CancellationToken cancellationToken)
    {
        var schedule = await GetAsync(name, cancellationToken);
        var next = isPaused ? null : CronTimes.Parse(schedule.Cron, schedule.TimeZone, Now).After(Now);
        await host.Queue.WithAsync(
            connection =>
                connection.ExecuteAsync(
                    "UPDATE job_schedules SET is_paused = @isPaused, next_at = CAST(@next AS timestamp), changed_by = @by, changed_at = "
                        + "@Now WHERE name = @name",
                    new
                    {
                        name,
                        isPaused,
                        next,
                        by,
                        Now,
                    },
                    cancellationToken
                ),
            cancellationToken
        );
        host.Signals.Schedules.Raise();
        return await GetAsync(name, cancellationToken);
    }

    private NewSchedule Check(NewSchedule schedule, Asker by)
    {
        if (!Name().IsMatch(schedule.Name))
        {
            throw new WrongArgumentException(
                "name",
                $"name is \"{schedule.Name}\"; it must be 1 to 100 letters, digits, dots, hyphens or underscores."
            );
        }

        var job = host.Catalogue.Get(schedule.Job);
        var arguments = ArgumentReader.Of(job.Arguments);
        var value = host.Allow(job, arguments.FromJson(JsonSerializer.SerializeToElement(schedule.Arguments)), by);
        CronTimes.Parse(schedule.Cron, schedule.TimeZone, Now);
        return schedule with { Arguments = arguments.ToJson(value) };
    }

    private Task<int> SaveAsync(DbConnection connection, NewSchedule schedule, Asker by, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            """
            INSERT INTO job_schedules (name, job, arguments, cron, time_zone, misfire, overlap, is_paused, next_at, changed_by,
              changed_at, set_as)
            VALUES (@Name, @Job, CAST(@Arguments AS json), @Cron, @TimeZone, @Misfire, @Overlap, @IsPaused, CAST(@NextAt AS timestamp),
              @By, @Now, @SetAs)
            ON CONFLICT (name) DO UPDATE
              SET job = excluded.job, arguments = excluded.arguments, cron = excluded.cron, time_zone = excluded.time_zone,
                misfire = excluded.misfire, overlap = excluded.overlap, is_paused = excluded.is_paused, next_at = excluded.next_at,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at, set_as = excluded.set_as
            """,
            new
            {
                schedule.Name,
                schedule.Job,
                Arguments = schedule.Arguments.ToJsonString(ResultJson.Options),
                schedule.Cron,
                schedule.TimeZone,
                Misfire = schedule.Misfire.ToString(),
                Overlap = schedule.Overlap.ToString(),
                schedule.IsPaused,
                NextAt = schedule.IsPaused ? null : CronTimes.Parse(schedule.Cron, schedule.TimeZone, Now).After(Now),
                By = by.Name,
                SetAs = Spelling.Snake(by.Role.ToString()),
                Now,
            },
            cancellationToken
        );

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
