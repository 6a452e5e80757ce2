using System.Buffers;
using System.Data;
using System.IO.Compression;
using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Backups;

/// <summary>Keeps the rows as PostgreSQL's binary COPY gives them, all read in one snapshot and restored in one transaction.</summary>
internal sealed class PostgresBackup(PostgresTarget target, IReadOnlyList<MigrationSet> sets, TimeProvider time) : StoreBackup(sets, time)
{
    private const int PieceSize = 1 << 16;

    private protected override Dialect Dialect { get; } = new PostgresDialect();

    private protected override async Task<BackupManifest> BackUpAsync(BackupFile file, Action<string> step, CancellationToken cancellationToken)
    {
        await using var store = new PostgresStore(target, Time);
        await using var connection = (NpgsqlConnection)await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await connection.ExecuteAsync("SET TRANSACTION READ ONLY", parameters: null, cancellationToken);
        var applied = await RequireTablesAsync(connection, target.Description, cancellationToken);
        var tables = new List<BackupTable>();
        foreach (var name in TablesOf(Sets))
        {
            step(name);
            if (await OwnTables.ColumnsAsync(connection, name, cancellationToken) is { Count: > 0 } columns)
            {
                var rows = new CopyRows();
                var hash = await file.AddAsync(name, CompressionLevel.Fastest, entry => ReadAsync(connection, name, columns, rows, entry, cancellationToken), cancellationToken);
                tables.Add(new BackupTable(name, columns, rows.Sum.Rows, rows.Sum.ToString(), hash));
            }
        }

        return Manifest(applied, tables);
    }

    private protected override async Task RestoreAsync(
        BackupFile file, BackupManifest manifest, IReadOnlyList<MigrationSet> sets, bool force, Action<string> step, CancellationToken cancellationToken)
    {
        await using var store = new PostgresStore(target, Time);
        await using var connection = (NpgsqlConnection)await store.OpenSessionAsync(cancellationToken);
        await RequireEmptyAsync(connection, target.Description, force, cancellationToken);
        var migrations = sets.SelectMany(set => set.For(Dialect)).ToList();
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            step("creating the tables");
            await connection.ExecuteAsync(
                $"DROP TABLE IF EXISTS {Sql.Names(TablesOf(Sets))} CASCADE", parameters: null, cancellationToken);
            await SchemaHistory.CreateAsync(connection, cancellationToken);
            foreach (var migration in migrations.Where(migration => !migration.NeedsNoTransaction))
            {
                await SchemaHistory.ExecuteAsync(connection, transaction, migration.Sql, [], cancellationToken);
            }

            await connection.ExecuteAsync($"TRUNCATE {Sql.Names(manifest.Tables.Select(table => table.Name))}", parameters: null, cancellationToken);
            foreach (var table in manifest.Tables)
            {
                step(table.Name);
                await WriteAsync(connection, file, table, cancellationToken);
                var rows = new CopyRows();
                await ReadAsync(connection, table.Name, table.Columns, rows, Stream.Null, cancellationToken);
                RequireEqual(table, rows.Sum.Rows, rows.Sum.ToString());
            }

            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var statement in migrations.Where(migration => migration.NeedsNoTransaction).SelectMany(migration => SqlStatements.Split(migration.Sql)))
        {
            step("creating indexes");
            await connection.ExecuteAsync(statement, parameters: null, cancellationToken);
        }

        await connection.ExecuteAsync($"ANALYZE {Sql.Names(manifest.Tables.Select(table => table.Name))}", parameters: null, cancellationToken);
    }

    private static async Task ReadAsync(
        NpgsqlConnection connection, string table, IReadOnlyList<string> columns, CopyRows rows, Stream to, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY {Sql.Name(table)} ({Sql.Names(columns)}) TO STDOUT (FORMAT BINARY)", cancellationToken);
        while (await copy.ReadAsync(piece, cancellationToken) is > 0 and var length)
        {
            rows.Read(piece.AsSpan(0, length));
            await to.WriteAsync(piece.AsMemory(0, length), cancellationToken);
        }

        ArrayPool<byte>.Shared.Return(piece);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, BackupFile file, BackupTable table, CancellationToken cancellationToken)
    {
        await using var entry = await file.OpenTableAsync(table.Name, cancellationToken);
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY {Sql.Name(table.Name)} ({Sql.Names(table.Columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        await entry.CopyToAsync(copy, PieceSize, cancellationToken);
    }
}
