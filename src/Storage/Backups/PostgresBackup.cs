using System.Buffers;
using System.Data;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries.Server;
using Tradepost.Storage.Retrying;

namespace Tradepost.Storage.Backups;

/// <summary>Keeps the rows as PostgreSQL's binary COPY gives them, all read in one snapshot and restored in one transaction.</summary>
internal sealed partial class PostgresBackup(PostgresTarget target, IReadOnlyList<MigrationSet> sets, TimeProvider time)
    : StoreBackup(sets, time)
{
    private const int PieceSize = 1 << 16;

    private static readonly RetryPolicy Locking = RetryPolicy.Endless(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)) with
    {
        Jitter = 0.5,
    };

    private protected override Dialect Dialect { get; } = new PostgresDialect();

    private protected override async Task<BackupManifest> BackUpAsync(
        BackupFile file,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        await using var store = new PostgresStore(target, Time);
        await using var connection = (NpgsqlConnection)await store.OpenSessionAsync(cancellationToken);
        await RequireTablesAsync(connection, target.Description, cancellationToken);
        await using var transaction = await BeginReadingAsync(connection, step, cancellationToken);
        var applied = await RequireTablesAsync(connection, target.Description, cancellationToken);
        var tables = new List<BackupTable>();
        foreach (var name in TablesOf(Sets).Concat(SecretTables))
        {
            step(name);
            if (await OwnTables.ColumnsAsync(connection, name, cancellationToken) is { Count: > 0 } columns)
            {
                var rows = new CopyRows();
                var hash = await file.AddAsync(
                    name,
                    CompressionLevel.Fastest,
                    entry => ReadAsync(connection, name, columns, rows, entry, cancellationToken),
                    cancellationToken
                );
                tables.Add(
                    new BackupTable(
                        name,
                        columns,
                        rows.Sum.Rows,
                        rows.Sum.ToString(),
                        hash,
                        await PartitionsAsync(connection, name, cancellationToken)
                    )
                );
            }
        }

        return Manifest(applied, tables);
    }

    /// <summary>
    /// Begins the snapshot with all tables locked. A snapshot alone is not enough: it shows a table that was replaced since, under its
    /// name, without any row. The locks come first, and all at once: whoever holds some and waits for others could make a load wait for
    /// him.
    /// </summary>
    private async Task<NpgsqlTransaction> BeginReadingAsync(
        NpgsqlConnection connection,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        var there = new List<string>();
        foreach (var name in TablesOf(Sets).Concat(SecretTables))
        {
            if ((await OwnTables.ColumnsAsync(connection, name, cancellationToken)).Count > 0)
            {
                there.Add(name);
            }
        }

        return await Locking.RunAsync(
            "backup.lock",
            async token =>
            {
                var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);
                try
                {
                    await connection.ExecuteAsync(
                        $"SET TRANSACTION READ ONLY; LOCK TABLE {Sql.Tables(there)} IN ACCESS SHARE MODE NOWAIT",
                        parameters: null,
                        token
                    );
                    return transaction;
                }
                catch
                {
                    await transaction.DisposeAsync();
                    throw;
                }
            },
            e => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable },
            _ => step("waiting for a load to publish"),
            Time,
            cancellationToken
        );
    }

    private protected override async Task RestoreAsync(
        BackupFile file,
        BackupManifest manifest,
        IReadOnlyList<MigrationSet> sets,
        RestoreOptions options,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        await using var store = new PostgresStore(target, Time);
        await using var connection = (NpgsqlConnection)await store.OpenSessionAsync(cancellationToken);
        await RefuseLiveAsync(connection, cancellationToken);
        await RequireEmptyAsync(connection, connection, target.Description, options.Force, cancellationToken);
        var others = await OthersObjects.OfAsync(
            connection,
            TablesOf(Sets).Concat(OwnTables.Views(Sets.SelectMany(set => set.For(Dialect)))),
            cancellationToken
        );
        if (others.Dependents.Count > 0 && !options.DropsDependents)
        {
            throw new BackupException(
                $"{target.Description} has {string.Join(", ", others.Dependents)}, which would be dropped with the tables that a restore "
                    + "makes anew; --drop-dependents drops them. Nothing was changed."
            );
        }

        var migrations = sets.SelectMany(set => set.For(Dialect)).ToList();
        var tables = Restored(manifest, options);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            step("creating the tables");
            await connection.ExecuteAsync(
                $"DROP TABLE IF EXISTS {Sql.Names(OwnTables.Ever(Sets.SelectMany(set => set.For(Dialect))))} CASCADE",
                parameters: null,
                cancellationToken
            );
            await DropSecretsAsync(connection, cancellationToken);
            await SchemaHistory.CreateAsync(connection, cancellationToken);
            foreach (var migration in migrations.Where(migration => !migration.NeedsNoTransaction))
            {
                await SchemaHistory.ExecuteAsync(connection, transaction, migration.Sql, [], cancellationToken);
            }

            await connection.ExecuteAsync(
                $"TRUNCATE {Sql.Tables(tables.Select(table => table.Name))}",
                parameters: null,
                cancellationToken
            );
            foreach (var table in tables)
            {
                step(table.Name);
                await PartitionAsync(connection, table, cancellationToken);
                await WriteAsync(connection, file, table, cancellationToken);
                await ContinueNumbersAsync(connection, table, cancellationToken);
                var rows = new CopyRows();
                await ReadAsync(connection, table.Name, table.Columns, rows, Stream.Null, cancellationToken);
                RequireEqual(table, rows.Sum.Rows, rows.Sum.ToString());
            }

            await others.GrantAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (
            var statement in migrations
                .Where(migration => migration.NeedsNoTransaction)
                .SelectMany(migration => SqlStatements.Split(migration.Sql))
        )
        {
            step("creating indexes");
            await connection.ExecuteAsync(statement, parameters: null, cancellationToken);
        }

        await others.IndexAsync(connection, cancellationToken);
        await connection.ExecuteAsync($"ANALYZE {Sql.Tables(tables.Select(table => table.Name))}", parameters: null, cancellationToken);
    }

    /// <summary>A server or a worker would go on with what it knew of the tables, and write into those that were restored.</summary>
    private async Task RefuseLiveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var live = await connection.ScalarAsync<long>(
            "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query "
                + "LIKE 'LISTEN tradepost%'",
            parameters: null,
            cancellationToken
        );
        if (live > 0)
        {
            throw new BackupException(
                $"A server or a worker of Tradepost works on {target.Description}; stop {(live == 1 ? "it" : "them")}, restore, and "
                    + $"start {(live == 1 ? "it" : "them")} again."
            );
        }
    }

    // Not the schema itself, which a login with few rights could not make again, nor the login for queries, which is the server's.
    private static async Task DropSecretsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (
            var table in await connection.ReadAsync(
                $"SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = {Sql.Literal(PrivateSchema.Name)} AND tablename <> "
                    + $"{Sql.Literal(QueryLogin.Table)}",
                row => row.GetString(0),
                cancellationToken
            )
        )
        {
            await connection.ExecuteAsync($"DROP TABLE {Sql.Table($"{PrivateSchema.Name}.{table}")}", parameters: null, cancellationToken);
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>?> PartitionsAsync(
        NpgsqlConnection connection,
        string table,
        CancellationToken cancellationToken
    )
    {
        var partitions = await connection.ReadAsync(
            $"""
            SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass({Sql.Literal(Sql.Table(table))}) AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT' ORDER BY 1
            """,
            row => (Name: row.GetString(0), Bounds: row.GetString(1)),
            cancellationToken
        );
        return partitions.Count == 0
            ? null
            : partitions.ToDictionary(partition => partition.Name, partition => partition.Bounds, StringComparer.Ordinal);
    }

    private static async Task PartitionAsync(NpgsqlConnection connection, BackupTable table, CancellationToken cancellationToken)
    {
        foreach (var (name, bounds) in table.Partitions ?? new Dictionary<string, string>())
        {
            // The bounds are SQL from a file: what could be more than bounds is not executed.
            if (!Bounds().IsMatch(bounds))
            {
                throw new BackupException(
                    $"The backup says that {table.Name} has a partition {name} {bounds}, which is no partition's bounds; it is damaged "
                        + "or altered."
                );
            }

            await connection.ExecuteAsync(
                $"CREATE TABLE IF NOT EXISTS {Sql.Name(name)} PARTITION OF {Sql.Table(table.Name)} {bounds}",
                parameters: null,
                cancellationToken
            );
        }
    }

    /// <summary>Columns that number rows by themselves go on behind the greatest number that was restored.</summary>
    private static async Task ContinueNumbersAsync(NpgsqlConnection connection, BackupTable table, CancellationToken cancellationToken)
    {
        foreach (
            var column in await connection.ReadAsync(
                $"""
                SELECT attname FROM pg_attribute WHERE attrelid = to_regclass({Sql.Literal(
                    Sql.Table(table.Name)
                )}) AND attnum > 0 AND NOT attisdropped
                AND pg_get_serial_sequence({Sql.Literal(Sql.Table(table.Name))}, attname) IS NOT NULL
                """,
                row => row.GetString(0),
                cancellationToken
            )
        )
        {
            await connection.ExecuteAsync(
                $"SELECT setval(pg_get_serial_sequence({Sql.Literal(Sql.Table(table.Name))}, {Sql.Literal(column)}), GREATEST(1, "
                    + $"max({Sql.Name(column)}))) FROM {Sql.Table(table.Name)} HAVING max({Sql.Name(column)}) IS NOT NULL",
                parameters: null,
                cancellationToken
            );
        }
    }

    [GeneratedRegex(
        @"^FOR VALUES (FROM \([^();]*\) TO \([^();]*\)|IN \([^();]*\))$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Bounds();

    private static async Task ReadAsync(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<string> columns,
        CopyRows rows,
        Stream to,
        CancellationToken cancellationToken
    )
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY (SELECT {Sql.Names(columns)} FROM {Sql.Table(table)}) TO STDOUT (FORMAT BINARY)",
            cancellationToken
        );
        while (await copy.ReadAsync(piece, cancellationToken) is > 0 and var length)
        {
            rows.Read(piece.AsSpan(0, length));
            await to.WriteAsync(piece.AsMemory(0, length), cancellationToken);
        }

        ArrayPool<byte>.Shared.Return(piece);
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        BackupFile file,
        BackupTable table,
        CancellationToken cancellationToken
    )
    {
        await using var entry = await file.OpenTableAsync(table.Name, cancellationToken);
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY {Sql.Table(table.Name)} ({Sql.Names(table.Columns)}) FROM STDIN (FORMAT BINARY)",
            cancellationToken
        );
        await entry.CopyToAsync(copy, PieceSize, cancellationToken);
    }
}
