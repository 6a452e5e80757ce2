using System.Data.Common;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Backups;

/// <summary>What others have made of, and given on, the tables of a PostgreSQL store: a restore makes the tables anew.</summary>
internal sealed class OthersObjects
{
    // The tables by their names, and their partitions.
    private const string Own =
        "own AS (SELECT c.oid FROM unnest(@tables) t(name) JOIN pg_class c ON c.oid = to_regclass(t.name) UNION SELECT i.inhrelid FROM "
        + "pg_inherits i, unnest(@tables) t(name) WHERE i.inhparent = to_regclass(t.name))";

    private readonly IReadOnlyList<string> grants;
    private readonly IReadOnlyList<(string Name, string Definition)> indexes;

    private OthersObjects(
        IReadOnlyList<string> dependents,
        IReadOnlyList<string> grants,
        IReadOnlyList<(string Name, string Definition)> indexes
    ) => (Dependents, this.grants, this.indexes) = (dependents, grants, indexes);

    /// <summary>Views and foreign keys that cannot stand without the tables, each in words.</summary>
    public IReadOnlyList<string> Dependents { get; }

    public static async Task<OthersObjects> OfAsync(DbConnection connection, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var tables = names.Select(Sql.Table).ToArray();
        var dependents = await connection.ReadAsync(
            $"""
            WITH {Own}
            SELECT DISTINCT CASE c.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || c.oid::regclass
            FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass JOIN pg_class c
              ON c.oid = r.ev_class
            WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM own) AND c.oid NOT IN (SELECT oid FROM own)
            UNION
            SELECT 'foreign key ' || conname || ' of ' || conrelid::regclass FROM pg_constraint
            WHERE contype = 'f' AND confrelid IN (SELECT oid FROM own) AND conrelid NOT IN (SELECT oid FROM own)
            ORDER BY 1
            """,
            new { tables },
            row => row.GetString(0),
            cancellationToken
        );
        var given = await connection.ReadAsync(
            $"""
            WITH {Own}, given AS (
              SELECT c.oid, '' AS columns, a.* FROM own JOIN pg_class c USING (oid) CROSS JOIN aclexplode(c.relacl) a
                WHERE a.grantee <> c.relowner
              UNION ALL
              SELECT c.oid, ' (' || quote_ident(col.attname) || ')', a.* FROM own JOIN pg_class c USING (oid) JOIN pg_attribute col
                ON col.attrelid = c.oid AND NOT col.attisdropped
              CROSS JOIN aclexplode(col.attacl) a WHERE a.grantee <> c.relowner
            )
            SELECT oid::regclass::text, 'GRANT ' || privilege_type || columns || ' ON ' || oid::regclass || ' TO '
              || CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END || CASE WHEN is_grantable THEN ' WITH GRANT OPTION'
                ELSE '' END
            FROM given
            """,
            new { tables },
            row => row.GetString(1),
            cancellationToken
        );
        var made = await connection.ReadAsync(
            $"""
            WITH {Own}
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid IN (SELECT oid FROM own) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
              AND NOT EXISTS (SELECT 1 FROM pg_inherits part WHERE part.inhrelid = i.indexrelid)
            """,
            new { tables },
            row => (row.GetString(0), row.GetString(1)),
            cancellationToken
        );
        return new OthersObjects(dependents, given, made);
    }

    /// <summary>Gives the rights again.</summary>
    public async Task GrantAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var grant in grants)
        {
            await TryAsync(connection, grant, cancellationToken);
        }
    }

    /// <summary>Makes the indexes again that the tables do not bring themselves.</summary>
    public async Task IndexAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (name, definition) in indexes)
        {
            if (await connection.ScalarAsync<bool>("SELECT to_regclass(@name) IS NULL", new { name }, cancellationToken))
            {
                await TryAsync(connection, definition, cancellationToken);
            }
        }
    }

    // A table or a column that a later version has no more takes its rights along.
    private static Task<int> TryAsync(DbConnection connection, string statement, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            DO $restore$ BEGIN EXECUTE {Sql.Literal(statement)};
            EXCEPTION WHEN undefined_table OR undefined_column OR undefined_object THEN NULL; END $restore$
            """,
            parameters: null,
            cancellationToken
        );
}
