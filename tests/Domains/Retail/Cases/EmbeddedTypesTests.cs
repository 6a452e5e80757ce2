using Tradepost.Retail.Etl;
using Tradepost.Retail.Tests.Etl;

namespace Tradepost.Retail.Tests.Cases;

public sealed class EmbeddedTypesOnDuckDb() : EmbeddedTypesContract(StoreKind.DuckDb);

public sealed class EmbeddedTypesOnPostgres() : EmbeddedTypesContract(StoreKind.Postgres);

/// <summary>Embedded shops whose columns have other types than ours.</summary>
public abstract class EmbeddedTypesContract(StoreKind kind)
{
    [Theory]
    [InlineData("DECIMAL(8,1)", "1.5", "2.5")]
    [InlineData("DOUBLE", "1.5", "'NaN'")]
    [InlineData("VARCHAR", "'1.5'", "'x'")]
    [InlineData("HUGEINT", "170141183460469231731687303715884105727", "-2147483649")]
    [InlineData("BIGINT", "2147483648", "9223372036854775807")]
    public async Task A_quantity_that_is_no_whole_number_of_ours_is_kept_aside(string type, string first, string second)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await using var plain = await Warehouse.CreateAsync(kind, shop);
        await plain.FullAsync();
        await shop.OrdersAsync(
            $"ALTER TABLE order_items ALTER quantity TYPE {type}; UPDATE order_items SET quantity = {first} WHERE order_id = 10 AND line_number = 1; UPDATE order_items SET quantity = {second} WHERE order_id = 11 AND line_number = 1"
        );

        (await warehouse.FullAsync()).Differing.ShouldBe(0);

        (await warehouse.LinesAsync("SELECT natural_key, rule FROM etl_rejects")).ShouldBe([
            "|10:1|order_items.row.readable",
            "|11:1|order_items.row.readable",
        ]);
        const string Others = "SELECT order_id, line_number, quantity, net FROM fact_sales WHERE order_id NOT IN (10, 11)";
        (await warehouse.LinesAsync(Others)).ShouldBe(await plain.LinesAsync(Others));
        (await warehouse.IncrementalAsync()).Differing.ShouldBe(0);
        await shop.OrdersAsync("UPDATE order_items SET quantity = 7 WHERE order_id IN (10, 11) AND line_number = 1");
        (await warehouse.IncrementalAsync()).Differing.ShouldBe(0);
        (await warehouse.LinesAsync("SELECT order_id, quantity FROM fact_sales WHERE order_id IN (10, 11) AND line_number = 1")).ShouldBe([
            "|10|7",
            "|11|7",
        ]);
        (await warehouse.ScalarAsync<long>("SELECT count(*) FROM etl_rejects")).ShouldBe(0);
    }

    [Fact]
    public async Task A_reference_that_is_no_number_is_a_problem_and_not_an_empty_reference()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            "ALTER TABLE orders ALTER region_id TYPE VARCHAR; UPDATE orders SET region_id = 'north' WHERE id = 10; ALTER TABLE orders ALTER ordered_at TYPE VARCHAR; UPDATE orders SET ordered_at = '05.02.2025' WHERE id = 11"
        );
        await shop.OrdersAsync("UPDATE orders SET ordered_at = '2025-02-05T10:00:00+02:00' WHERE id = 12");

        (await warehouse.FullAsync()).Differing.ShouldBe(0);

        (await warehouse.LinesAsync("SELECT natural_key, problem FROM etl_rejects WHERE source_table = 'orders'")).ShouldBe([
            "|10|region_id cannot be read as BigInt: the source has north",
            "|11|ordered_at cannot be read as Timestamp: the source has 05.02.2025",
        ]);
        (await warehouse.LinesAsync("SELECT ordered_at FROM stg_orders WHERE id = 12")).ShouldBe(["|2025-02-05 08:00:00.000000"]);
    }

    [Fact]
    public async Task A_key_that_is_empty_or_no_number_holds_up_no_run()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await shop.OrdersAsync(
            $"ALTER TABLE customers ALTER id DROP NOT NULL; ALTER TABLE customers ALTER id TYPE HUGEINT; INSERT INTO customers SELECT 170141183460469231731687303715884105727, user_id, name, email, phone, region_id, created_at, {shop.NowLiteral} FROM customers WHERE id = 1"
        );
        await shop.OrdersAsync(
            "INSERT INTO customers SELECT NULL, user_id, name, email, phone, region_id, created_at, updated_at FROM customers WHERE id = 1"
        );

        foreach (var mode in new[] { EtlMode.Full, EtlMode.Incremental, EtlMode.Incremental, EtlMode.Full, EtlMode.Incremental })
        {
            var result = await warehouse.LoadAsync(new EtlOptions { Mode = mode });
            (result.Differing, result.Rejected).ShouldBe((0, 2));
        }

        await shop.OrdersAsync("DELETE FROM customers WHERE id IS NULL");
        (await warehouse.IncrementalAsync()).Rejected.ShouldBe(1);
        (await warehouse.LinesAsync("SELECT rule, problem FROM etl_rejects")).ShouldBe([
            "|customers.id.not_null|id cannot be read as BigInt: the source has 170141183460469231731687303715884105727",
        ]);
    }
}
