using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>Puts a landing in the place of what is staged: all of it, or the units that the run read again.</summary>
internal sealed class StagingTable(Store store, DbConnection connection, TableLoad load, double maxDeletes)
{
    private readonly SourceTable table = load.Table;

    private string Staging => Sql.Name(table.Staging);

    private string Landing => Sql.Name(table.Landing);

    private string Scope => load.IsWhole ? "TRUE" : $"s.{Sql.Name(table.Unit)} IN (SELECT unit FROM {Sql.Name(table.Replaced)})";

    /// <summary>Counts what is new or different, and what vanished; stops the run when too much did.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (load.IsWhole && !await connection.ScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {Staging})", null, cancellationToken))
        {
            load.Result.Changed = load.Result.Read;
            return;
        }

        var staged = load.IsWhole ? Staging : Sql.Name(table.Displaced);
        var sameKey = string.Join(" AND ", table.Key.Select(key => $"s.{Sql.Name(key)} = n.{Sql.Name(key)}"));
        (load.Result.Changed, load.Result.Deleted) = (
            await connection.ReadAsync(
                $"""
                SELECT (SELECT count(*) FROM {Landing} n WHERE NOT EXISTS (SELECT 1 FROM {staged} s WHERE {sameKey}
                  AND s.row_hash = n.row_hash)),
                       (SELECT count(*) FROM {staged} s WHERE NOT EXISTS (SELECT 1 FROM {Landing} n WHERE {sameKey}))
                """,
                row => (row.GetInt64(0), row.GetInt64(1)),
                cancellationToken
            )
        )[0];
        if (load.Result.Deleted > 0)
        {
            await FailOnDeletesAsync(cancellationToken);
        }
    }

    private async Task FailOnDeletesAsync(CancellationToken cancellationToken)
    {
        var known = await connection.ScalarAsync<long>($"SELECT count(*) FROM {Staging}", null, cancellationToken);
        if (load.Result.Deleted > known * maxDeletes / 100)
        {
            throw new DataQualityException(
                new Sentence(
                    $"Source {table.Database}: {load.Result.Deleted} of the {known} rows of {table.Name} that the warehouse knows are missing; at most {maxDeletes} % may be. If they were deleted on purpose, run again with a higher {nameof(EtlOptions.MaxDeletes):argument}. Nothing was published."
                )
            );
        }
    }

    public async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        var columns = Sql.Names(table.StagingColumns.Select(c => c.Name));
        if (!load.IsWhole)
        {
            await connection.ExecuteAsync(
                $"DELETE FROM {Staging} s WHERE {Scope}; INSERT INTO {Staging} ({columns}) SELECT {columns} FROM {Landing}",
                null,
                cancellationToken
            );
            return;
        }

        // A new table in its place lacks what others gave the old one: such a table stays and its contents are exchanged. The migrations'
        // indexes, and those of a landing, which PostgreSQL names after it, are nobody else's.
        var ownIndexes = $"^(ix_{table.Staging}|{table.Landing})_";
        if (!await store.MustStayAsync(connection, table.Staging, table.Landing, ownIndexes, cancellationToken))
        {
            var indexes = await store.IndexesOfAsync(connection, table.Staging, cancellationToken);
            await connection.ExecuteAsync(
                string.Join("; ", indexes.Prepend($"ALTER TABLE {Landing} RENAME TO {Staging}").Prepend($"DROP TABLE {Staging}")),
                null,
                cancellationToken
            );
            return;
        }

        // Only what differs is written. Rows without a unique key cannot be told apart, so these tables, which are small, are written anew.
        var same = string.Join(
            " AND ",
            table
                .StagingColumns.Select(c => (Name: Sql.Name(c.Name), IsKey: table.Key.Contains(c.Name)))
                .Select(c => $"s.{c.Name} {(c.IsKey ? "=" : "IS NOT DISTINCT FROM")} n.{c.Name}")
        );
        await connection.ExecuteAsync(
            load.HasUniqueKeys
                ? $"""
                DELETE FROM {Staging} s WHERE NOT EXISTS (SELECT 1 FROM {Landing} n WHERE {same});
                INSERT INTO {Staging} ({columns}) SELECT {columns} FROM {Landing} n WHERE NOT EXISTS (SELECT 1 FROM {Staging} s
                  WHERE {same});
                ANALYZE {Staging}
                """
                : $"DELETE FROM {Staging}; INSERT INTO {Staging} ({columns}) SELECT {columns} FROM {Landing}; ANALYZE {Staging}",
            null,
            cancellationToken
        );
    }
}
