using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Jobs.Workers;

/// <summary>Runs, for whoever starts, follows and stops them.</summary>
public sealed class RunService
{
    private const int LinesAtOnce = 1000;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly JobHost host;

    internal RunService(JobHost host) => this.host = host;

    /// <summary>Puts a run into the queue, for a worker to execute.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="arguments">A JSON object, checked against the job's arguments.</param>
    /// <param name="idempotencyKey">A second call with the same key, job and arguments gives the run of the first.</param>
    /// <exception cref="UnknownJobException">There is no such job.</exception>
    /// <exception cref="WrongArgumentException">An argument is not known or not allowed.</exception>
    /// <exception cref="Rights.JobRightsException">Whoever asks may not run the job, or not with these arguments.</exception>
    /// <exception cref="ActiveRunException">A run that excludes this one is waiting or running.</exception>
    /// <exception cref="IdempotencyConflictException">The key was used for something else.</exception>
    public Task<Run> StartAsync(
        string job,
        JsonElement arguments,
        Asker asker,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) => StartAsync(job, arguments, asker, idempotencyKey, timeout: null, cancellationToken);

    /// <inheritdoc cref="StartAsync(string, JsonElement, Asker, string?, CancellationToken)" />
    /// <param name="timeout">After this it is stopped; null for the job's own limit.</param>
    public Task<Run> StartAsync(
        string job,
        JsonElement arguments,
        Asker asker,
        string? idempotencyKey,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    )
    {
        var definition = host.Catalogue.Get(job);
        return StartAsync(
            timeout is { } limit ? definition with { Timeout = limit } : definition,
            host.Allow(definition, ArgumentReader.Of(definition.Arguments).FromJson(arguments), asker),
            asker,
            idempotencyKey,
            cancellationToken
        );
    }

    /// <inheritdoc cref="StartAsync(string, JsonElement, Asker, string?, CancellationToken)" />
    public async Task<Run> StartAsync(
        JobDefinition job,
        object arguments,
        Asker asker,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        arguments = host.Root(job, arguments, asker);
        var run = New(job, arguments, ArgumentReader.Of(job.Arguments).ToJson(arguments), asker) with { IdempotencyKey = idempotencyKey };
        return (await AddAsync(run, cancellationToken)).Run;
    }

    /// <summary>
    /// Executes a run in this process, now, with the same record as any other; returns what the job returns and throws what it
    /// throws. It has one attempt: who asked is there to decide about another. Of a job that failed once it had published, which has
    /// succeeded, it returns the run.
    /// </summary>
    /// <exception cref="ActiveRunException">A run that excludes this one is waiting or running.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, here or elsewhere.</exception>
    public async Task<object> RunHereAsync(
        JobDefinition job,
        object arguments,
        Asker asker,
        ILogger? logger,
        IProgress<JobProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        arguments = host.Root(job, arguments, asker);
        var claim = await ClaimHereAsync(
            job,
            arguments,
            ArgumentReader.Of(job.Arguments).ToJson(arguments),
            asker,
            parent: null,
            host.Here.Name,
            cancellationToken
        );
        var ending = await host.Here.ExecuteAsync(claim, logger, progress, cancellationToken);
        if (ending.State == RunState.Succeeded)
        {
            return ending.Value ?? await GetAsync(claim.Run.Id, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        switch (ending.Reason)
        {
            case StopReason.TimedOut:
                throw new JobFailedException(
                    $"{job.Name} was stopped after its time limit of {Durations.Show(job.Timeout)} (run {claim.Run.Id}).",
                    1,
                    ending.Thrown
                );
            case StopReason.Cancelled:
                throw new JobFailedException($"{job.Name} was cancelled by somebody else (run {claim.Run.Id}).", 1, ending.Thrown);
            default:
                ExceptionDispatchInfo.Throw(ending.Thrown ?? new LostRunException(claim.Run.Id));
                return ending;
        }
    }

    public Task<Run?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            async connection =>
                (
                    await connection.ReadAsync(
                        $"SELECT {RunRows.Columns} FROM job_runs WHERE id = @id",
                        new { id },
                        RunRows.Read,
                        cancellationToken
                    )
                ).SingleOrDefault(),
            cancellationToken
        );

    /// <summary>The run with this id.</summary>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    public async Task<Run> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new UnknownRunException(id);

    /// <summary>Runs, newest first, a page at a time.</summary>
    public async Task<RunPage> ListAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(filter.Limit, 1, RunFilter.MostItems);
        string[] conditions =
        [
            "1 = 1",
            .. filter.Job is null ? [] : (string[])["job = @Job"],
            .. filter.State is null ? [] : (string[])["state = @State"],
            .. filter.ParentId is null ? [] : (string[])["parent_id = @ParentId"],
            .. filter.Before is null ? [] : (string[])["id < @Before"],
        ];
        var values = new Dictionary<string, object?>
        {
            ["Job"] = filter.Job,
            ["State"] = filter.State is { } state ? RunRows.Name(state) : null,
            ["ParentId"] = filter.ParentId,
            ["Before"] = filter.Before,
        };
        var sql = $"SELECT {RunRows.Columns} FROM job_runs WHERE {string.Join(" AND ", conditions)} ORDER BY id DESC LIMIT {limit + 1}";
        var rows = await host.Queue.WithAsync(
            connection => connection.ReadAsync(sql, values.Where(pair => pair.Value is not null), RunRows.Read, cancellationToken),
            cancellationToken
        );
        return rows.Count > limit ? new RunPage([.. rows.Take(limit)], rows[limit - 1].Id) : new RunPage(rows, null);
    }

    /// <summary>The lines of a run's log behind one, 0 for all, at most so many.</summary>
    public Task<IReadOnlyList<RunLogLine>> LogAsync(Guid id, long after, int limit, CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            connection =>
                connection.ReadAsync(
                    "SELECT number, logged_at, level, message FROM job_run_logs WHERE run_id = @id AND number > @after ORDER BY number "
                        + $"LIMIT {Math.Clamp(limit, 1, 10_000)}",
                    new { id, after },
                    row => new RunLogLine(row.GetInt64(0), row.GetDateTime(1), row.GetString(2), row.GetString(3)),
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>The lines of a run's log behind one, and those that come, until the run has ended.</summary>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    public async IAsyncEnumerable<RunLogLine> FollowAsync(Guid id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var news = host.Signals.News.Next;
            var run = await GetAsync(id, cancellationToken); // read first: after the end no line comes that is not there
            IReadOnlyList<RunLogLine> lines;
            do
            {
                lines = await LogAsync(id, after, LinesAtOnce, cancellationToken);
                foreach (var line in lines)
                {
                    yield return line;
                    after = line.Number;
                }
            } while (lines.Count == LinesAtOnce);
            if (run.IsEnded)
            {
                yield break;
            }

            await news.WaitAtMostAsync(Poll, host.Time, cancellationToken);
        }
    }

    /// <summary>Waits until a run has ended.</summary>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    public async Task<Run> WaitAsync(Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var news = host.Signals.News.Next;
            if (await GetAsync(id, cancellationToken) is { IsEnded: true } run)
            {
                return run;
            }

            await news.WaitAtMostAsync(Poll, host.Time, cancellationToken);
        }
    }

    /// <summary>Ends a run that waits and asks one that runs to stop, which it does within seconds.</summary>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    /// <exception cref="RunStateException">It has ended already.</exception>
    public async Task<Run> CancelAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        if (await host.Queue.CancelAsync(id, by, cancellationToken) is { } cancelled)
        {
            host.Signals.Cancel.Raise();
            host.Signals.News.Raise();
            return cancelled;
        }

        var run = await GetAsync(id, cancellationToken);
        throw new RunStateException(run, $"Run {id} has ended already: it is {RunRows.Name(run.State)}.");
    }

    /// <summary>Starts a new run with the job and arguments of one that did not succeed.</summary>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    /// <exception cref="RunStateException">It has not ended, or it has succeeded.</exception>
    /// <exception cref="ActiveRunException">A run that excludes the new one is waiting or running.</exception>
    /// <exception cref="WrongArgumentException">Its arguments are not allowed to whoever asks.</exception>
    /// <exception cref="Rights.JobRightsException">Whoever asks may not run the job, or not with these arguments.</exception>
    public async Task<Run> RetryAsync(Guid id, Asker by, CancellationToken cancellationToken)
    {
        var run = await GetAsync(id, cancellationToken);
        if (!run.IsEnded || run.State == RunState.Succeeded)
        {
            throw new RunStateException(
                run,
                $"Run {id} is {RunRows.Name(run.State)}; only one that failed, was cancelled or timed out is repeated."
            );
        }

        var job = host.Catalogue.Get(run.Job);
        var schema = ArgumentReader.Of(job.Arguments);
        var arguments = host.Allow(job, schema.FromJson(JsonSerializer.SerializeToElement(run.Arguments)), by);
        var again = New(job, arguments, schema.ToJson(arguments), by with { How = AskedHow.Retry }) with { ParentId = run.Id };
        return (await AddAsync(again, cancellationToken)).Run;
    }

    internal Task<Claim> ClaimHereAsync(
        JobDefinition job,
        object arguments,
        JsonObject shown,
        Asker asker,
        Guid? parent,
        string worker,
        CancellationToken cancellationToken
    ) => AddAsync(New(job, arguments, shown, asker) with { ParentId = parent, Worker = worker, MaxAttempts = 1 }, cancellationToken);

    internal NewRun New(JobDefinition job, object arguments, JsonObject shown, Asker asker) =>
        new()
        {
            Id = Guid.CreateVersion7(host.Time.GetUtcNow()),
            Job = job,
            Arguments = shown,
            ConcurrencyKey = job.ConcurrencyKey(arguments),
            Asker = asker,
            Interval = job.Interval?.Of(shown),
            MaxAttempts = job.Retry.MaxAttempts,
        };

    private async Task<Claim> AddAsync(NewRun run, CancellationToken cancellationToken)
    {
        var (claim, isNew) = await host.Queue.AddAsync(run, cancellationToken);
        if (!isNew && !IsSame(run, claim.Run) && claim.Run.State == RunState.Running && await IsSweptAsync(claim.Run.Id, cancellationToken))
        {
            (claim, isNew) = await host.Queue.AddAsync(run, cancellationToken); // what was in the way had lost its process
        }

        if (isNew)
        {
            JobsTelemetry.OnQueued(run.Job.Name);
            if (run.Worker is null)
            {
                host.Signals.Work.Raise();
            }

            return claim;
        }

        return IsSame(run, claim.Run) ? claim : throw Conflict(run, claim.Run);
    }

    /// <summary>
    /// Takes runs away from processes that are gone. One that seems to be gone is watched until it is certain, at most for a lease's
    /// length.
    /// </summary>
    private async Task<bool> IsSweptAsync(Guid inTheWay, CancellationToken cancellationToken)
    {
        while ((await host.Queue.SweepAsync(cancellationToken)).Count == 0)
        {
            if (!await host.Queue.IsOverdueAsync(inTheWay, cancellationToken))
            {
                return false;
            }

            await Task.Delay(host.Options.Heartbeat, host.Time, cancellationToken);
        }

        return true;
    }

    private static bool IsSame(NewRun run, Run existing) =>
        run.IdempotencyKey is not null
        && existing.IdempotencyKey == run.IdempotencyKey
        && existing.Job == run.Job.Name
        && JsonNode.DeepEquals(existing.Arguments, run.Arguments);

    private Exception Conflict(NewRun run, Run existing)
    {
        if (run.IdempotencyKey is { } key && existing.IdempotencyKey == key)
        {
            return new IdempotencyConflictException(key, existing);
        }

        var age = host.Time.GetUtcNow().UtcDateTime - (existing.StartedAt ?? existing.QueuedAt);
        return new ActiveRunException(run.Job.Name, existing, age > TimeSpan.Zero ? age : TimeSpan.Zero);
    }
}
