using System.Data.Common;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Backups;

/// <summary>
/// Backs a store up into one file and restores it: every table of the migrations, in one consistent snapshot, with checksums
/// that the restored rows must have.
/// </summary>
public abstract class StoreBackup
{
    private protected StoreBackup(IReadOnlyList<MigrationSet> sets, TimeProvider time)
    {
        Sets = sets;
        Time = time;
    }

    private protected IReadOnlyList<MigrationSet> Sets { get; }

    private protected TimeProvider Time { get; }

    private protected IEnumerable<string> SecretTables =>
        Sets.SelectMany(set => set.SecretsInBackups).Select(table => $"{PrivateSchema.Name}.{table}");

    private protected abstract Dialect Dialect { get; }

    public static StoreBackup Of(StoreTarget target, IReadOnlyList<MigrationSet> sets, TimeProvider time) =>
        target switch
        {
            EmbeddedTarget embedded => new DuckDbBackup(embedded, sets, time),
            PostgresTarget postgres => new PostgresBackup(postgres, sets, time),
            _ => throw new NotSupportedException($"{target} cannot be backed up."),
        };

    /// <summary>Writes a backup; <paramref name="step"/> is told what is being done.</summary>
    /// <exception cref="BackupException">The file exists, or the store holds no tables of Tradepost.</exception>
    public async Task<BackupManifest> BackUpAsync(string path, Action<string> step, CancellationToken cancellationToken)
    {
        BackupManifest? manifest = null;
        await BackupFile.WriteAsync(
            Path.GetFullPath(path),
            async file => manifest = await BackUpAsync(file, step, cancellationToken),
            cancellationToken
        );
        return manifest!;
    }

    /// <summary>Puts a backup's rows into the store, in place of what it holds when <paramref name="force"/> allows that.</summary>
    /// <exception cref="BackupException">The file is damaged or does not fit, the store holds rows, or what arrived differs; the store is
    /// as it was.</exception>
    public Task<BackupManifest> RestoreAsync(string path, bool force, Action<string> step, CancellationToken cancellationToken) =>
        RestoreAsync(path, new RestoreOptions { Force = force }, step, cancellationToken);

    /// <inheritdoc cref="RestoreAsync(string, bool, Action{string}, CancellationToken)"/>
    public async Task<BackupManifest> RestoreAsync(
        string path,
        RestoreOptions options,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        step("checking the backup");
        var (file, manifest) = await BackupFile.OpenAsync(Path.GetFullPath(path), cancellationToken);
        using (file)
        {
            if (manifest.Store != Dialect.Name)
            {
                throw new BackupException(
                    $"{path} is a backup of a {manifest.Store} store, and the settings name a {Dialect.Name} store; restore it where "
                        + "they name one of its kind."
                );
            }

            await RestoreAsync(file, manifest, ChosenMigrations(path, manifest), options, step, cancellationToken);
            return manifest;
        }
    }

    private protected abstract Task<BackupManifest> BackUpAsync(BackupFile file, Action<string> step, CancellationToken cancellationToken);

    private protected abstract Task RestoreAsync(
        BackupFile file,
        BackupManifest manifest,
        IReadOnlyList<MigrationSet> sets,
        RestoreOptions options,
        Action<string> step,
        CancellationToken cancellationToken
    );

    private protected IReadOnlyList<string> TablesOf(IEnumerable<MigrationSet> sets) =>
        OwnTables.Of(sets.SelectMany(set => set.For(Dialect)));

    /// <summary>The tables of a backup that are restored: not what somebody was signed in with.</summary>
    private protected IReadOnlyList<BackupTable> Restored(BackupManifest manifest, RestoreOptions options) =>
        [
            .. manifest.Tables.Where(table =>
                !Sets.Any(set => set.NotRestored.Contains(table.Name)) && !options.Without.Contains(table.Name)
            ),
        ];

    private protected static bool IsSecret(string table) => table.StartsWith($"{PrivateSchema.Name}.", StringComparison.Ordinal);

    private protected BackupManifest Manifest(IReadOnlyList<AppliedMigration> applied, IReadOnlyList<BackupTable> tables) =>
        new(
            BackupManifest.CurrentFormat,
            Dialect.Name,
            Time.GetUtcNow().UtcDateTime,
            [.. applied.Select(migration => new BackupMigration(migration.Owner, migration.Number, migration.Name, migration.Checksum))],
            tables
        );

    private protected async Task<IReadOnlyList<AppliedMigration>> RequireTablesAsync(
        DbConnection connection,
        string store,
        CancellationToken cancellationToken
    )
    {
        var applied = await SchemaHistory.ReadAsync(connection, cancellationToken);
        if (applied.Count == 0)
        {
            throw new BackupException($"{store} holds no tables of Tradepost, so there is nothing to back up.");
        }

        var known = Sets.SelectMany(set => set.For(Dialect)).Select(migration => (migration.Owner, migration.Number)).ToHashSet();
        return applied.FirstOrDefault(migration => !known.Contains((migration.Owner, migration.Number))) is { } unknown
            ? throw new BackupException(
                $"{store} has tables of a newer version ({unknown.Owner} {unknown.Number:000}_{unknown.Name}); back it up with that "
                    + "version."
            )
            : applied;
    }

    /// <summary>Refuses a store that holds more than a new one, unless it may be replaced.</summary>
    private protected async Task RequireEmptyAsync(
        DbConnection connection,
        DbConnection secrets,
        string store,
        bool force,
        CancellationToken cancellationToken
    )
    {
        if (force)
        {
            return;
        }

        var counts = await OwnTables.CountAsync(connection, TablesOf(Sets).Where(table => table != OwnTables.History), cancellationToken);
        foreach (var (table, count) in await OwnTables.CountAsync(secrets, SecretTables, cancellationToken))
        {
            counts[table] = count;
        }

        var fresh = counts.Values.Any(count => count > 0) ? await CountFreshAsync(cancellationToken) : [];
        var filled = counts
            .Where(table => table.Value > fresh.GetValueOrDefault(table.Key))
            .Select(table => $"{table.Key} {table.Value:N0}")
            .ToList();
        if (filled.Count > 0)
        {
            throw new BackupException(
                $"{store} holds rows already ({string.Join(", ", filled.Take(3))}{(filled.Count > 3 ? ", …" : "")}); --force replaces them."
            );
        }
    }

    private protected static void RequireEqual(BackupTable table, long rows, string checksum)
    {
        if (rows != table.Rows || checksum != table.Checksum)
        {
            throw new BackupException(
                $"Table {table.Name} came back different: {rows:N0} rows with checksum {checksum[..12]}…, and the backup has "
                    + $"{table.Rows:N0} rows with {table.Checksum[..12]}…; nothing was restored."
            );
        }
    }

    // Migrations put rows into tables as well: what a new store has of them does not count as data.
    private async Task<Dictionary<string, long>> CountFreshAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tradepost-fresh-").FullName;
        try
        {
            await using var store = new DuckDbStore(Path.Combine(folder, "fresh.duckdb"));
            await new Migrator(store, Sets, Time).MigrateAsync(cancellationToken);
            await using var connection = await store.OpenAsync(cancellationToken);
            return await OwnTables.CountAsync(connection, OwnTables.Of(Sets.SelectMany(set => set.For(store.Dialect))), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private List<MigrationSet> ChosenMigrations(string path, BackupManifest manifest)
    {
        var wanted = manifest.SchemaHistory.ToDictionary(migration => (migration.Owner, migration.Number));
        var known = Sets.SelectMany(set => set.For(Dialect)).ToDictionary(migration => (migration.Owner, migration.Number));
        foreach (var migration in manifest.SchemaHistory)
        {
            if (!known.TryGetValue((migration.Owner, migration.Number), out var own) || own.Checksum != migration.Checksum)
            {
                throw new BackupException(
                    $"{path} was made by another version of Tradepost: its {migration.Owner} {migration.Number:000}_{migration.Name} is "
                        + $"{(own is null ? "not known here" : "different here")}; restore it with that version, or a newer one."
                );
            }
        }

        return [.. Sets.Select(set => set.Where(migration => wanted.ContainsKey((migration.Owner, migration.Number))))];
    }
}
