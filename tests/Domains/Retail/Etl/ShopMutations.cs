namespace Tradepost.Retail.Tests.Etl;

/// <summary>
/// What can happen to an operational shop between two loads, with and without a trace in its time stamps: a seeded random mix
/// in SQL that DuckDB and MariaDB both understand.
/// </summary>
internal sealed class ShopMutations(ShopWorld shop, int seed)
{
#pragma warning disable CA5394 // a seeded generator is what a test needs
    private readonly Random random = new(seed);
    private long nextId = 100_000 + (seed * 1000L);

    private static readonly string[] Statuses = ["new", "paid", "shipped", "cancelled"];
    private static readonly string[] PaymentStatuses = ["pending", "completed", "failed", "refunded"];
    private static readonly string[] Methods = ["card", "paypal", "bank_transfer", "cash"];

    public async Task RoundAsync(int changes)
    {
        Func<Task>[] kinds =
        [
            NewOrderAsync,
            NewOrderAsync,
            ChangeOrderAsync,
            ChangeOrderAsync,
            ChangeLineAsync,
            ChangeLineSilentlyAsync,
            DeleteOrderAsync,
            DeleteLineAsync,
            ChangePaymentAsync,
            DeletePaymentAsync,
            MovePaymentAsync,
            MoveCustomerAsync,
            MailCustomerAsync,
            RenameCustomerAsync,
            DeleteCustomerAsync,
            NewCustomerAsync,
            ChangePriceAsync,
            RetireProductAsync,
            MoveProductAsync,
            RenameProductAsync,
            DeleteProductAsync,
            NewProductAsync,
            RenameRegionAsync,
            RenameCategoryAsync,
            PromoteEmployeeAsync,
            SoilCustomerAsync,
            CleanCustomersAsync,
            SoilLineAsync,
            CleanLinesAsync,
            SoilOrderAsync,
            CleanOrdersAsync,
            RepeatPaymentAsync,
            SoilProductAsync,
            CleanProductsAsync,
            SoilSmallTablesAsync,
            CleanSmallTablesAsync,
            OrderOfUnknownsAsync,
            ReviveOrderAsync,
        ];
        for (var i = 0; i < changes; i++)
        {
            await kinds[random.Next(kinds.Length)]();
        }
    }

    private static string N(long number) => number.ToString();

    private long Order() => random.Next(1, 601);

    private long Customer() => random.Next(1, 51);

    private long Product() => random.Next(1, 26);

    private long Region() => random.Next(1, 6);

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];

    /// <summary>What a change does to updated_at: now, nothing, back in time, or a while ago as of a transaction that took long.</summary>
    private string Stamp() =>
        random.Next(5) switch
        {
            0 => "updated_at",
            1 => ShopWorld.Literal(shop.Now.AddDays(-random.Next(1, 300)).AddSeconds(-random.Next(80_000))),
            2 => ShopWorld.Literal(shop.Now.AddMinutes(-random.Next(1, 3000))),
            _ => shop.NowLiteral,
        };

    private async Task NewOrderAsync()
    {
        var id = nextId++;
        var orderedAt =
            random.Next(3) == 0
                ? shop.Now.AddDays(-random.Next(1, 500)).AddSeconds(-random.Next(80_000))
                : shop.Now.AddMinutes(-random.Next(0, 1000));
        var manager = random.Next(5) == 0 ? "NULL" : N(random.Next(1, 11));
        await shop.OrdersAsync(
            $"INSERT INTO orders (id, customer_id, manager_id, region_id, status, ordered_at, updated_at) VALUES ({id}, {N(Customer())}, {manager}, {N(Region())}, '{Pick(Statuses)}', {ShopWorld.Literal(orderedAt)}, {Stamp().Replace("updated_at", ShopWorld.Literal(orderedAt))})"
        );
        for (var line = 1; line <= random.Next(1, 4); line++)
        {
            await InsertLineAsync(id, line, Product());
        }

        for (var payments = random.Next(3); payments > 0; payments--)
        {
            await InsertPaymentAsync(id);
        }
    }

    private Task InsertLineAsync(long order, int line, long product) =>
        shop.OrdersAsync(
            $"INSERT INTO order_items (order_id, line_number, product_id, quantity, unit_price, discount) VALUES ({order}, {line}, {product}, {random.Next(1, 5)}, {random.Next(1000, 99999) / 100m}, {random.Next(0, 500) / 100m})"
        );

    private Task InsertPaymentAsync(long order) =>
        shop.PaymentsAsync(
            $"INSERT INTO payments (id, order_id, method, status, amount, paid_at, updated_at) VALUES ({nextId++}, {order}, '{Pick(Methods)}', '{Pick(PaymentStatuses)}', {random.Next(1, 100000) / 100m}, {(random.Next(4) == 0 ? "NULL" : shop.NowLiteral)}, {shop.NowLiteral})"
        );

    private Task ChangeOrderAsync() =>
        shop.OrdersAsync(
            random.Next(4) switch
            {
                0 => $"UPDATE orders SET customer_id = {Customer()}, updated_at = {Stamp()} WHERE id = {Order()}",
                1 =>
                    $"UPDATE orders SET ordered_at = {ShopWorld.Literal(shop.Now.AddDays(-random.Next(1, 600)))}, updated_at = {Stamp()} WHERE id = {Order()}",
                2 =>
                    $"UPDATE orders SET manager_id = {(random.Next(2) == 0 ? "NULL" : N(random.Next(1, 11)))}, region_id = {Region()}, updated_at = {Stamp()} WHERE id = {Order()}",
                _ => $"UPDATE orders SET status = '{Pick(Statuses)}', updated_at = {Stamp()} WHERE id = {Order()}",
            }
        );

    private async Task ChangeLineAsync()
    {
        var order = Order();
        await shop.OrdersAsync($"UPDATE order_items SET quantity = quantity + 1 WHERE order_id = {order} AND line_number = 1");
        await shop.OrdersAsync($"UPDATE orders SET updated_at = {shop.NowLiteral} WHERE id = {order}");
    }

    private Task ChangeLineSilentlyAsync() =>
        shop.OrdersAsync(
            $"UPDATE order_items SET unit_price = unit_price + 1, product_id = {Product()} WHERE order_id = {Order()} AND line_number = {random.Next(1, 3)}"
        );

    private async Task DeleteOrderAsync()
    {
        var order = Order();
        await shop.OrdersAsync($"DELETE FROM order_items WHERE order_id = {order}");
        await shop.OrdersAsync($"DELETE FROM orders WHERE id = {order}");
        if (random.Next(2) == 0)
        {
            await shop.PaymentsAsync($"DELETE FROM payments WHERE order_id = {order}");
        }
    }

    /// <summary>An order that may have been deleted comes back with its old number and an old time stamp.</summary>
    private async Task ReviveOrderAsync()
    {
        var order = Order();
        if (await shop.ScalarAsync<long>("orders", $"SELECT COUNT(*) FROM orders WHERE id = {order}") == 0)
        {
            await shop.OrdersAsync(
                $"INSERT INTO orders (id, customer_id, manager_id, region_id, status, ordered_at, updated_at) VALUES ({order}, {Customer()}, NULL, {Region()}, 'paid', '2025-01-05 10:00:00', '2025-01-06 10:00:00')"
            );
            await shop.OrdersAsync($"DELETE FROM order_items WHERE order_id = {order}");
            await InsertLineAsync(order, 1, Product());
        }
    }

    private Task DeleteLineAsync() =>
        shop.OrdersAsync($"DELETE FROM order_items WHERE order_id = {Order()} AND line_number = {random.Next(1, 4)}");

    private Task ChangePaymentAsync() =>
        shop.PaymentsAsync(
            random.Next(3) switch
            {
                0 => $"UPDATE payments SET amount = amount + 1, updated_at = {Stamp()} WHERE order_id = {Order()}",
                1 => $"UPDATE payments SET method = '{Pick(Methods)}', updated_at = {Stamp()} WHERE order_id = {Order()}",
                _ => $"UPDATE payments SET status = '{Pick(PaymentStatuses)}', updated_at = {Stamp()} WHERE order_id = {Order()}",
            }
        );

    private Task DeletePaymentAsync() => shop.PaymentsAsync($"DELETE FROM payments WHERE order_id = {Order()}");

    private Task MovePaymentAsync() =>
        shop.PaymentsAsync($"UPDATE payments SET order_id = {Order()}, updated_at = {Stamp()} WHERE order_id = {Order()}");

    private Task RepeatPaymentAsync() =>
        shop.PaymentsAsync(
            $"INSERT INTO payments (id, order_id, method, status, amount, paid_at, updated_at) SELECT id + {nextId++}, order_id, method, status, amount, paid_at, updated_at FROM payments WHERE order_id = {Order()} AND id < 1000"
        );

    private Task MoveCustomerAsync() =>
        shop.OrdersAsync($"UPDATE customers SET region_id = {Region()}, updated_at = {Stamp()} WHERE id = {Customer()}");

    private Task MailCustomerAsync() =>
        shop.OrdersAsync($"UPDATE customers SET email = 'mail{nextId++}@example.com', updated_at = {Stamp()} WHERE id = {Customer()}");

    private Task RenameCustomerAsync() =>
        shop.OrdersAsync($"UPDATE customers SET name = 'Name {nextId++}', updated_at = {Stamp()} WHERE id = {Customer()}");

    private Task DeleteCustomerAsync() => shop.OrdersAsync($"DELETE FROM customers WHERE id = {Customer()}");

    private async Task NewCustomerAsync()
    {
        var id = Customer();
        if (await shop.ScalarAsync<long>("orders", $"SELECT COUNT(*) FROM customers WHERE id = {id}") == 0)
        {
            await shop.OrdersAsync(
                $"INSERT INTO customers (id, user_id, name, email, phone, region_id, created_at, updated_at) VALUES ({id}, {id}, 'Back', 'back{nextId++}@example.com', '1', {Region()}, {shop.NowLiteral}, {shop.NowLiteral})"
            );
        }
    }

    private Task ChangePriceAsync() =>
        shop.CatalogAsync(
            $"UPDATE products SET price = price + 1, cost = {random.Next(1, 900)}, updated_at = {Stamp()} WHERE id = {Product()}"
        );

    private Task RetireProductAsync() =>
        shop.CatalogAsync($"UPDATE products SET is_active = NOT is_active, updated_at = {Stamp()} WHERE id = {Product()}");

    private Task MoveProductAsync() =>
        shop.CatalogAsync($"UPDATE products SET category_id = {random.Next(1, 15)}, updated_at = {Stamp()} WHERE id = {Product()}");

    private Task RenameProductAsync() =>
        shop.CatalogAsync($"UPDATE products SET name = 'Product {nextId++}', updated_at = {Stamp()} WHERE id = {Product()}");

    private Task DeleteProductAsync() => shop.CatalogAsync($"DELETE FROM products WHERE id = {Product()}");

    private async Task NewProductAsync()
    {
        var id = Product();
        if (await shop.ScalarAsync<long>("catalog", $"SELECT COUNT(*) FROM products WHERE id = {id}") == 0)
        {
            await shop.CatalogAsync(
                $"INSERT INTO products (id, sku, name, category_id, brand, price, cost, is_active, created_at, updated_at) VALUES ({id}, 'NEW-{nextId++}', 'New', {random.Next(1, 15)}, 'B', 10, 5, true, {shop.NowLiteral}, {shop.NowLiteral})"
            );
        }
    }

    private Task RenameRegionAsync() => shop.OrdersAsync($"UPDATE regions SET name = 'Region {nextId++}' WHERE id = {Region()}");

    private Task RenameCategoryAsync() =>
        shop.CatalogAsync($"UPDATE categories SET name = 'Category {nextId++}' WHERE id = {random.Next(1, 15)}");

    private Task PromoteEmployeeAsync() =>
        shop.OrdersAsync(
            $"UPDATE employees SET is_manager = NOT is_manager, position = 'Position {nextId++}', region_id = {Region()} WHERE id = {random.Next(1, 11)}"
        );

    private Task SoilCustomerAsync() =>
        shop.OrdersAsync($"UPDATE customers SET email = {Pick(["NULL", "''", "'Ð»'"])}, updated_at = {Stamp()} WHERE id = {Customer()}");

    private Task CleanCustomersAsync() =>
        shop.OrdersAsync(
            $"UPDATE customers SET email = 'clean{nextId++}@example.com', updated_at = {Stamp()} WHERE email IS NULL OR email IN ('', 'Ð»')"
        );

    private Task SoilLineAsync() =>
        shop.OrdersAsync(
            $"UPDATE order_items SET {(random.Next(2) == 0 ? "quantity = -quantity" : "product_id = 0")} WHERE order_id = {Order()} AND line_number = {random.Next(1, 3)}"
        );

    private Task CleanLinesAsync() =>
        shop.OrdersAsync(
            $"UPDATE order_items SET quantity = 1, product_id = {Product()}, discount = 0 WHERE quantity < 0 OR product_id = 0"
        );

    private Task SoilOrderAsync() =>
        shop.OrdersAsync(
            $"UPDATE orders SET {(random.Next(2) == 0 ? "status = 'lost'" : $"ordered_at = {ShopWorld.Literal(shop.Now.AddDays(random.Next(2, 6)))}")}, updated_at = {Stamp()} WHERE id = {Order()}"
        );

    private Task CleanOrdersAsync() => shop.OrdersAsync($"UPDATE orders SET status = 'paid', updated_at = {Stamp()} WHERE status = 'lost'");

    private Task SoilProductAsync() =>
        shop.CatalogAsync($"UPDATE products SET price = -price, updated_at = {Stamp()} WHERE id = {Product()} AND price > 0");

    private Task CleanProductsAsync() => shop.CatalogAsync($"UPDATE products SET price = -price, updated_at = {Stamp()} WHERE price < 0");

    private async Task SoilSmallTablesAsync()
    {
        await shop.OrdersAsync($"UPDATE regions SET name = ' ' WHERE id = {Region()}");
        await shop.CatalogAsync($"UPDATE categories SET name = '' WHERE id = {random.Next(1, 15)}");
    }

    private async Task CleanSmallTablesAsync()
    {
        await shop.OrdersAsync($"UPDATE regions SET name = 'Clean {nextId++}' WHERE name = ' '");
        await shop.CatalogAsync($"UPDATE categories SET name = 'Clean {nextId++}' WHERE name = ''");
    }

    /// <summary>An order of a customer, a region, a manager and a product that nobody has heard of.</summary>
    private async Task OrderOfUnknownsAsync()
    {
        var id = nextId++;
        await shop.OrdersAsync(
            $"INSERT INTO orders (id, customer_id, manager_id, region_id, status, ordered_at, updated_at) VALUES ({id}, {random.Next(900, 903)}, {random.Next(900, 903)}, {random.Next(900, 903)}, 'paid', {shop.NowLiteral}, {shop.NowLiteral})"
        );
        await InsertLineAsync(id, 1, random.Next(900, 903));
    }
#pragma warning restore CA5394
}
