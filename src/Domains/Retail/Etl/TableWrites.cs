using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Whether anybody but the ETL wrote to some tables, so that millions of rows need not be summed to find that nobody did. The
/// embedded store knows by itself (<see cref="Storage.Notes.TableNotes"/>). On PostgreSQL its own counters tell, which are from
/// PostgreSQL 15 on exact within ten seconds; what is missed in them one run finds in the next. Where there are none the tables
/// are summed every time.
/// </summary>
internal sealed class TableWrites(Store store, string name, IReadOnlyList<string> tables)
{
    private const int FirstVersion = 150000;

    /// <summary>Another build of the program may derive something else from the same rows.</summary>
    private static readonly string Build = typeof(TableWrites).Module.ModuleVersionId.ToString();

    /// <summary>Of the fact table; the embedded store also watches for free what facts are compared with.</summary>
    public static TableWrites OfFacts(Store store) =>
        new(
            store,
            "fact_sales",
            store is DuckDbStore ? ["fact_sales", "stg_orders", "stg_order_items", "stg_payments", "etl_rejects"] : ["fact_sales"]
        );

    /// <summary>Of the dimensions, their history and what they are derived from.</summary>
    public static TableWrites OfDimensions(Store store) =>
        new(
            store,
            "dimensions",
            [
                "dim_region",
                "dim_manager",
                "dim_payment_method",
                "dim_product",
                "dim_customer",
                "history_product",
                "history_customer",
                "stg_regions",
                "stg_employees",
                "stg_categories",
                "stg_products",
                "stg_customers",
                "etl_rejects",
            ]
        );

    private string StateName => $"{name}.writes";

    private string Counters =>
        $"""
            SELECT string_agg(CAST(t.oid AS text) || ':' || pg_relation_filenode(t.oid) || ':' || pg_stat_get_tuples_inserted(t.oid)
                              || ':' || pg_stat_get_tuples_updated(t.oid) || ':' || pg_stat_get_tuples_deleted(t.oid), ' ' ORDER BY t.place)
            FROM (VALUES {string.Join(
                ", ",
                tables.Select((table, i) => $"({i}, CAST({Sql.Literal(table)} AS regclass))")
            )}) t(place, oid)
            """;

    public async Task<bool> AreOursAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (store is DuckDbStore embedded)
        {
            return embedded.Notes.Find(StateName) == Build;
        }

        if (!await IsCountedAsync(store, connection, cancellationToken))
        {
            return false;
        }

        var remembered = await connection.ScalarAsync<string>(
            $"SELECT value FROM etl_state WHERE name = {Sql.Literal(StateName)}",
            null,
            cancellationToken
        );
        return remembered is not null && remembered == $"{Build} {await connection.ScalarAsync<string>(Counters, null, cancellationToken)}";
    }

    /// <summary>Keeps where the counters stand, after a run has been committed. A run killed before that is only checked once more.</summary>
    public async Task RememberAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (store is DuckDbStore embedded)
        {
            embedded.Notes.Keep(StateName, tables, Build);
        }
        else if (await IsCountedAsync(store, connection, cancellationToken))
        {
            await FlushAsync(store, connection, cancellationToken);
            var value = $"{Build} {await connection.ScalarAsync<string>(Counters, null, cancellationToken)}";
            await connection.ExecuteAsync(
                $"INSERT INTO etl_state (name, value) VALUES ({Sql.Literal(StateName)}, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                new { value },
                cancellationToken
            );
        }
    }

    /// <summary>Adds what a session wrote to the counters now; otherwise it does so some seconds later.</summary>
    public static async Task FlushAsync(Store store, DbConnection connection, CancellationToken cancellationToken)
    {
        if (await IsCountedAsync(store, connection, cancellationToken))
        {
            await connection.ExecuteAsync("SELECT pg_stat_force_next_flush()", null, cancellationToken);
        }
    }

    /// <summary>Whether the store can tell at all.</summary>
    public async Task<bool> AreKnownAsync(DbConnection connection, CancellationToken cancellationToken) =>
        store is DuckDbStore || await IsCountedAsync(store, connection, cancellationToken);

    private static async Task<bool> IsCountedAsync(Store store, DbConnection connection, CancellationToken cancellationToken) =>
        store.Dialect is PostgresDialect
        && int.Parse(
            await connection.ScalarAsync<string>("SHOW server_version_num", null, cancellationToken) ?? "0",
            CultureInfo.InvariantCulture
        ) >= FirstVersion;
}
