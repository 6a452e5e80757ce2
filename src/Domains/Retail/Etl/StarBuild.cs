using System.Data.Common;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>Derives dimensions and facts from what is staged, inside the caller's transaction.</summary>
internal sealed class StarBuild(Store store, DbConnection connection, Validator validator, RunScope scope, DateTime now)
{
    private readonly StarScripts scripts = new(store, connection, scope);

    /// <summary>Readies a connection for the scripts: no temporary tables of a former run, and memory for the joins.</summary>
    public static async Task PrepareAsync(Store store, DbConnection connection, CancellationToken cancellationToken)
    {
        if (store.Dialect is PostgresDialect)
        {
            await connection.ExecuteAsync("DISCARD TEMP; SET LOCAL work_mem = '256MB'; SET LOCAL jit = off", null, cancellationToken);
        }
        else
        {
            await connection.ExecuteAsync("CREATE OR REPLACE TEMP MACRO div(a, b) AS a // b", null, cancellationToken);
        }
    }

    public async Task DimensionsAsync(CancellationToken cancellationToken)
    {
        await scripts.RunAsync("accepted", cancellationToken);
        if (!scope.AllOrders)
        {
            await scripts.RunAsync("drift", cancellationToken);
        }

        await scripts.RunAsync("dim_small", cancellationToken);
        await scripts.RunAsync("dim_product", cancellationToken);
        await scripts.RunAsync("dim_customer", cancellationToken);
        if (!scope.AllOrders)
        {
            await scripts.RunAsync("affected", cancellationToken);
            await connection.ExecuteAsync("ANALYZE affected_orders", null, cancellationToken);
        }

        await scripts.RunAsync("reconsidered", cancellationToken);
        await scripts.RunAsync("inferred", cancellationToken);
        await scripts.RunAsync("dim_date", cancellationToken);
    }

    public async Task<FactChanges> FactsAsync(CancellationToken cancellationToken)
    {
        var relationships = new Relationships(connection, validator, scripts, scope);
        await connection.ExecuteAsync($"CREATE TEMP TABLE order_payments AS {scripts.Text("order_payments")} GROUP BY p.order_id", null, cancellationToken);
        await relationships.RejectRepeatedPaymentsAsync(now, cancellationToken);
        await scripts.RunAsync("orders", cancellationToken);
        var changes = await new FactTable(connection, scripts, scope).WriteAsync(cancellationToken);
        await relationships.RejectOrphansAsync(now, cancellationToken);
        return changes;
    }
}
