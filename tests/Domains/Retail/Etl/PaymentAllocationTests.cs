namespace Tradepost.Retail.Tests.Etl;

public sealed class PaymentAllocationOnDuckDb() : PaymentAllocationContract(StoreKind.DuckDb);

public sealed class PaymentAllocationOnPostgres() : PaymentAllocationContract(StoreKind.Postgres);

/// <summary>An order's payments are spread over its lines by largest remainder, to the cent.</summary>
public abstract class PaymentAllocationContract(StoreKind kind)
{
    [Fact]
    public async Task A_payment_is_spread_over_the_lines_to_the_cent()
    {
        // Lines of an order, its completed payments, and each line's share: cents left over go to the largest remainders.
        (decimal[] Nets, decimal[] Payments, string Shares)[] cases =
        [
            ([10m, 20m, 30m], [60m], "10.00 20.00 30.00"),
            ([10m, 10m, 10m], [10m], "3.34 3.33 3.33"),
            ([10m, 10m, 10m], [20m], "6.67 6.67 6.66"),
            ([1m, 2m, 4m], [0.05m], "0.01 0.01 0.03"),
            ([10m, 20m, 30m], [], "0.00 0.00 0.00"),
            ([10m, 20m, 30m], [0m], "0.00 0.00 0.00"),
            ([10m, 20m, 30m], [90m], "15.00 30.00 45.00"),
            ([10m, 20m, 30m], [20m, 40m], "10.00 20.00 30.00"),
            ([10m, 20m, 30.01m], [20m, 10.01m], "5.00 10.00 15.01"),
            ([0m, 0m, 0m], [1m], "0.34 0.33 0.33"),
            ([0m, 5m, 0m], [3m], "0.00 3.00 0.00"),
            ([99999999.99m, 0.01m], [100000000.01m], "100000000.00 0.01"),
            ([33.33m], [12.34m], "12.34"),
        ];
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        for (var i = 0; i < cases.Length; i++)
        {
            await PlaceAsync(shop, 1000 + i, cases[i].Nets, cases[i].Payments);
        }

        await warehouse.FullAsync();

        var paid = (
            await warehouse.QueryAsync<(long Order, int Line, decimal Paid)>(
                "SELECT order_id, line_number, paid_amount FROM fact_sales WHERE order_id >= 1000 ORDER BY order_id, line_number"
            )
        )
            .GroupBy(row => row.Order)
            .ToDictionary(group => group.Key, group => string.Join(' ', group.Select(row => row.Paid.ToString("0.00"))));
        for (var i = 0; i < cases.Length; i++)
        {
            paid[1000 + i].ShouldBe(cases[i].Shares, $"case {i}");
        }
    }

    [Fact]
    public async Task Shares_of_any_payment_add_up()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
#pragma warning disable CA5394 // a seeded generator is what a test needs
        var random = new Random(5);
        var expected = new Dictionary<long, decimal>();
        for (var order = 1000; order < 1060; order++)
        {
            var nets = Enumerable
                .Range(0, random.Next(1, 9))
                .Select(_ => random.Next(4) == 0 ? 0m : random.Next(1, 1_000_000) / 100m)
                .ToArray();
            var payments = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 2_000_000) / 100m).ToArray();
            expected[order] = payments.Sum();
            await PlaceAsync(shop, order, nets, payments);
        }
#pragma warning restore CA5394

        await warehouse.FullAsync();

        foreach (
            var (order, paid) in await warehouse.QueryAsync<(long Order, decimal Paid)>(
                "SELECT order_id, sum(paid_amount) FROM fact_sales WHERE order_id >= 1000 GROUP BY order_id"
            )
        )
        {
            paid.ShouldBe(expected[order], $"order {order}");
        }

        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE paid_amount < 0")).ShouldBe(0);
    }

    [Fact]
    public async Task Only_completed_payments_count_and_the_latest_one_names_method_and_status()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await PlaceAsync(shop, 1000, [10m], []);
        await shop.PaymentsAsync(
            """
            INSERT INTO payments VALUES
              (5001, 1000, 'card', 'completed', 4, TIMESTAMP '2025-01-01', TIMESTAMP '2025-01-01'),
              (5002, 1000, 'cash', 'refunded', 6, TIMESTAMP '2025-01-03', TIMESTAMP '2025-01-03'),
              (5003, 1000, 'paypal', 'failed', 6, NULL, TIMESTAMP '2025-01-04')
            """
        );

        await warehouse.FullAsync();

        (
            await warehouse.LinesAsync(
                "SELECT f.paid_amount, f.payment_status, m.method FROM fact_sales f JOIN dim_payment_method m ON m.payment_method_key = f.payment_method_key WHERE f.order_id = 1000"
            )
        ).ShouldBe(["|4.00|refunded|cash"]);
    }

    [Fact]
    public async Task An_order_without_payment_says_so()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await PlaceAsync(shop, 1000, [10m], []);

        await warehouse.FullAsync();

        (
            await warehouse.LinesAsync("SELECT paid_amount, payment_status, payment_method_key FROM fact_sales WHERE order_id = 1000")
        ).ShouldBe(["|0.00|none|0"]);
    }

    private static async Task PlaceAsync(EmbeddedShop shop, long order, decimal[] nets, decimal[] payments)
    {
        var lines = string.Join(", ", nets.Select((net, i) => $"({order}, {i + 1}, 1, 1, {net}, 0)"));
        await shop.OrdersAsync(
            $"INSERT INTO orders VALUES ({order}, 1, 1, 1, 'paid', TIMESTAMP '2025-01-01', TIMESTAMP '2025-01-01'); INSERT INTO order_items VALUES {lines}"
        );
        for (var i = 0; i < payments.Length; i++)
        {
            await shop.PaymentsAsync(
                $"INSERT INTO payments VALUES ({(order * 10) + i}, {order}, 'card', 'completed', {payments[i]}, TIMESTAMP '2025-01-01' + INTERVAL ({i}) DAY, TIMESTAMP '2025-01-01')"
            );
        }
    }
}
