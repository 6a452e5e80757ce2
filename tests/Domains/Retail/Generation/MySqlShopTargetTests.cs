using MySqlConnector;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Generation;

public sealed class MySqlShopTargetTests
{
    private static readonly ShopOptions Options = new() { Until = MemoryShop.Until };

    [Fact]
    public async Task The_databases_hold_exactly_the_generated_rows()
    {
        var shop = await MySqlShop.CreateAsync();
        var expected = MemoryShop.Of(dirty: 0.05);

        var result = await shop.GenerateAsync(Options with { DirtyShare = 0.05 });

        result.Dirty.ShouldBe(expected.Dirty, ignoreOrder: true);
        foreach (var table in Shop.Tables)
        {
            (await shop.LinesAsync(table.Database, table.Name)).ShouldBe(expected.Lines(table.Name), table.Name);
        }
    }

    [Fact]
    public async Task The_result_counts_the_rows()
    {
        var shop = await MySqlShop.CreateAsync();

        var counts = (await shop.GenerateAsync(Options)).Counts;

        counts.ShouldBe(
            new ShopCounts
            {
                Regions = 5,
                Categories = 14,
                Products = 25,
                Employees = 10,
                Managers = 5,
                Customers = 50,
                Orders = 600,
                OrderItems = MemoryShop.Of()["order_items"].Count,
                Payments = MemoryShop.Of()["payments"].Count,
                Users = 61,
                Roles = 4,
            }
        );
    }

    [Fact]
    public async Task A_generated_shop_is_replaced_by_the_next_one()
    {
        var shop = await MySqlShop.CreateAsync();
        await shop.GenerateAsync(Options with { Scale = 2 });

        await shop.GenerateAsync(Options with { Seed = 7 });

        (await shop.LinesAsync("orders", "orders")).ShouldBe(MemoryShop.Of(seed: 7).Lines("orders"));
        (await shop.ScalarAsync<int>("payments", $"SELECT seed FROM {ShopMarker.Table} WHERE is_complete")).ShouldBe(7);
    }

    [Fact]
    public async Task A_shop_that_was_not_generated_is_left_alone()
    {
        var shop = await MySqlShop.CreateAsync();
        await shop.ExecuteAsync("payments", "CREATE TABLE payments (id bigint); INSERT INTO payments VALUES (4711)");

        var refusal = await Should.ThrowAsync<ShopExistsException>(() => shop.GenerateAsync(Options));

        refusal.Message.ShouldContain("already has payments");
        (await shop.ScalarAsync<long>("payments", "SELECT id FROM payments")).ShouldBe(4711);
        (await shop.ScalarAsync<long>("auth", "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()")).ShouldBe(
            0
        );
    }

    [Fact]
    public async Task A_shop_that_was_not_generated_is_replaced_when_that_is_forced()
    {
        var shop = await MySqlShop.CreateAsync();
        await shop.ExecuteAsync("payments", "CREATE TABLE payments (id bigint)");

        await shop.GenerateAsync(Options, force: true);

        (await shop.ScalarAsync<long>("payments", "SELECT COUNT(*) FROM payments")).ShouldBe(MemoryShop.Of()["payments"].Count);
    }

    [Fact]
    public async Task One_database_cannot_be_two_of_the_four()
    {
        var server = await Servers.RequireMariaDbAsync();
        var database = await server.CreateDatabaseAsync();
        var shop = new MySqlShop(ShopTable.Databases.ToDictionary(name => name, _ => database.ConnectionString));

        (await Should.ThrowAsync<InvalidOperationException>(() => shop.GenerateAsync(Options))).Message.ShouldContain(
            "auth and catalog are one and the same"
        );
    }

    [Fact]
    public async Task Foreign_keys_and_indexes_stand_after_the_load()
    {
        var shop = await MySqlShop.CreateAsync();
        await shop.GenerateAsync(Options);

        (
            await shop.ScalarAsync<long>(
                "orders",
                "SELECT COUNT(*) FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()"
            )
        ).ShouldBe(6);
        (
            await shop.ScalarAsync<long>(
                "payments",
                "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND column_name IN ('updated_at', 'order_id')"
            )
        ).ShouldBe(2);
        await Should.ThrowAsync<MySqlException>(() => shop.ExecuteAsync("orders", "UPDATE orders SET customer_id = 99999 WHERE id = 1"));
    }

    [Fact]
    public async Task A_change_by_hand_moves_updated_at()
    {
        var shop = await MySqlShop.CreateAsync();
        await shop.GenerateAsync(Options);

        await shop.ExecuteAsync("orders", "UPDATE orders SET status = 'shipped' WHERE id = 600");

        (
            await shop.ScalarAsync<bool>("orders", "SELECT updated_at > NOW(6) - INTERVAL 1 MINUTE FROM orders WHERE id = 600")
        ).ShouldBeTrue();
    }
}
