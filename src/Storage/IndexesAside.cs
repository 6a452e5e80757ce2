using System.Data.Common;

namespace Tradepost.Storage;

/// <summary>
/// Takes a table's indexes away while it is filled for the first time and builds them anew afterwards: sorted once, instead of
/// searched for every row. Both within the caller's transaction; the table is locked in between.
/// </summary>
public sealed class IndexesAside
{
    private readonly DbConnection connection;
    private readonly IReadOnlyList<string> rebuild;

    private IndexesAside(DbConnection connection, IReadOnlyList<string> rebuild)
    {
        this.connection = connection;
        this.rebuild = rebuild;
    }

    /// <summary>Drops what the table has. The embedded store keeps no indexes on its large tables, and nothing is done there.</summary>
    public static async Task<IndexesAside> TakeAsync(
        Store store,
        DbConnection connection,
        string table,
        CancellationToken cancellationToken
    )
    {
        if (!store.Traits.UsesIndexes)
        {
            return new IndexesAside(connection, []);
        }

        var indexes = await connection.QueryAsync<(string Drop, string Create)>(
            """
            SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass)
                        ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', i.indrelid::regclass, c.conname) END,
                   CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
                        ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END
            FROM pg_index i
            LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
            WHERE i.indrelid = CAST(@table AS regclass)
            """,
            new { table },
            cancellationToken
        );
        foreach (var (drop, _) in indexes)
        {
            await connection.ExecuteAsync(drop, null, cancellationToken);
        }

        return new IndexesAside(connection, [.. indexes.Select(index => index.Create)]);
    }

    public async Task PutBackAsync(CancellationToken cancellationToken)
    {
        foreach (var create in rebuild)
        {
            await connection.ExecuteAsync(create, null, cancellationToken);
        }
    }
}
