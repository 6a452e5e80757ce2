using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// What others have made of a staging table, or on it. A full load would rather put a new table in its place; that takes away rights,
/// indexes and triggers that somebody gave it, and is refused while a view reads it, so such a table stays and its contents are exchanged.
/// </summary>
internal sealed class OthersOnStaging(Store store, DbConnection connection, SourceTable table)
{
    // The migrations' indexes, and those of a landing, which PostgreSQL names after it.
    private string OwnIndexes => $"^(ix_{table.Staging}|{table.Landing})_";

    /// <summary>Whether the table has to stay because it carries what a new one would not.</summary>
    public async Task<bool> MustStayAsync(CancellationToken cancellationToken) =>
        store.Dialect is PostgresDialect
        && await connection.ScalarAsync<bool>(
            """
            SELECT s.relacl IS DISTINCT FROM n.relacl OR s.relrowsecurity OR s.relowner <> n.relowner OR s.reloptions IS DISTINCT FROM n.reloptions
              OR EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = s.oid AND (attacl IS NOT NULL OR (attnum > 0 AND col_description(attrelid, attnum) IS NOT NULL)))
              OR obj_description(s.oid, 'pg_class') IS NOT NULL
              OR EXISTS (SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = s.oid AND c.relname !~ @own)
              OR EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = s.oid OR inhrelid = s.oid)
              OR EXISTS (
                SELECT 1 FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid AND d.classid IN
                  ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_publication_rel'::regclass, 'pg_statistic_ext'::regclass, 'pg_constraint'::regclass, 'pg_proc'::regclass))
            FROM pg_class s, pg_class n WHERE s.oid = to_regclass(@staging) AND n.oid = to_regclass(@landing)
            """,
            new
            {
                own = OwnIndexes,
                staging = Sql.Name(table.Staging),
                landing = Sql.Name(table.Landing),
            },
            cancellationToken
        );

    /// <summary>Statements that make others' indexes again on the table that comes; the embedded store has no rights and finds tables by their names.</summary>
    public async Task<IReadOnlyList<string>> IndexesAsync(CancellationToken cancellationToken) =>
        store is DuckDbStore
            ? await connection.ReadAsync(
                "SELECT rtrim(sql, ';') FROM duckdb_indexes() WHERE table_name = @staging AND database_name = current_database() AND schema_name = 'main'",
                new { staging = table.Staging },
                row => row.GetString(0),
                cancellationToken
            )
            : [];
}
