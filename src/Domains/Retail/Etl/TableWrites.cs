using System.Data.Common;
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
    /// <summary>Another build of the program may derive something else from the same rows.</summary>
    private static readonly string Build = typeof(TableWrites).Module.ModuleVersionId.ToString();

    /// <summary>Of the fact table; the embedded store also watches for free what facts are compared with.</summary>
    public static TableWrites OfFacts(Store store) =>
        new(
            store,
            "fact_sales",
            store.Notes is not null ? ["fact_sales", "stg_orders", "stg_order_items", "stg_payments", "etl_rejects"] : ["fact_sales"]
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

    public async Task<bool> AreOursAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (store.Notes is { } notes)
        {
            return notes.Find(StateName) == Build;
        }

        if (await store.WriteCountsAsync(connection, tables, cancellationToken) is not { } counts)
        {
            return false;
        }

        var remembered = await connection.ScalarAsync<string>(
            $"SELECT value FROM etl_state WHERE name = {Sql.Literal(StateName)}",
            null,
            cancellationToken
        );
        return remembered == $"{Build} {counts}";
    }

    /// <summary>
    /// Keeps where the counters stand, after a run has been committed. A run killed before that is only checked once more.
    /// </summary>
    public async Task RememberAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (store.Notes is { } notes)
        {
            notes.Keep(StateName, tables, Build);
            return;
        }

        await store.FlushWriteCountsAsync(connection, cancellationToken);
        if (await store.WriteCountsAsync(connection, tables, cancellationToken) is { } counts)
        {
            await connection.ExecuteAsync(
                $"INSERT INTO etl_state (name, value) VALUES ({Sql.Literal(StateName)}, @value) ON CONFLICT (name) DO UPDATE SET value = "
                    + "excluded.value",
                new { value = $"{Build} {counts}" },
                cancellationToken
            );
        }
    }

    /// <summary>Whether the store can tell at all.</summary>
    public async Task<bool> AreKnownAsync(DbConnection connection, CancellationToken cancellationToken) =>
        store.Notes is not null || await store.WriteCountsAsync(connection, tables, cancellationToken) is not null;
}
