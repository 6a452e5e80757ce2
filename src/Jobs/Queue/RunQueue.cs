using System.Data.Common;
using System.Globalization;
using System.Text;
using Tradepost.Arguments;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Jobs.Queue;

/// <summary>
/// The queue and the records of runs in a store. Whatever a worker writes carries the fence of its claim and counts only while
/// the run still has that fence and is running.
/// </summary>
internal abstract class RunQueue(Store store, JobHostOptions options)
{
    private const int LinesAtOnce = 100;

    protected Store Store { get; } = store;

    protected JobHostOptions Options { get; } = options;

    /// <summary>The present as SQL: the server's clock where several machines share one, so that theirs need not agree.</summary>
    protected abstract string Now { get; }

    /// <summary>Keeps rows that another process is working on out of a selection, and the selected ones for this one.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>What was queued later than now was queued before the clock was put back; it has waited long enough.</summary>
    private string IsDue => $"state = 'queued' AND (due_at <= {Now} OR queued_at > {Now})";

    public static RunQueue Of(Store store, TimeProvider time, JobHostOptions options) =>
        store.Traits.IsShared ? new PostgresQueue(store, time, options) : new DuckDbQueue(store, time, options);

    /// <summary>Writes a run down, unless its idempotency key or its concurrency key is taken; then what has it is returned.</summary>
    public abstract Task<(Claim Run, bool IsNew)> AddAsync(NewRun run, CancellationToken cancellationToken);

    /// <summary>Runs that wait and are due.</summary>
    public Task<long> DepthAsync(CancellationToken cancellationToken) =>
        WithAsync(
            connection => connection.ScalarAsync<long>($"SELECT count(*) FROM job_runs WHERE {IsDue}", null, cancellationToken),
            cancellationToken
        );

    /// <summary>Runs SQL on a connection of the queue's.</summary>
    public abstract Task<T> WithAsync<T>(Func<DbConnection, Task<T>> action, CancellationToken cancellationToken);

    /// <summary>Runs SQL on a connection of the queue's, in one transaction.</summary>
    public Task<T> TransactAsync<T>(Func<DbConnection, Task<T>> action, CancellationToken cancellationToken) =>
        InTransactionAsync(isNeeded: true, action, cancellationToken);

    /// <summary>
    /// Takes up to so many runs of these jobs that are due. Begun, it is not given up: what the store has handed over must be known.
    /// </summary>
    public Task<IReadOnlyList<Claim>> ClaimAsync(string worker, JobCatalogue jobs, int most, CancellationToken cancellationToken) =>
        WithAsync(
            connection =>
                connection.ReadAsync(
                    $"""
                    UPDATE job_runs SET state = 'running', attempt = attempt + 1, fence = fence + 1, worker = @worker, lease_until = {After(
                        Options.Lease
                    )},
                        started_at = coalesce(started_at, {Now}), step = NULL, done = NULL, total = NULL
                    WHERE id IN (SELECT id FROM job_runs WHERE {IsDue} AND job IN ({string.Join(
                        ", ",
                        jobs.All.Select(job => Sql.Literal(job.Name))
                    )}) ORDER BY due_at, id LIMIT {Number(most)} {SkipLocked})
                    RETURNING {RunRows.Columns}
                    """,
                    new { worker },
                    RunRows.ReadClaim,
                    CancellationToken.None
                ),
            cancellationToken
        );

    /// <summary>Renews the leases of a worker and says what the store knows of its runs. What is missing there is lost.</summary>
    public abstract Task<IReadOnlyList<LeaseState>> RenewAsync(string worker, CancellationToken cancellationToken);

    /// <summary>Ends an attempt; false when the run has gone to somebody else.</summary>
    public Task<bool> FinishAsync(RunOutcome outcome, CancellationToken cancellationToken) =>
        InTransactionAsync(
            isNeeded: outcome.News is { Lines.Count: > 0 },
            async connection =>
            {
                if (outcome.News is { Lines.Count: > 0 } news)
                {
                    await AddLinesAsync(connection, news, cancellationToken);
                }

                var isQueued = outcome.State == RunState.Queued;
                return await connection.ExecuteAsync(
                        $"""
                        UPDATE job_runs SET state = @State, result = CAST(@Result AS json), error = @Error, error_kind = @ErrorKind,
                            finished_at = {(isQueued ? "NULL" : Now)}, due_at = {(isQueued ? After(outcome.Pause) : "due_at")},
                            fence = fence + 1, attempt = attempt - {(outcome.IsGivenBack ? 1 : 0)}, lease_until = NULL,
                            step = coalesce(@Step, step), done = coalesce(@Done, done), total = coalesce(@Total, total)
                        WHERE id = @Id AND fence = @Fence AND state = 'running'
                        """,
                        new
                        {
                            State = RunRows.Name(outcome.State),
                            outcome.Result,
                            outcome.Error,
                            outcome.ErrorKind,
                            outcome.Id,
                            outcome.Fence,
                            outcome.News?.Progress?.Step,
                            outcome.News?.Progress?.Done,
                            outcome.News?.Progress?.Total,
                        },
                        cancellationToken
                    ) == 1;
            },
            cancellationToken
        );

    /// <summary>Writes down what running runs have said since.</summary>
    public Task RecordAsync(IReadOnlyList<RunNews> news, CancellationToken cancellationToken) =>
        InTransactionAsync(
            isNeeded: true,
            async connection =>
            {
                foreach (var run in news)
                {
                    if (run.Progress is { } progress)
                    {
                        await connection.ExecuteAsync(
                            "UPDATE job_runs SET step = @Step, done = @Done, total = @Total WHERE id = @Id AND fence = @Fence AND state "
                                + "= 'running'",
                            new
                            {
                                progress.Step,
                                progress.Done,
                                progress.Total,
                                run.Id,
                                run.Fence,
                            },
                            cancellationToken
                        );
                    }

                    await AddLinesAsync(connection, run, cancellationToken);
                }

                return true;
            },
            cancellationToken
        );

    /// <summary>Ends a run that waits, and asks one that runs to stop; null when there is none that does either.</summary>
    public virtual Task<Run?> CancelAsync(Guid id, string by, CancellationToken cancellationToken) =>
        WithAsync(
            async connection =>
                (
                    await connection.ReadAsync(
                        $"""
                        UPDATE job_runs SET cancel_asked_at = coalesce(cancel_asked_at, {Now}),
                        cancel_asked_by = coalesce(cancel_asked_by, @by),
                            finished_at = CASE state WHEN 'queued' THEN {Now} ELSE finished_at END,
                            error = CASE state WHEN 'queued' THEN @error ELSE error END,
                            error_kind = CASE state WHEN 'queued' THEN 'cancelled' ELSE error_kind END,
                            state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END
                        WHERE id = @id AND state IN ('queued', 'running')
                        RETURNING {RunRows.Columns}
                        """,
                        new
                        {
                            id,
                            by,
                            error = $"Cancelled by {by} before it had started.",
                        },
                        RunRows.Read,
                        cancellationToken
                    )
                ).SingleOrDefault(),
            cancellationToken
        );

    /// <summary>
    /// Takes runs away from processes that are gone: those whose work is published have succeeded, those asked to stop are
    /// cancelled, those with attempts left wait again, the others have failed.
    /// </summary>
    public Task<IReadOnlyList<Run>> SweepAsync(CancellationToken cancellationToken) =>
        WithAsync(
            async connection =>
            {
                const string published = "EXISTS (SELECT 1 FROM job_publications p WHERE p.run_id = job_runs.id)";
                var (condition, parameters) = await OrphansAsync(connection, cancellationToken);
                return await connection.ReadAsync(
                    $"""
                    UPDATE job_runs SET
                        state = CASE WHEN {published} THEN 'succeeded' WHEN cancel_asked_at IS NOT NULL THEN 'cancelled'
                          WHEN attempt < max_attempts THEN 'queued' ELSE 'failed' END,
                        error_kind = CASE WHEN {published} THEN NULL WHEN cancel_asked_at IS NOT NULL THEN 'cancelled'
                          ELSE 'interrupted' END,
                        error = 'The process that executed attempt ' || CAST(attempt AS text) || ' ended or was not heard of in time.',
                        finished_at = CASE WHEN NOT {published} AND cancel_asked_at IS NULL AND attempt < max_attempts THEN NULL
                          ELSE {Now} END,
                        due_at = {Now}, fence = fence + 1, lease_until = NULL
                    WHERE id IN (SELECT id FROM job_runs WHERE state = 'running' AND ({condition}) {SkipLocked})
                    RETURNING {RunRows.Columns}
                    """,
                    parameters,
                    RunRows.Read,
                    cancellationToken
                );
            },
            cancellationToken
        );

    /// <summary>Whether a run's lease has run out by the store's clock: unless that has jumped, its process is gone.</summary>
    public abstract Task<bool> IsOverdueAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Locks the run within somebody's transaction if it still has this fence: whether it is to stop; null when it is somebody else's.
    /// </summary>
    public abstract Task<bool?> FenceAsync(DbConnection connection, Guid id, long fence, CancellationToken cancellationToken);

    /// <summary>Notes, within the transaction that publishes a run's work, that it is published.</summary>
    public Task PublishAsync(DbConnection connection, Guid id, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"INSERT INTO job_publications (run_id, published_at) VALUES (@id, {Now})", new { id }, cancellationToken);

    public Task<bool> IsPublishedAsync(Guid id, CancellationToken cancellationToken) =>
        WithAsync(
            connection =>
                connection.ScalarAsync<bool>(
                    "SELECT EXISTS (SELECT 1 FROM job_publications WHERE run_id = @id)",
                    new { id },
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>Runs SQL in one transaction, where one is needed.</summary>
    protected abstract Task<T> InTransactionAsync<T>(
        bool isNeeded,
        Func<DbConnection, Task<T>> action,
        CancellationToken cancellationToken
    );

    /// <summary>Which running runs have nobody any more.</summary>
    protected abstract Task<(string Condition, object? Parameters)> OrphansAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    );

    protected async Task<Claim?> InsertAsync(DbConnection connection, NewRun run, string onConflict, CancellationToken cancellationToken) =>
        (
            await connection.ReadAsync(
                $"""
                INSERT INTO job_runs (id, job, arguments, state, concurrency_key, idempotency_key, parent_id, asked_by, asked_how,
                  asked_as, interval_from, interval_to,
                    queued_at, due_at, started_at, attempt, max_attempts, timeout_seconds, fence, worker, lease_until)
                VALUES (@Id, @Job, CAST(@Arguments AS json), '{(
                    run.Worker is null ? "queued" : "running"
                )}', @ConcurrencyKey, @IdempotencyKey, @ParentId, @AskedBy, @AskedHow, @AskedAs,
                    CAST(@From AS date), CAST(@To AS date), {Now}, {Now}, {(
                    run.Worker is null ? "NULL" : Now
                )}, @Claims, @MaxAttempts, @TimeoutSeconds, @Claims, @Worker,
                    {(run.Worker is null ? "NULL" : After(Options.Lease))})
                {onConflict}
                RETURNING {RunRows.Columns}
                """,
                new
                {
                    run.Id,
                    Job = run.Job.Name,
                    Arguments = run.Arguments.ToJsonString(ResultJson.Options),
                    run.ConcurrencyKey,
                    run.IdempotencyKey,
                    run.ParentId,
                    AskedBy = run.Asker.Name,
                    AskedHow = RunRowsHow(run.Asker.How),
                    AskedAs = Spelling.Snake(run.Asker.Role.ToString()),
                    From = Day(run.Interval?.From),
                    To = Day(run.Interval?.To),
                    run.MaxAttempts,
                    TimeoutSeconds = run.Job.Timeout.TotalSeconds,
                    run.Worker,
                    Claims = run.Worker is null ? 0 : 1,
                },
                RunRows.ReadClaim,
                cancellationToken
            )
        ).SingleOrDefault();

    /// <summary>The run that has this one's keys.</summary>
    protected static async Task<Claim?> FindTakenAsync(DbConnection connection, NewRun run, CancellationToken cancellationToken) =>
        run.IdempotencyKey is null && run.ConcurrencyKey is null
            ? null
            : (
                await connection.ReadAsync(
                    $"""
                    SELECT {RunRows.Columns} FROM job_runs
                    WHERE idempotency_key = @IdempotencyKey OR (concurrency_key = @ConcurrencyKey AND state IN ('queued', 'running'))
                    ORDER BY CASE WHEN idempotency_key = @IdempotencyKey THEN 0 ELSE 1 END LIMIT 1
                    """,
                    new { run.IdempotencyKey, run.ConcurrencyKey },
                    RunRows.ReadClaim,
                    cancellationToken
                )
            ).SingleOrDefault();

    protected string After(TimeSpan time) => $"({Now} + INTERVAL '{Number((long)time.TotalMilliseconds)} milliseconds')";

    private static async Task AddLinesAsync(DbConnection connection, RunNews news, CancellationToken cancellationToken)
    {
        foreach (var lines in news.Lines.Chunk(LinesAtOnce))
        {
            await using var command = connection.CreateCommand();
            var values = new StringBuilder();
            for (var i = 0; i < lines.Length; i++)
            {
                values.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}(@n{i}, @a{i}, @l{i}, @m{i})");
                Add(command, $"n{Number(i)}", lines[i].Number);
                Add(command, $"a{Number(i)}", lines[i].At);
                Add(command, $"l{Number(i)}", lines[i].Level);
                Add(command, $"m{Number(i)}", lines[i].Message);
            }

            Add(command, "id", news.Id);
            Add(command, "fence", news.Fence);
            command.CommandText = $"""
                INSERT INTO job_run_logs (run_id, number, logged_at, level, message)
                SELECT @id, v.number, v.logged_at, v.level, v.message FROM (VALUES {values}) AS v (number, logged_at, level, message)
                WHERE EXISTS (SELECT 1 FROM job_runs r WHERE r.id = @id AND r.fence = @fence AND r.state = 'running')
                """;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static string RunRowsHow(AskedHow how) => Spelling.Snake(how.ToString());

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd");

    private static string Number(long number) => number.ToString();
}
