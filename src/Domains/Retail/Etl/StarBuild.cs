using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>Derives dimensions and facts from what is staged, inside the caller's transaction.</summary>
internal sealed class StarBuild(
    Store store,
    DbConnection connection,
    Validator validator,
    RunScope scope,
    IReadOnlyCollection<long> drifted,
    DateTime now
)
{
    private const int OrdersPerSlice = 500_000;
    private const int OrdersPerComparedSlice = 125_000;

    private static readonly string[] Accepted =
    [
        "categories",
        "products",
        "regions",
        "employees",
        "customers",
        "orders",
        "order_items",
        "payments",
    ];

    private readonly StarScripts scripts = new(store, connection, scope);

    /// <summary>Readies a connection for the scripts: no temporary tables of a former run, and memory for the joins.</summary>
    public static async Task PrepareAsync(Store store, DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(store.Dialect.ReadyForLargeWork, null, cancellationToken);

    public async Task DimensionsAsync(CancellationToken cancellationToken)
    {
        await scripts.RunAsync("rejected", cancellationToken);
        await AcceptAsync(cancellationToken);
        if (!scope.AreRegionsUnchanged)
        {
            await scripts.RunAsync("dim_small", cancellationToken);
        }

        await scripts.RunAsync("dim_payment_method", cancellationToken);
        await scripts.RunAsync(scope.AreProductsUnchanged ? "dim_product_unchanged" : "dim_product", cancellationToken);
        await scripts.RunAsync(scope.AreCustomersUnchanged ? "dim_customer_unchanged" : "dim_customer", cancellationToken);
        if (!scope.AllOrders)
        {
            await DriftedOrdersAsync(cancellationToken);
            await scripts.RunAsync("changed_orders", cancellationToken);
            await AnalyzeAsync(["changed_orders", "changed_customers", "changed_products"], cancellationToken);
            await scripts.RunAsync("affected", cancellationToken);
            await AnalyzeAsync(["affected_orders"], cancellationToken);
        }

        await scripts.RunAsync("reconsidered", cancellationToken);
        if (!scope.AllOrders)
        {
            await scripts.RunAsync("scoped", cancellationToken);
            await AnalyzeAsync(["scoped_orders", "scoped_lines", "scoped_payments"], cancellationToken);
        }

        await scripts.RunAsync("inferred", cancellationToken);
        await scripts.RunAsync("dim_date", cancellationToken);
    }

    /// <summary>
    /// Defines what is accepted. Of most tables that is everything, and then no row need be looked up; payments are looked up
    /// always, because some are found to be repeated only later.
    /// </summary>
    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var held = (await connection.ReadAsync("SELECT DISTINCT source_table FROM rejected", row => row.GetString(0), cancellationToken))
            .Append("payments")
            .ToHashSet();
        var text = SqlScript
            .Load(typeof(StarBuild).Assembly, "Warehouse/accepted.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>>
                {
                    ["not_rejected"] = argument =>
                    {
                        var (table, key) = (argument.Split('|')[0], argument.Split('|')[1]);
                        var columns = key.Contains(',', StringComparison.Ordinal) ? "key1, key2" : "key1";
                        var isWhole = columns.Replace(", ", " IS NOT NULL AND ", StringComparison.Ordinal);
                        return held.Contains(table)
                            ? $"({key}) NOT IN (SELECT {columns} FROM rejected WHERE source_table = {Sql.Literal(table)} AND {isWhole} "
                                + "IS NOT NULL)"
                            : "TRUE";
                    },
                }
            );
        await connection.ExecuteAsync(text, null, cancellationToken);
    }

    /// <summary>Tells the planner what was made a moment ago, where it cannot know.</summary>
    private async Task AnalyzeAsync(IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        foreach (var statement in tables.Select(store.Dialect.Analyze).Where(statement => statement.Length > 0))
        {
            await connection.ExecuteAsync(statement, null, cancellationToken);
        }
    }

    private async Task DriftedOrdersAsync(CancellationToken cancellationToken)
    {
        // A restatement derives what comes after its moment anyway, and leaves what came before.
        if (drifted.Count == 0 || scope.RestateFrom is not null)
        {
            await connection.ExecuteAsync("CREATE TEMP TABLE drifted_orders (order_id bigint)", null, cancellationToken);
            return;
        }

        var blocks = string.Join(", ", drifted.Select(block => $"({block})"));
        await connection.ExecuteAsync(
            $"CREATE TEMP TABLE drifted_blocks (block bigint); INSERT INTO drifted_blocks VALUES {blocks}",
            null,
            cancellationToken
        );
        await scripts.RunAsync("drifted", cancellationToken);
    }

    /// <summary>
    /// Writes the facts. All orders at once would need memory in proportion to them, so the embedded store takes them a slice
    /// of ids at a time; the transaction is one all the same.
    /// </summary>
    public async Task<FactChanges> FactsAsync(CancellationToken cancellationToken)
    {
        var facts = new FactTable(store, connection);
        await facts.BeginAsync(cancellationToken);
        var changes = default(FactChanges);
        var ordersPerSlice = facts.IsFirstLoad ? OrdersPerSlice : OrdersPerComparedSlice;
        IReadOnlyList<(long? From, long? To)> slices =
            scope.AllOrders && store.Traits.UsesOurMemory
                ? await SlicesAsync(orders => (int)((orders / ordersPerSlice) + 1), cancellationToken)
                : [(null, null)];
        foreach (var slice in slices)
        {
            changes += await FactsAsync(facts, scope with { Slice = slice }, cancellationToken);
        }

        await facts.EndAsync(cancellationToken);
        // On PostgreSQL a session that somebody keeps open would hold up the next run, which replaces the tables behind the views.
        await connection.ExecuteAsync(
            $"DROP VIEW {string.Join("; DROP VIEW ", Accepted.Select(table => $"accepted_{table}"))}",
            null,
            cancellationToken
        );
        return changes;
    }

    private async Task<FactChanges> FactsAsync(FactTable facts, RunScope slice, CancellationToken cancellationToken)
    {
        var sliceScripts = new StarScripts(store, connection, slice);
        var relationships = new Relationships(connection, validator, sliceScripts, slice);
        await SumByOrderAsync("order_payments", "p.order_id", slice, cancellationToken);
        await relationships.RejectRepeatedPaymentsAsync(now, cancellationToken);
        await SumByOrderAsync("order_totals", "i.order_id", slice, cancellationToken);
        await sliceScripts.RunAsync("orders", cancellationToken);
        var changes = await facts.WriteAsync(sliceScripts, slice, cancellationToken);
        await relationships.RejectOrphansAsync(now, cancellationToken);
        await sliceScripts.RunAsync("orders_done", cancellationToken);
        return changes;
    }

    /// <summary>
    /// Makes a table with a row an order. All of them PostgreSQL sums on one processor, by a hash of everything; of two halves it follows
    /// the index, each on a processor of its own.
    /// </summary>
    private async Task SumByOrderAsync(string table, string order, RunScope slice, CancellationToken cancellationToken)
    {
        var parts =
            store.Traits.PartsOfLargeSum is > 1 and var count && slice.AllOrders
                ? await SlicesAsync(_ => count, cancellationToken)
                : [slice.Slice];
        var sums = parts.Select(part => $"{new StarScripts(store, connection, slice with { Slice = part }).Text(table)} GROUP BY {order}");
        await connection.ExecuteAsync(
            $"CREATE {store.Dialect.WorkTable} {table} AS {string.Join(" UNION ALL ", sums)}",
            null,
            cancellationToken
        );
        await AnalyzeAsync([table], cancellationToken);
    }

    /// <summary>Ranges of ids that hold all orders, of about one size where the ids have no gaps.</summary>
    /// <param name="count">Says of a number of orders how many ranges there are to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<IReadOnlyList<(long? From, long? To)>> SlicesAsync(Func<long, int> count, CancellationToken cancellationToken)
    {
        var (orders, first, last) = (
            await connection.ReadAsync(
                "SELECT count(*), COALESCE(min(id), 0), COALESCE(max(id), 0) FROM stg_orders",
                row => (Orders: row.GetInt64(0), First: row.GetInt64(1), Last: row.GetInt64(2)),
                cancellationToken
            )
        )[0];
        var slices = count(orders);
        long? Bound(int slice) => slice == 0 || slice == slices ? null : (long)(first + (((Int128)last - first + 1) * slice / slices));
        return [.. Enumerable.Range(0, slices).Select(slice => (Bound(slice), Bound(slice + 1)))];
    }
}
