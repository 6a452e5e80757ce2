using System.Data.Common;
using System.IO.Compression;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Backups;

/// <summary>Keeps the rows as Parquet, all read in one snapshot; restores into a new file that then takes the store's place.</summary>
internal sealed class DuckDbBackup(EmbeddedTarget target, IReadOnlyList<MigrationSet> sets, TimeProvider time) : StoreBackup(sets, time)
{
    private protected override Dialect Dialect { get; } = new DuckDbDialect();

    private protected override async Task<BackupManifest> BackUpAsync(
        BackupFile file,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(target.Path))
        {
            throw new BackupException($"There is no store {target.Path}, so there is nothing to back up.");
        }

        var folder = Directory.CreateDirectory(target.Path + ".backup").FullName;
        try
        {
            await using var store = new DuckDbStore(target.Path);
            await using var connection = await store.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var applied = await RequireTablesAsync(connection, target.Description, cancellationToken);
            await using var secrets = await store.Secrets.OpenAsync(cancellationToken);
            var tables = new List<BackupTable>();
            foreach (var name in TablesOf(Sets).Concat(SecretTables))
            {
                step(name);
                var from = IsSecret(name) ? secrets : connection;
                if (await OwnTables.TypedColumnsAsync(from, name, cancellationToken) is { Count: > 0 } columns)
                {
                    tables.Add(await AddAsync(file, from, name, columns, Path.Combine(folder, name), cancellationToken));
                }
            }

            return Manifest(applied, tables);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
        await CheckTargetAsync(options.Force, cancellationToken);
        var folder = Directory.CreateDirectory(target.Path + ".restore").FullName;
        try
        {
            var restored = Path.Combine(folder, Path.GetFileName(target.Path));
            await using (var store = new DuckDbStore(restored))
            {
                step("creating the tables");
                await new Migrator(store, sets, Time).MigrateAsync(cancellationToken);
                await using var connection = await store.OpenAsync(cancellationToken);
                await using var secrets = await store.Secrets.OpenAsync(cancellationToken);
                var tables = Restored(manifest, options);
                await LoadAsync(file, [.. tables.Where(table => !IsSecret(table.Name))], connection, folder, step, cancellationToken);
                await LoadAsync(file, [.. tables.Where(table => IsSecret(table.Name))], secrets, folder, step, cancellationToken);
            }

            await using var old = new DuckDbStore(target.Path);
            await using var made = new DuckDbStore(restored);
            DuckDbStore.Replace(made.SecretsPath, old.SecretsPath);
            DuckDbStore.Replace(restored, target.Path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BackupTable> AddAsync(
        BackupFile file,
        DbConnection connection,
        string name,
        IReadOnlyList<(string Name, string Type)> columns,
        string path,
        CancellationToken cancellationToken
    )
    {
        var (rows, checksum) = await SumAsync(connection, name, columns, cancellationToken);
        var values = string.Join(
            ", ",
            columns.Select(column =>
                FitsParquet(column.Type) ? Sql.Name(column.Name) : $"CAST({Sql.Name(column.Name)} AS VARCHAR) AS {Sql.Name(column.Name)}"
            )
        );
        await connection.ExecuteAsync(
            $"COPY (SELECT {values} FROM {Sql.Table(name)}) TO {Sql.Literal(path)} (FORMAT PARQUET, COMPRESSION ZSTD)",
            parameters: null,
            cancellationToken
        );
        var hash = await file.AddAsync(
            name,
            CompressionLevel.NoCompression, // Parquet is compressed already
            async entry =>
            {
                await using var parquet = File.OpenRead(path);
                await parquet.CopyToAsync(entry, cancellationToken);
            },
            cancellationToken
        );
        File.Delete(path);
        return new BackupTable(name, [.. columns.Select(column => column.Name)], rows, checksum, hash);
    }

    private static async Task LoadAsync(
        BackupFile file,
        IReadOnlyList<BackupTable> tables,
        DbConnection connection,
        string folder,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in tables.Reverse())
        {
            // Committed before the load: within one transaction, DuckDB takes a deleted key for one that is still there.
            await connection.ExecuteAsync($"DELETE FROM {Sql.Table(table.Name)}", parameters: null, cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var table in tables)
        {
            step(table.Name);
            var path = Path.Combine(folder, "rows.parquet");
            await using (var entry = await file.OpenTableAsync(table.Name, cancellationToken))
            await using (var parquet = File.Create(path))
            {
                await entry.CopyToAsync(parquet, cancellationToken);
            }

            var types = (await OwnTables.TypedColumnsAsync(connection, table.Name, cancellationToken)).ToDictionary(
                column => column.Name,
                column => column.Type
            );
            var columns = table
                .Columns.Select(column =>
                    (
                        Name: column,
                        Type: types.GetValueOrDefault(column)
                            ?? throw new BackupException($"Table {table.Name} has no column {column} here; nothing was restored.")
                    )
                )
                .ToList();
            await connection.ExecuteAsync(
                $"INSERT INTO {Sql.Table(table.Name)} ({Sql.Names(table.Columns)}) SELECT "
                    + $"{string.Join(", ", columns.Select(column => $"CAST({Sql.Name(column.Name)} AS {column.Type})"))} FROM "
                    + $"read_parquet({Sql.Literal(path)})",
                parameters: null,
                cancellationToken
            );
            var (rows, checksum) = await SumAsync(connection, table.Name, columns, cancellationToken);
            RequireEqual(table, rows, checksum);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    // The columns as JSON texts, so that an empty text and no text are told apart, each row hashed, the hashes summed.
    private static async Task<(long Rows, string Checksum)> SumAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<(string Name, string Type)> columns,
        CancellationToken cancellationToken
    )
    {
        var values = string.Join(", ", columns.Select(column => $"CAST({Sql.Name(column.Name)} AS VARCHAR)"));
        var lanes = string.Join(
            ", ",
            Enumerable
                .Range(0, 4)
                .Select(lane =>
                    $"coalesce(sum(CAST(CAST('0x' || substr(h, {(16 * lane) + 1}, 16) AS UBIGINT) AS HUGEINT)), 0)::VARCHAR AS lane{lane}"
                )
        );
        var sums = await connection.QueryAsync<(long Rows, string Lane0, string Lane1, string Lane2, string Lane3)>(
            $"SELECT count(*), {lanes} FROM (SELECT sha256(CAST(json_array({values}) AS VARCHAR)) AS h FROM {Sql.Table(table)})",
            parameters: null,
            cancellationToken
        );
        var sum = sums[0];
        return (sum.Rows, RowSum.Of(sum.Rows, [sum.Lane0, sum.Lane1, sum.Lane2, sum.Lane3]));
    }

    // Parquet has no integer wider than 64 bits: DuckDB would write such a column as a rounded number.
    private static bool FitsParquet(string type) => type is not ("HUGEINT" or "UHUGEINT" or "BIGNUM" or "BIT");

    private async Task CheckTargetAsync(bool force, CancellationToken cancellationToken)
    {
        if (File.Exists(target.Path))
        {
            // Opened even when it may be replaced: another process that uses it must be found out.
            await using var store = new DuckDbStore(target.Path);
            await using var connection = await store.OpenAsync(cancellationToken);
            await using var secrets = await store.Secrets.OpenAsync(cancellationToken);
            await RequireEmptyAsync(connection, secrets, target.Description, force, cancellationToken);
        }
    }
}
