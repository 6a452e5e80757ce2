using System.Data.Common;

namespace Tradepost.Storage.Migrations;

/// <summary>
/// Brings a store's tables up to date: each migration once, in order, under a lock that one process holds at a time, and in
/// a transaction of its own. What was applied is kept with its checksum; a file that differs from it is refused.
/// </summary>
public sealed class Migrator(Store store, IReadOnlyList<MigrationSet> sets, TimeProvider time)
{
    private const string LockName = "migrations";

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to wait while another process migrates the same store.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Applies what is pending and returns it.</summary>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var held = await LockAsync(cancellationToken);
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        var pending = Plan(await SchemaHistory.ReadAsync(connection, cancellationToken));
        if (pending.Count > 0)
        {
            await SchemaHistory.CreateAsync(connection, cancellationToken);
        }

        await RestoreSecretsAsync(pending, cancellationToken);
        foreach (var migration in pending)
        {
            await (
                SecretsOf(migration) is { } secrets
                    ? ApplyApartAsync(connection, migration, secrets, cancellationToken)
                    : ApplyAsync(connection, migration, cancellationToken)
            );
        }

        return pending;
    }

    // A store whose file of secrets was lost has nobody to sign in, and says so; its data is served all the same.
    private async Task RestoreSecretsAsync(IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
    {
        if (store is not DuckDbStore embedded || embedded.Secrets == store || File.Exists(embedded.SecretsPath))
        {
            return;
        }

        var applied = sets.SelectMany(set => set.ForSecrets)
            .Where(secrets => pending.All(migration => (migration.Owner, migration.Number) != (secrets.Owner, secrets.Number)));
        foreach (var secrets in applied)
        {
            await SecretsMove.CreateAsync(store, secrets, cancellationToken);
        }
    }

    private Migration? SecretsOf(Migration migration) =>
        store.Secrets == store
            ? null
            : sets.SelectMany(set => set.ForSecrets)
                .FirstOrDefault(secrets => (secrets.Owner, secrets.Number) == (migration.Owner, migration.Number));

    private async Task ApplyApartAsync(DbConnection connection, Migration migration, Migration secrets, CancellationToken cancellationToken)
    {
        await SecretsMove.RunAsync(store, connection, secrets, cancellationToken);
        await ApplyAsync(connection, migration, cancellationToken);
        await connection.ExecuteAsync("CHECKPOINT", parameters: null, cancellationToken); // what was moved leaves the file, and its log
    }

    /// <summary>What <see cref="MigrateAsync"/> would apply; it refuses what that would refuse and changes nothing.</summary>
    public async Task<IReadOnlyList<Migration>> PlanAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        return Plan(await SchemaHistory.ReadAsync(connection, cancellationToken));
    }

    /// <summary>Every migration that has a file or was applied, by owner and number.</summary>
    public async Task<IReadOnlyList<MigrationStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        return await StatusAsync(connection, cancellationToken);
    }

    /// <summary>The same on a connection that is open.</summary>
    public async Task<IReadOnlyList<MigrationStatus>> StatusAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Compare(await SchemaHistory.ReadAsync(connection, cancellationToken));

    private List<Migration> Plan(IReadOnlyList<AppliedMigration> applied)
    {
        var statuses = Compare(applied);
        if (statuses.FirstOrDefault(s => s.State is not (MigrationState.Applied or MigrationState.Pending)) is { } bad)
        {
            throw new MigrationException(Refusal(bad));
        }

        var pending = statuses.Where(s => s.State == MigrationState.Pending).Select(s => (s.Owner, s.Number)).ToHashSet();
        return
        [
            .. sets.SelectMany(set => set.For(store.Dialect)).Where(migration => pending.Contains((migration.Owner, migration.Number))),
        ];
    }

    private List<MigrationStatus> Compare(IReadOnlyList<AppliedMigration> applied)
    {
        var statuses = new List<MigrationStatus>();
        foreach (var set in sets)
        {
            var rows = applied.Where(row => row.Owner == set.Owner).ToDictionary(row => row.Number);
            var last = rows.Count == 0 ? 0 : rows.Keys.Max();
            var migrations = set.For(store.Dialect);
            statuses.AddRange(migrations.Select(migration => Compare(migration, rows.GetValueOrDefault(migration.Number), last)));
            statuses.AddRange(
                rows.Values.Where(row => migrations.All(migration => migration.Number != row.Number))
                    .Select(row => new MigrationStatus(row.Owner, row.Number, row.Name, MigrationState.Missing, row.AppliedAt, row.Seconds))
            );
        }

        return statuses;
    }

    private static MigrationStatus Compare(Migration migration, AppliedMigration? row, int last)
    {
        var state = row switch
        {
            null => migration.Number < last ? MigrationState.OutOfOrder : MigrationState.Pending,
            { AppliedAt: null } => MigrationState.HalfApplied,
            _ => row.Checksum == migration.Checksum ? MigrationState.Applied : MigrationState.Changed,
        };
        return new MigrationStatus(migration.Owner, migration.Number, migration.Name, state, row?.AppliedAt, row?.Seconds);
    }

    private string Refusal(MigrationStatus status)
    {
        var name = $"{status.Owner} {status.Number:000}_{status.Name}";
        var where = $"owner = '{status.Owner}' AND number = {status.Number}";
        return status.State switch
        {
            MigrationState.Changed =>
                $"{name} was changed after it was applied to {store.Description}; put the file back as it was and make the change in a "
                    + "new migration.",
            MigrationState.Missing =>
                $"{name} was applied to {store.Description} and its file is gone; this program is older than the store: use the version "
                    + "that made it, or a newer one.",
            MigrationState.OutOfOrder =>
                $"{name} has a lower number than one that is already applied to {store.Description}; give it the next free number.",
            _ => $"{name} was started on {store.Description} outside a transaction and did not finish; undo by hand what it did and run "
                + $"DELETE FROM schema_history WHERE {where}, or complete it by hand and run UPDATE schema_history SET applied_at = "
                + $"now(), seconds = 0 WHERE {where}, then migrate again.",
        };
    }

    private async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            await (
                migration.NeedsNoTransaction
                    ? ApplyOutsideTransactionAsync(connection, migration, cancellationToken)
                    : ApplyInTransactionAsync(connection, migration, cancellationToken)
            );
        }
        catch (DbException e)
        {
            var remains = migration.NeedsNoTransaction
                ? "it runs outside a transaction, so a part of it may have been applied"
                : "nothing of it was applied";
            throw new MigrationException($"{migration} failed on {store.Description}, {remains}: {e.Message}", e);
        }
    }

    private async Task ApplyInTransactionAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SchemaHistory.ExecuteAsync(connection, transaction, migration.Sql, [], cancellationToken);
        await SchemaHistory.AddAsync(connection, transaction, migration, Now(), Seconds(started), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task ApplyOutsideTransactionAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await SchemaHistory.AddAsync(connection, null, migration, appliedAt: null, seconds: null, cancellationToken);
        foreach (var statement in SqlStatements.Split(migration.Sql))
        {
            // One at a time: several statements sent together are one transaction again.
            await SchemaHistory.ExecuteAsync(connection, null, statement, [], cancellationToken);
        }

        await SchemaHistory.FinishAsync(connection, migration, Now(), Seconds(started), cancellationToken);
    }

    // Asking again and again instead of waiting for the lock: CREATE INDEX CONCURRENTLY waits for every waiting session.
    private async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await store.TryLockAsync(LockName, cancellationToken) is { } held)
            {
                return held;
            }

            if (time.GetElapsedTime(started) >= LockTimeout)
            {
                throw new MigrationException(
                    $"Another process has been migrating {store.Description} for {LockTimeout.TotalSeconds:0} seconds; wait until it is "
                        + "done, or end it, and try again."
                );
            }

            await Task.Delay(LockPause, time, cancellationToken);
        }
    }

    private DateTime Now() => time.UtcMoment();

    private double Seconds(long started) => time.GetElapsedTime(started).TotalSeconds;
}
