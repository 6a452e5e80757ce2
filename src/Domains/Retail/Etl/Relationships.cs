using System.Data.Common;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// The rules between tables: a line and a payment need an order that was accepted, and no payment counts twice. They are
/// checked again for every order that a run looks at, so what was kept aside comes back by itself once its order is there.
/// </summary>
internal sealed class Relationships(DbConnection connection, Validator validator, StarScripts scripts, RunScope scope)
{
    private string Payments => scope.Placeholders["payments_of_orders"]("");

    private string Affected(string order) => scope.Placeholders["affected"](order);

    /// <summary>
    /// Keeps repeated payments aside: same order, method, status, amount and time; the first one counts. Before the facts.
    /// </summary>
    public async Task RejectRepeatedPaymentsAsync(DateTime now, CancellationToken cancellationToken)
    {
        var found = await connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM order_payments WHERE payments > 1)",
            null,
            cancellationToken
        )
            ? await FindRepeatedPaymentsAsync(cancellationToken)
            : 0;
        await ReplaceAsync("payments", Rules.PaymentOnce, found, now, cancellationToken);
        if (found > 0)
        {
            await connection.ExecuteAsync(
                $"""
                INSERT INTO rejected SELECT 'payments', CAST(natural_key AS bigint), NULL, NULL FROM found_rejects WHERE rule = {Sql.Literal(
                    Rules.PaymentOnce
                )};
                {(
                    scope.AllOrders
                        ? ""
                        : $"DELETE FROM {Payments} WHERE id IN (SELECT key1 FROM rejected WHERE source_table = 'payments');"
                )}
                CREATE TEMP TABLE recounted AS SELECT order_id FROM order_payments WHERE payments > 1;
                DELETE FROM order_payments WHERE payments > 1;
                INSERT INTO order_payments {scripts.Text(
                    "order_payments"
                )} AND p.order_id IN (SELECT order_id FROM recounted) GROUP BY p.order_id
                """,
                null,
                cancellationToken
            );
        }
    }

    /// <summary>
    /// Keeps lines and payments aside whose order is not there. After the orders' facts are known, which they are not part of.
    /// </summary>
    public async Task RejectOrphansAsync(DateTime now, CancellationToken cancellationToken)
    {
        var orphanLines = await connection.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM order_totals) - (SELECT count(*) FROM order_facts)",
            null,
            cancellationToken
        );
        if (orphanLines > 0)
        {
            await connection.ExecuteAsync(
                $"""
                INSERT INTO found_rejects
                SELECT 'order_items', s.order_id || ':' || s.line_number, {Sql.Literal(
                    Rules.LineNeedsOrder
                )}, 'order_id is ' || s.order_id || ', expected an order that was accepted',
                       CAST(to_json(s) AS text), s.bucket, s.unit_price, s.row_hash
                FROM accepted_order_items s
                WHERE {Affected("s.order_id")} AND NOT EXISTS (SELECT 1 FROM order_facts o WHERE o.order_id = s.order_id)
                """,
                null,
                cancellationToken
            );
        }

        await ReplaceAsync("order_items", Rules.LineNeedsOrder, orphanLines, now, cancellationToken);
        var orphanPayments = await connection.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM order_payments) - (SELECT count(*) FROM order_facts WHERE payment_status <> 'none')",
            null,
            cancellationToken
        );
        if (orphanPayments > 0)
        {
            await connection.ExecuteAsync(
                $"""
                INSERT INTO found_rejects
                SELECT 'payments', CAST(s.id AS text), {Sql.Literal(
                    Rules.PaymentNeedsOrder
                )}, 'order_id is ' || s.order_id || ', expected an accepted order with lines',
                       CAST(to_json(s) AS text), s.bucket, s.amount, s.row_hash
                FROM accepted_payments s
                WHERE {Affected("s.order_id")} AND NOT EXISTS (SELECT 1 FROM order_facts o WHERE o.order_id = s.order_id)
                """,
                null,
                cancellationToken
            );
        }

        await ReplaceAsync("payments", Rules.PaymentNeedsOrder, orphanPayments, now, cancellationToken);
    }

    private Task<int> FindRepeatedPaymentsAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            INSERT INTO found_rejects
            SELECT 'payments', CAST(s.id AS text), {Sql.Literal(
                Rules.PaymentOnce
            )}, 'payment ' || s.id || ' repeats payment ' || s.first_id || ', expected once',
                   CAST(to_json(s) AS text), s.bucket, s.amount, s.row_hash
            FROM (SELECT p.*, min(p.id) OVER (PARTITION BY p.order_id, p.method, p.status, p.amount, p.paid_at) AS first_id
                  FROM {Payments} p WHERE p.order_id IN (SELECT order_id FROM order_payments WHERE payments > 1)) s
            WHERE s.id <> s.first_id
            """,
            null,
            cancellationToken
        );

    private async Task ReplaceAsync(string table, string rule, long found, DateTime now, CancellationToken cancellationToken)
    {
        if (found == 0 && !validator.HasKept(table))
        {
            return;
        }

        var order = table == "payments" ? "CAST(r.\"row\" ->> 'order_id' AS bigint)" : Validator.FirstOf("r");
        await connection.ExecuteAsync(
            $"""
            DELETE FROM etl_rejects r
            WHERE r.source_table = @table AND r.rule = @rule AND r.replayed_at IS NULL AND {Affected(order)}
              AND NOT EXISTS (SELECT 1 FROM found_rejects f WHERE f.source_table = @table AND f.natural_key = r.natural_key
                AND f.rule = r.rule AND f.row_hash = r.row_hash)
            """,
            new { table, rule },
            cancellationToken
        );
        await validator.InsertFoundAsync(table, now, cancellationToken);
    }
}
