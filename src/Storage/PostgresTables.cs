using System.Data.Common;
using System.Globalization;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage;

/// <summary>What PostgreSQL's catalogue and counters say of tables.</summary>
internal static class PostgresTables
{
    private const int FirstExactVersion = 150000;

    /// <summary>From PostgreSQL 15 on the counters are exact within ten seconds, or at once when a session says so.</summary>
    public static async Task<string?> WriteCountsAsync(
        DbConnection connection,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    ) =>
        await AreExactAsync(connection, cancellationToken)
            ? await connection.ScalarAsync<string>(
                $"""
                SELECT string_agg(CAST(t.oid AS text) || ':' || pg_relation_filenode(t.oid) || ':' || pg_stat_get_tuples_inserted(t.oid)
                                  || ':' || pg_stat_get_tuples_updated(t.oid) || ':' || pg_stat_get_tuples_deleted(t.oid), ' '
                                    ORDER BY t.place)
                FROM (VALUES {string.Join(
                    ", ",
                    tables.Select((table, i) => $"({i}, CAST({Sql.Literal(table)} AS regclass))")
                )}) t(place, oid)
                """,
                null,
                cancellationToken
            )
            : null;

    public static async Task FlushWriteCountsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (await AreExactAsync(connection, cancellationToken))
        {
            await connection.ExecuteAsync("SELECT pg_stat_force_next_flush()", null, cancellationToken);
        }
    }

    public static Task<bool> MustStayAsync(
        DbConnection connection,
        string table,
        string replacement,
        string ownIndexes,
        CancellationToken cancellationToken
    ) =>
        connection.ScalarAsync<bool>(
            """
            SELECT s.relacl IS DISTINCT FROM n.relacl OR s.relrowsecurity OR s.relowner <> n.relowner OR s.reloptions IS DISTINCT
              FROM n.reloptions
              OR EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = s.oid AND (attacl IS NOT NULL OR (attnum > 0
                AND col_description(attrelid, attnum) IS NOT NULL)))
              OR obj_description(s.oid, 'pg_class') IS NOT NULL
              OR EXISTS (SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = s.oid
                AND c.relname !~ @ownIndexes)
              OR EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = s.oid OR inhrelid = s.oid)
              OR EXISTS (
                SELECT 1 FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid AND d.classid IN
                  ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_publication_rel'::regclass,
                  'pg_statistic_ext'::regclass, 'pg_constraint'::regclass, 'pg_proc'::regclass))
            FROM pg_class s, pg_class n WHERE s.oid = to_regclass(@table) AND n.oid = to_regclass(@replacement)
            """,
            new
            {
                ownIndexes,
                table = Sql.Name(table),
                replacement = Sql.Name(replacement),
            },
            cancellationToken
        );

    private static async Task<bool> AreExactAsync(DbConnection connection, CancellationToken cancellationToken) =>
        int.Parse(
            await connection.ScalarAsync<string>("SHOW server_version_num", null, cancellationToken) ?? "0",
            CultureInfo.InvariantCulture
        ) >= FirstExactVersion;
}
