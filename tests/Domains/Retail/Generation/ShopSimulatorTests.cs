using System.Globalization;
using Tradepost.Retail.Generation;

namespace Tradepost.Retail.Tests.Generation;

public sealed class ShopSimulatorTests
{
    private static readonly ShopOptions Options = new() { Until = MemoryShop.Until, Scale = 10 };

    [Fact]
    public async Task Ten_days_bring_orders_changes_moves_and_prices()
    {
        using var shop = await GeneratedAsync(Options);

        var happened = await shop.AdvanceAsync(10);

        (happened.To - happened.From).ShouldBe(TimeSpan.FromDays(10));
        happened.Orders.ShouldBeInRange(40, 200);
        happened.OrderItems.ShouldBeGreaterThan(happened.Orders);
        happened.Payments.ShouldBeGreaterThan(happened.Orders * 8 / 10);
        happened.StatusChanges.ShouldBeGreaterThan(10);
        happened.Returns.ShouldBeGreaterThan(0);
        happened.Moves.ShouldBeGreaterThan(0);
        happened.PriceChanges.ShouldBeGreaterThan(0);
        (await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM orders")).ShouldBe(6000 + happened.Orders);
        (await shop.ScalarAsync<long>("orders", "SELECT COUNT(*) FROM order_items WHERE order_id > 6000")).ShouldBe(happened.OrderItems);
    }

    [Fact]
    public async Task Everything_that_changed_says_when_and_nothing_else_does()
    {
        using var shop = await GeneratedAsync(Options);
        var before = await RowsAsync(shop);

        var happened = await shop.AdvanceAsync(10);

        foreach (var (table, lines) in await RowsAsync(shop))
        {
            var changed = lines
                .Except(before[table])
                .Select(line => DateTime.Parse(line.Split('|')[^1], CultureInfo.InvariantCulture))
                .ToList();
            changed.ShouldNotBeEmpty(table);
            changed.ShouldAllBe(time => time > happened.From && time <= happened.To);
        }
    }

    [Fact]
    public async Task The_shop_stays_consistent()
    {
        using var shop = await GeneratedAsync(Options);
        await shop.AdvanceAsync(3);
        await shop.AdvanceAsync(40);

        var orders = (await shop.LinesAsync("orders", "orders"))
            .Select(l => l.Split('|'))
            .ToDictionary(c => c[0], c => (Status: c[4], OrderedAt: c[5]));
        var payments = (await shop.LinesAsync("payments", "payments"))
            .Select(l => l.Split('|'))
            .Where(c => c[3] != "failed")
            .ToLookup(c => c[1]);
        var totals = (await shop.LinesAsync("orders", "order_items"))
            .Select(l => l.Split('|'))
            .GroupBy(c => c[0])
            .ToDictionary(g => g.Key, g => g.Sum(c => (Parse(c[3]) * Parse(c[4])) - Parse(c[5])));

        orders.Where(o => !Expected(o.Value.Status).Contains(string.Join(',', payments[o.Key].Select(p => p[3])))).ShouldBeEmpty();
        payments.SelectMany(p => p).Where(p => Parse(p[4]) != totals[p[1]]).ShouldBeEmpty();
        payments.SelectMany(p => p).Where(p => (p[5] == "∅") != (p[3] == "pending")).ShouldBeEmpty();
        payments.SelectMany(p => p).Where(p => p[5] != "∅" && string.CompareOrdinal(p[5], orders[p[1]].OrderedAt) <= 0).ShouldBeEmpty();

        static string[] Expected(string status) =>
            status switch
            {
                "cancelled" => ["", "refunded"],
                "new" => ["", "pending"],
                _ => ["completed"],
            };
    }

    [Fact]
    public async Task Orders_of_a_customer_who_moves_keep_the_region_of_their_day()
    {
        using var shop = await GeneratedAsync(Options);

        await shop.AdvanceAsync(60);

        (
            await shop.ScalarAsync<long>(
                "orders",
                "SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.ordered_at >= c.updated_at AND o.region_id <> c.region_id"
            )
        ).ShouldBe(0);
        (
            await shop.ScalarAsync<long>(
                "orders",
                $"SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id > 6000 AND o.region_id <> c.region_id AND o.ordered_at < c.updated_at"
            )
        ).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Equal_shops_get_equal_days_whatever_they_are_kept_in()
    {
        using var one = await GeneratedAsync(Options with { Scale = 1 });
        var other = await MySqlShop.CreateAsync();
        await other.GenerateAsync(Options with { Scale = 1 });

        await one.AdvanceAsync(14);
        await other.AdvanceAsync(14);

        var expected = await RowsAsync(one);
        foreach (var (table, lines) in await RowsAsync(other))
        {
            lines.ShouldBe(expected[table], table);
        }
    }

    [Fact]
    public async Task A_single_day_of_the_smallest_shop_brings_an_order()
    {
        using var shop = await GeneratedAsync(Options with { Scale = 1 });

        (await shop.AdvanceAsync(1)).Orders.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Bad_rows_do_not_stop_the_shop()
    {
        using var shop = await GeneratedAsync(Options with { DirtyShare = 0.2 });

        var happened = await shop.AdvanceAsync(10);

        happened.From.ShouldBeLessThanOrEqualTo(MemoryShop.Until.ToDateTime(default));
        happened.Orders.ShouldBeInRange(40, 200);
    }

    [Fact]
    public async Task A_shop_without_orders_is_refused_with_what_to_do()
    {
        using var shop = await GeneratedAsync(Options with { Scale = 1 });
        await shop.ExecuteAsync("orders", "DELETE FROM order_items; DELETE FROM orders");

        (await Should.ThrowAsync<InvalidOperationException>(() => shop.AdvanceAsync(1))).Message.ShouldContain("retail generate");
    }

    private static async Task<DuckDbShop> GeneratedAsync(ShopOptions options)
    {
        var shop = new DuckDbShop();
        await shop.GenerateAsync(options);
        return shop;
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> RowsAsync(TestShop shop) =>
        new()
        {
            ["customers"] = await shop.LinesAsync("orders", "customers"),
            ["orders"] = await shop.LinesAsync("orders", "orders"),
            ["payments"] = await shop.LinesAsync("payments", "payments"),
            ["products"] = await shop.LinesAsync("catalog", "products"),
        };

    private static decimal Parse(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);
}
