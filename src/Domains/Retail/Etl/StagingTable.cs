using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>Puts a landing in the place of what is staged: all of it, or the units that the run read again.</summary>
internal sealed class StagingTable(DbConnection connection, TableLoad load, double maxDeletes)
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
                SELECT (SELECT count(*) FROM {Landing} n WHERE NOT EXISTS (SELECT 1 FROM {staged} s WHERE {sameKey} AND s.row_hash = n.row_hash)),
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
                $"Source {table.Database}: {load.Result.Deleted} of the {known} rows of {table.Name} that the warehouse knows are missing; "
                    + $"at most {maxDeletes} % may be. If they were deleted on purpose, run again with a higher --max-deletes. Nothing was published."
            );
        }
    }

    public Task ReplaceAsync(CancellationToken cancellationToken)
    {
        var columns = Sql.Names(table.StagingColumns.Select(c => c.Name));
        return connection.ExecuteAsync(
            load.IsWhole
                ? $"DROP TABLE {Staging}; ALTER TABLE {Landing} RENAME TO {Staging}"
                : $"DELETE FROM {Staging} s WHERE {Scope}; INSERT INTO {Staging} ({columns}) SELECT {columns} FROM {Landing}",
            null,
            cancellationToken
        );
    }
}
