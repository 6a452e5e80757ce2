using System.Collections.Concurrent;
using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Jobs.Queue;

/// <summary>
/// The queue in the embedded store, which one process has: writers take turns, so that no two transactions meet at a row, and
/// a run of another process is a run of one that is gone.
/// </summary>
internal sealed class DuckDbQueue(Store store, TimeProvider time, JobHostOptions options) : RunQueue(store, options)
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim gate = Gates.GetOrAdd(store.Description, _ => new SemaphoreSlim(1));

    protected override string Now => $"TIMESTAMP '{time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff")}'";

    public override string SkipLocked => "";

    public override Task<(Claim Run, bool IsNew)> AddAsync(NewRun run, CancellationToken cancellationToken) =>
        InTransactionAsync(
            isNeeded: true,
            async connection =>
                await FindTakenAsync(connection, run, cancellationToken) is { } taken
                    ? (taken, false)
                    : (
                        await InsertAsync(connection, run, "", cancellationToken)
                            ?? throw new InvalidOperationException($"The run {run.Id} was not written."),
                        true
                    ),
            cancellationToken
        );

    public override async Task<T> WithAsync<T>(Func<DbConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await Store.OpenAsync(cancellationToken);
            return await action(connection);
        }
        finally
        {
            gate.Release();
        }
    }

    public override Task<IReadOnlyList<LeaseState>> RenewAsync(string worker, CancellationToken cancellationToken) =>
        WithAsync(
            connection =>
                connection.ReadAsync(
                    "SELECT id, fence, cancel_asked_at IS NOT NULL FROM job_runs WHERE state = 'running' AND worker = @worker",
                    new { worker },
                    row => new LeaseState(row.GetGuid(0), row.GetInt64(1), row.GetBoolean(2)),
                    cancellationToken
                ),
            cancellationToken
        );

    // The publishing transaction sees an older snapshot; this asks for the present.
    public override Task<bool?> FenceAsync(DbConnection connection, Guid id, long fence, CancellationToken cancellationToken) =>
        WithAsync(
            present =>
                present.ScalarAsync<bool?>(
                    "SELECT cancel_asked_at IS NOT NULL FROM job_runs WHERE id = @id AND fence = @fence AND state = 'running'",
                    new { id, fence },
                    cancellationToken
                ),
            cancellationToken
        );

    // No lease: whoever is gone is known to be.
    public override Task<bool> IsOverdueAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(false);

    protected override Task<T> InTransactionAsync<T>(
        bool isNeeded,
        Func<DbConnection, Task<T>> action,
        CancellationToken cancellationToken
    ) =>
        WithAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await action(connection);
                await transaction.CommitAsync(cancellationToken);
                return result;
            },
            cancellationToken
        );

    protected override Task<(string Condition, object? Parameters)> OrphansAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<(string, object?)>(
            ("NOT starts_with(coalesce(worker, ''), @process)", new { process = ProcessIdentity.Process + "|" })
        );
}
