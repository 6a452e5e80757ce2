using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Writes fact_sales by difference: facts of orders that are as they were are not touched, so that a second run changes nothing and
/// readers are never without rows. A line that vanished from the source stays, marked as deleted.
/// </summary>
internal sealed class FactTable(Store store, DbConnection connection)
{
    private static readonly IReadOnlyList<string> Keys = ["order_id", "line_number"];

    private static readonly IReadOnlyList<string> Values =
    [
        "date_key",
        "customer_key",
        "product_key",
        "region_key",
        "manager_key",
        "payment_method_key",
        "order_status",
        "quantity",
        "unit_price",
        "discount",
        "gross",
        "net",
        "cost",
        "margin",
        "paid_amount",
        "payment_status",
        "is_deleted",
    ];

    private static readonly string Columns = Sql.Names(Keys.Concat(Values));

    private IndexesAside? indexes;

    /// <summary>Whether the table was empty, so that there is nothing to compare with.</summary>
    public bool IsFirstLoad => indexes is not null;

    /// <summary>Looks whether there is anything to compare with.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM fact_sales)", null, cancellationToken))
        {
            indexes = await IndexesAside.TakeAsync(store, connection, "fact_sales", cancellationToken);
        }
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (indexes is not null)
        {
            await indexes.PutBackAsync(cancellationToken);
            await connection.ExecuteAsync("ANALYZE fact_sales", null, cancellationToken);
        }
    }

    /// <summary>Writes the facts of the orders that the scripts' scope names.</summary>
    public async Task<FactChanges> WriteAsync(StarScripts scripts, RunScope scope, CancellationToken cancellationToken)
    {
        if (IsFirstLoad)
        {
            return new FactChanges(await LoadAsync(scripts, cancellationToken), 0, 0);
        }

        await connection.ExecuteAsync($"CREATE TEMP TABLE fact_next AS {scripts.Text("fact_rows")}", null, cancellationToken);
        var same = string.Join(" AND ", Keys.Select(key => $"f.{key} = n.{key}"));
        var differs = string.Join(" OR ", Values.Select(value => $"f.{value} IS DISTINCT FROM n.{value}"));
        var inSlice = scope.Placeholders["in_slice"]("f.order_id");
        var affected = scope.Placeholders["affected"]("f.order_id");

        // The facts of a few orders are looked up once; a slice of all orders is as large as what it would be copied from. Those of an
        // order that changed are written anew without a look at what they say, which would be to read most of the table.
        var known = scope.AllOrders ? "fact_sales" : "fact_known";
        await connection.ExecuteAsync(
            scope.AllOrders
                ? $"""
                CREATE TEMP TABLE fact_changed AS SELECT {Sql.Names(
                    Keys,
                    "n"
                )} FROM fact_next n JOIN fact_sales f ON {same} WHERE {inSlice} AND ({differs});
                CREATE TEMP TABLE fact_gone AS
                SELECT {Sql.Names(
                    Keys,
                    "f"
                )} FROM fact_sales f WHERE NOT f.is_deleted AND {affected} AND NOT EXISTS (SELECT 1 FROM fact_next n WHERE {same})
                """
                : $"""
                CREATE TEMP TABLE fact_known AS
                SELECT {Sql.Names(Keys, "f")}, n.order_id IS NULL AND NOT f.is_deleted AS is_gone, n.order_id IS NOT NULL AS is_changed
                FROM (SELECT * FROM fact_sales f WHERE f.order_id IN (SELECT order_id FROM changed_orders)) f LEFT JOIN fact_next n
                  ON {same}
                UNION ALL
                SELECT {Sql.Names(Keys, "f")}, n.order_id IS NULL AND NOT f.is_deleted, n.order_id IS NOT NULL AND ({differs})
                FROM (SELECT * FROM fact_sales f WHERE f.order_id IN (SELECT order_id FROM affected_orders EXCEPT SELECT order_id
                  FROM changed_orders)) f
                LEFT JOIN fact_next n ON {same};
                CREATE TEMP TABLE fact_changed AS SELECT {Sql.Names(Keys)} FROM fact_known WHERE is_changed;
                CREATE TEMP TABLE fact_gone AS SELECT {Sql.Names(Keys)} FROM fact_known WHERE is_gone
                """,
            null,
            cancellationToken
        );
        var deleted = await AnyAsync("fact_gone", cancellationToken)
            ? await connection.ExecuteAsync(
                $"UPDATE fact_sales f SET is_deleted = TRUE FROM fact_gone n WHERE {same}",
                null,
                cancellationToken
            )
            : 0;

        // Taken out and put in again: an update would touch a vector of every column in every row group that has a changed row.
        var updated = await AnyAsync("fact_changed", cancellationToken)
            ? await connection.ExecuteAsync($"DELETE FROM fact_sales f USING fact_changed n WHERE {same}", null, cancellationToken)
            : 0;
        var written = await connection.ExecuteAsync(
            $"""
            INSERT INTO fact_sales ({Columns}) SELECT {Columns} FROM fact_next n
            WHERE NOT EXISTS (SELECT 1 FROM {known} f WHERE {same} AND {inSlice}){(
                scope.AllOrders ? "" : $" OR EXISTS (SELECT 1 FROM fact_changed f WHERE {same})"
            )}
            """,
            null,
            cancellationToken
        );
        await connection.ExecuteAsync(
            "DROP TABLE IF EXISTS fact_known; DROP TABLE fact_next; DROP TABLE fact_changed; DROP TABLE fact_gone",
            null,
            cancellationToken
        );
        return new FactChanges(written - updated, updated, deleted);
    }

    private Task<bool> AnyAsync(string table, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table})", null, cancellationToken);

    /// <summary>Fills the empty table. Where rows are derived on all cores for a new table only, they take a step in between.</summary>
    private async Task<int> LoadAsync(StarScripts scripts, CancellationToken cancellationToken)
    {
        if (!store.Traits.InsertsOnOneCore)
        {
            return await connection.ExecuteAsync(
                $"INSERT INTO fact_sales ({Columns}) {scripts.Text("fact_rows")}",
                null,
                cancellationToken
            );
        }

        await connection.ExecuteAsync(
            $"CREATE {store.Dialect.WorkTable} fact_next AS {scripts.Text("fact_rows")}",
            null,
            cancellationToken
        );
        var loaded = await connection.ExecuteAsync(
            $"INSERT INTO fact_sales ({Columns}) SELECT {Columns} FROM fact_next",
            null,
            cancellationToken
        );
        await connection.ExecuteAsync("DROP TABLE fact_next", null, cancellationToken);
        return loaded;
    }
}
