using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Etl;

/// <summary>
/// What an incremental run finds: of a thousand orders, spread evenly over all years, one has changed, or as many are new besides,
/// with their lines and payments. The SQL is one for DuckDB and MySQL.
/// </summary>
internal static class ShopDay
{
    private static string Now => $"TIMESTAMP '{TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff")}'";

    public static Task ChangeAsync(DbConnection orders, CancellationToken cancellationToken) =>
        orders.ExecuteAsync(
            $"UPDATE orders SET status = CASE status WHEN 'shipped' THEN 'paid' ELSE 'shipped' END, updated_at = {Now} WHERE id % 1000 = 0",
            null,
            cancellationToken
        );

    public static async Task AddAsync(DbConnection orders, DbConnection payments, CancellationToken cancellationToken)
    {
        var now = Now;
        var lastOrder = await orders.ScalarAsync<long>("SELECT max(id) FROM orders", null, cancellationToken);
        var lastPayment = await payments.ScalarAsync<long>("SELECT max(id) FROM payments", null, cancellationToken);
        var copied = FormattableString.Invariant($"{lastOrder} + 1 + (order_id - 1) / 1000");
        await orders.ExecuteAsync(
            FormattableString.Invariant(
                $"""
                INSERT INTO orders (id, customer_id, manager_id, region_id, status, ordered_at, updated_at)
                SELECT {copied}, customer_id, manager_id, region_id, 'paid', {now}, {now} FROM (SELECT orders.*, id AS order_id FROM orders WHERE id % 1000 = 1) o;
                INSERT INTO order_items (order_id, line_number, product_id, quantity, unit_price, discount)
                SELECT {copied}, line_number, product_id, quantity, unit_price, discount FROM order_items WHERE order_id % 1000 = 1
                """
            ),
            null,
            cancellationToken
        );
        await payments.ExecuteAsync(
            FormattableString.Invariant(
                $"""
                INSERT INTO payments (id, order_id, method, status, amount, paid_at, updated_at)
                SELECT {lastPayment} + id, {copied}, method, status, amount, {now}, {now} FROM payments WHERE order_id % 1000 = 1
                """
            ),
            null,
            cancellationToken
        );
    }
}
