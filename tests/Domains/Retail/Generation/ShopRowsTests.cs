using Tradepost.Retail.Sources;

namespace Tradepost.Retail.Tests.Generation;

public sealed class ShopRowsTests
{
    private static readonly DateTime Until = MemoryShop.Until.ToDateTime(default);
    private static readonly MemoryShop One = MemoryShop.Of();
    private static readonly MemoryShop Twenty = MemoryShop.Of(scale: 20);

    [Theory]
    [InlineData("roles", 4)]
    [InlineData("users", 61)]
    [InlineData("categories", 14)]
    [InlineData("products", 25)]
    [InlineData("regions", 5)]
    [InlineData("employees", 10)]
    [InlineData("customers", 50)]
    [InlineData("orders", 600)]
    public void The_default_shop_has_exactly_so_many_rows(string table, int count)
    {
        One[table].Count.ShouldBe(count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(42)]
    [InlineData(2024)]
    public void At_least_540_of_600_orders_have_a_payment(int seed)
    {
        MemoryShop.Of(seed: seed)["payments"].Select(p => p.Id("order_id")).Distinct().Count().ShouldBeGreaterThanOrEqualTo(540);
    }

    [Fact]
    public void Scale_multiplies_customers_and_orders_and_nothing_else()
    {
        Twenty["customers"].Count.ShouldBe(1000);
        Twenty["orders"].Count.ShouldBe(12_000);
        Twenty["users"].Count.ShouldBe(1011);
        Twenty["payments"].Count.ShouldBeGreaterThanOrEqualTo(540 * 20);
        Twenty["products"].Count.ShouldBe(25);
        Twenty["employees"].Count.ShouldBe(10);
    }

    [Fact]
    public void Five_of_ten_employees_are_managers_one_in_each_region()
    {
        var managers = One["employees"].Where(e => e.Get<bool>("is_manager")).ToList();

        managers.Count.ShouldBe(5);
        managers.Select(m => m.Id("region_id")).ShouldBe([1L, 2, 3, 4, 5], ignoreOrder: true);
    }

    [Fact]
    public void Six_categories_are_main_and_eight_hang_on_them()
    {
        var main = One["categories"].Where(c => c["parent_id"] is null).Select(c => c.Id()).ToHashSet();

        main.Count.ShouldBe(6);
        One["categories"].Where(c => c["parent_id"] is not null).ShouldAllBe(c => main.Contains(c.Id("parent_id")));
    }

    [Theory]
    [InlineData("users", "role_id", "roles")]
    [InlineData("products", "category_id", "categories")]
    [InlineData("employees", "region_id", "regions")]
    [InlineData("employees", "user_id", "users")]
    [InlineData("customers", "region_id", "regions")]
    [InlineData("customers", "user_id", "users")]
    [InlineData("orders", "customer_id", "customers")]
    [InlineData("orders", "region_id", "regions")]
    [InlineData("orders", "manager_id", "employees")]
    [InlineData("order_items", "order_id", "orders")]
    [InlineData("order_items", "product_id", "products")]
    [InlineData("payments", "order_id", "orders")]
    public void Every_reference_finds_its_row(string table, string column, string target)
    {
        var ids = Twenty[target].Select(r => r.Id()).ToHashSet();

        Twenty[table].Where(r => r[column] is not null).ShouldAllBe(r => ids.Contains(r.Id(column)));
    }

    [Theory]
    [InlineData("users", "email")]
    [InlineData("customers", "email")]
    [InlineData("customers", "user_id")]
    [InlineData("products", "sku")]
    [InlineData("payments", "id")]
    [InlineData("orders", "id")]
    public void No_two_rows_share_what_identifies_them(string table, string column)
    {
        Twenty[table].Select(r => r[column]).Distinct().Count().ShouldBe(Twenty[table].Count);
    }

    [Fact]
    public void A_payment_is_the_total_of_its_order_to_the_cent()
    {
        var totals = Twenty["order_items"]
            .GroupBy(i => i.Id("order_id"), i => (i.Get<int>("quantity") * i.Get<decimal>("unit_price")) - i.Get<decimal>("discount"))
            .ToDictionary(g => g.Key, g => g.Sum());

        totals.Count.ShouldBe(12_000);
        Twenty["payments"].ShouldAllBe(p => p.Get<decimal>("amount") == totals[p.Id("order_id")]);
        totals.Values.ShouldAllBe(total => total > 0);
    }

    [Fact]
    public void A_cancelled_order_is_not_paid_or_refunded()
    {
        var cancelled = Twenty["orders"].Where(o => o.Get<string>("status") == "cancelled").Select(o => o.Id()).ToHashSet();

        cancelled.Count.ShouldBeInRange(12_000 * 6 / 100, 12_000 * 10 / 100);
        Twenty["payments"]
            .Where(p => cancelled.Contains(p.Id("order_id")))
            .ShouldAllBe(p => p.Get<string>("status") == "refunded" || p.Get<string>("status") == "failed");
        Twenty["payments"].Where(p => p.Get<string>("status") == "refunded").ShouldAllBe(p => cancelled.Contains(p.Id("order_id")));
    }

    [Fact]
    public void An_order_that_was_paid_or_shipped_has_exactly_one_completed_payment()
    {
        var completed = Twenty["payments"].Where(p => p.Get<string>("status") == "completed").Select(p => p.Id("order_id")).ToList();

        Twenty["orders"]
            .Where(o => o.Get<string>("status") is "paid" or "shipped")
            .Select(o => o.Id())
            .ShouldBe(completed, ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(42)]
    public void All_four_statuses_occur_in_the_smallest_shop(int seed)
    {
        MemoryShop
            .Of(seed: seed)["orders"]
            .Select(o => o.Get<string>("status"))
            .Distinct()
            .ShouldBe(["new", "paid", "shipped", "cancelled"], ignoreOrder: true);
    }

    [Fact]
    public void An_order_that_is_still_new_is_young()
    {
        Twenty["orders"]
            .Where(o => o.Get<string>("status") == "new")
            .ShouldAllBe(o => Until - o.Get<DateTime>("ordered_at") < TimeSpan.FromDays(9));
    }

    [Fact]
    public void Order_times_grow_with_the_id_over_two_years()
    {
        var times = Twenty["orders"].Select(o => o.Get<DateTime>("ordered_at")).ToList();

        times.ShouldBeInOrder();
        times[0].ShouldBeLessThan(Until.AddDays(-729));
        times[^1].ShouldBeGreaterThan(Until.AddDays(-1));
    }

    [Theory]
    [InlineData("users", "created_at")]
    [InlineData("products", "created_at")]
    [InlineData("customers", "created_at")]
    [InlineData("orders", "ordered_at")]
    [InlineData("payments", "paid_at")]
    public void Nothing_changes_before_it_is_made_or_after_the_end(string table, string made)
    {
        Twenty[table]
            .ShouldAllBe(r =>
                r.Get<DateTime>("updated_at") <= Until && (r[made] == null || r.Get<DateTime>(made) <= r.Get<DateTime>("updated_at"))
            );
    }

    [Fact]
    public void Customers_order_only_once_they_exist()
    {
        var created = Twenty["customers"].ToDictionary(c => c.Id(), c => c.Get<DateTime>("created_at"));

        Twenty["orders"].ShouldAllBe(o => created[o.Id("customer_id")] <= o.Get<DateTime>("ordered_at"));
    }

    [Fact]
    public void Older_orders_of_a_customer_who_moved_keep_the_older_region()
    {
        var now = Twenty["customers"].ToDictionary(c => c.Id(), c => (Region: c.Id("region_id"), Since: c.Get<DateTime>("updated_at")));
        var elsewhere = Twenty["orders"].Where(o => now[o.Id("customer_id")].Region != o.Id("region_id")).ToList();

        elsewhere.Count.ShouldBeGreaterThan(100);
        elsewhere.ShouldAllBe(o => o.Get<DateTime>("ordered_at") < now[o.Id("customer_id")].Since);
    }

    [Fact]
    public void Older_orders_keep_the_older_price()
    {
        var prices = Twenty["order_items"]
            .GroupBy(i => i.Id("product_id"), i => i.Get<decimal>("unit_price"))
            .ToDictionary(g => g.Key, g => g.Distinct().Count());

        prices.Count.ShouldBe(25);
        prices.Values.ShouldAllBe(count => count >= 2);
    }

    [Fact]
    public void A_line_costs_what_the_product_costs_once_its_price_no_longer_changed()
    {
        var products = Twenty["products"].ToDictionary(p => p.Id());
        var orders = Twenty["orders"].ToDictionary(o => o.Id(), o => o.Get<DateTime>("ordered_at"));

        Twenty["order_items"]
            .Where(i => orders[i.Id("order_id")] >= products[i.Id("product_id")].Get<DateTime>("updated_at"))
            .ShouldAllBe(i => i.Get<decimal>("unit_price") == products[i.Id("product_id")].Get<decimal>("price"));
    }

    [Fact]
    public void An_order_has_about_two_and_a_half_lines_each_of_another_product()
    {
        var lines = Twenty["order_items"].GroupBy(i => i.Id("order_id")).ToList();

        (Twenty["order_items"].Count / 12_000.0).ShouldBeInRange(2.3, 2.7);
        lines.ShouldAllBe(o => o.Select(i => i.Id("product_id")).Distinct().Count() == o.Count());
        lines.ShouldAllBe(o => o.Select(i => i.Get<int>("line_number")).SequenceEqual(Enumerable.Range(1, o.Count())));
    }

    [Fact]
    public void Weekends_and_December_are_busier()
    {
        var times = Twenty["orders"].Select(o => o.Get<DateTime>("ordered_at")).ToList();
        var byDay = times.CountBy(t => t.DayOfWeek).ToDictionary();
        var byMonth = times.CountBy(t => t.Month).ToDictionary();

        byDay[DayOfWeek.Sunday].ShouldBeGreaterThan(byDay[DayOfWeek.Tuesday] * 5 / 4);
        byMonth[12].ShouldBeGreaterThan(byMonth[2] * 3 / 2);
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows()
    {
        var again = MemoryShop.Of(dirty: 0.1);
        var first = MemoryShop.Of(dirty: 0.1);

        foreach (var table in Shop.Tables.Select(t => t.Name))
        {
            again.Lines(table).ShouldBe(first.Lines(table));
        }
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("orders")]
    [InlineData("order_items")]
    [InlineData("payments")]
    public void Another_seed_gives_other_rows(string table)
    {
        MemoryShop.Of(seed: 43).Lines(table).ShouldNotBe(One.Lines(table));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.6)]
    [InlineData(1, -0.1)]
    public void Impossible_options_are_refused(int scale, double dirty)
    {
        Should.Throw<ArgumentException>(() => MemoryShop.Of(scale, dirty: dirty));
    }
}
