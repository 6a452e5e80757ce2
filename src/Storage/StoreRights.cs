namespace Tradepost.Storage;

/// <summary>What the login of a store may do, as far as Tradepost needs it.</summary>
/// <param name="User">The login.</param>
/// <param name="IsReadOnly">Whether the server, or the login's own setting, takes no writes.</param>
/// <param name="MayCreate">Whether it may create tables.</param>
/// <param name="Closed">Tables that it may not read and write.</param>
/// <param name="Tables">All tables of the schema.</param>
/// <param name="IsSuperuser">Whether nothing on the server is kept from it.</param>
public sealed record StoreRights(string User, bool IsReadOnly, bool MayCreate, long Closed, long Tables, bool IsSuperuser)
{
    internal static async Task<StoreRights> OfAsync(PostgresStore store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return (
            await connection.ReadAsync(
                """
                SELECT current_user, pg_catalog.pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on',
                    coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
                    count(*) FILTER (WHERE NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                        AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))),
                    count(c.oid), (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
                FROM (SELECT 1) one LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = to_regnamespace(current_schema())
                  AND c.relkind IN ('r', 'p')
                """,
                row => new StoreRights(
                    row.GetString(0),
                    row.GetBoolean(1),
                    row.GetBoolean(2),
                    row.GetInt64(3),
                    row.GetInt64(4),
                    row.GetBoolean(5)
                ),
                cancellationToken
            )
        ).Single();
    }
}
