using System.Data.Common;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Jobs.Queue;

/// <summary>The queue for any number of processes on any number of machines.</summary>
internal sealed class PostgresQueue(Store store, TimeProvider time, JobHostOptions options) : RunQueue(store, options)
{
    public const string Channel = "tradepost_runs";
    public const string WorkMessage = "work";
    public const string CancelMessage = "cancel";

    private readonly LeaseWatch leases = new(time, options.Lease);

    protected override string Now => "(clock_timestamp() AT TIME ZONE 'UTC')";

    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

    public override Task<(Claim Run, bool IsNew)> AddAsync(NewRun run, CancellationToken cancellationToken) =>
        WithAsync(
            async connection =>
            {
                while (true)
                {
                    if (await InsertAsync(connection, run, "ON CONFLICT DO NOTHING", cancellationToken) is { } added)
                    {
                        await (run.Worker is null ? NotifyAsync(connection, WorkMessage, cancellationToken) : Task.CompletedTask);
                        return (added, true);
                    }

                    // Not there any more: what was in the way ended in between.
                    if (await FindTakenAsync(connection, run, cancellationToken) is { } taken)
                    {
                        return (taken, false);
                    }
                }
            },
            cancellationToken
        );

    public override async Task<Run?> CancelAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        var cancelled = await base.CancelAsync(id, by, cancellationToken);
        if (cancelled is { State: RunState.Running })
        {
            await WithAsync(connection => NotifyAsync(connection, CancelMessage, cancellationToken), cancellationToken);
        }

        return cancelled;
    }

    public override async Task<T> WithAsync<T>(Func<DbConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        await using var connection = await Store.OpenAsync(cancellationToken);
        return await action(connection);
    }

    // A row that the run's own publication has locked is passed over: nobody can take it either until that ends.
    public override Task<IReadOnlyList<LeaseState>> RenewAsync(string worker, CancellationToken cancellationToken) =>
        WithAsync(
            connection =>
                connection.ReadAsync(
                    $"""
                    WITH renewed AS (
                        UPDATE job_runs SET lease_until = {After(Options.Lease)}
                        WHERE id IN (SELECT id FROM job_runs WHERE state = 'running' AND worker = @worker {SkipLocked}))
                    SELECT id, fence, cancel_asked_at IS NOT NULL FROM job_runs WHERE state = 'running' AND worker = @worker
                    """,
                    new { worker },
                    row => new LeaseState(row.GetGuid(0), row.GetInt64(1), row.GetBoolean(2)),
                    cancellationToken
                ),
            cancellationToken
        );

    public override Task<bool?> FenceAsync(DbConnection connection, Guid id, long fence, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool?>(
            "SELECT cancel_asked_at IS NOT NULL FROM job_runs WHERE id = @id AND fence = @fence AND state = 'running' FOR UPDATE",
            new { id, fence },
            cancellationToken
        );

    // A statement of its own: a commit that carries both a notification and rows waits for every other such commit.
    private static Task<int> NotifyAsync(DbConnection connection, string message, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"SELECT pg_notify('{Channel}', '{message}')", null, cancellationToken);

    public override Task<bool> IsOverdueAsync(Guid id, CancellationToken cancellationToken) =>
        WithAsync(
            connection =>
                connection.ScalarAsync<bool>(
                    $"SELECT EXISTS (SELECT 1 FROM job_runs WHERE id = @id AND state = 'running' AND lease_until < {Now})",
                    new { id },
                    cancellationToken
                ),
            cancellationToken
        );

    protected override async Task<T> InTransactionAsync<T>(
        bool isNeeded,
        Func<DbConnection, Task<T>> action,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await Store.OpenAsync(cancellationToken);
        if (!isNeeded)
        {
            return await action(connection);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await action(connection);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    protected override async Task<(string Condition, object? Parameters)> OrphansAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        var running = await connection.ReadAsync(
            "SELECT id, fence, lease_until, coalesce(worker, ''), pg_postmaster_start_time() FROM job_runs WHERE state = 'running'",
            row =>
                (
                    Lease: new HeldLease(row.GetGuid(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetDateTime(2)),
                    Worker: row.GetString(3),
                    Start: row.GetDateTime(4)
                ),
            cancellationToken
        );
        var expired = running.Count == 0 ? [] : leases.FindExpired([.. running.Select(run => run.Lease)], running[0].Start);
        return (
            """
            worker = ANY (@dead)
            OR EXISTS (SELECT 1 FROM unnest(@ids, @fences, @ends) AS expired (id, fence, lease_until)
                WHERE expired.id = job_runs.id AND expired.fence = job_runs.fence AND expired.lease_until IS NOT DISTINCT
                  FROM job_runs.lease_until)
            """,
            new
            {
                dead = running.Select(run => run.Worker).Distinct().Where(ProcessIdentity.IsKnownDead).ToArray(),
                ids = expired.Select(lease => lease.Run).ToArray(),
                fences = expired.Select(lease => lease.Fence).ToArray(),
                ends = expired.Select(lease => lease.Until).ToArray(),
            }
        );
    }
}
