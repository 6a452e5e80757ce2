using Tradepost.Retail.Etl;
using Tradepost.Retail.Sources;

namespace Tradepost.Retail.Tests.Etl;

public sealed class DeleteBoundOnDuckDb() : DeleteBoundContract(StoreKind.DuckDb);

public sealed class DeleteBoundOnPostgres() : DeleteBoundContract(StoreKind.Postgres);

/// <summary>No run of any kind marks more than the set share of the warehouse as deleted, whatever was lost on the way.</summary>
public abstract class DeleteBoundContract(StoreKind kind)
{
    [Theory]
    [InlineData(EtlMode.Full, null)]
    [InlineData(EtlMode.Incremental, null)]
    [InlineData(EtlMode.Incremental, 30)]
    public async Task A_source_and_its_staging_that_lost_rows_together_stop_the_run(EtlMode mode, int? days)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await warehouse.ExecuteAsync("DELETE FROM stg_order_items");
        await shop.OrdersAsync("DELETE FROM order_items WHERE order_id % 3 = 0");

        var refused = await Should.ThrowAsync<DataQualityException>(() => warehouse.LoadAsync(new EtlOptions { Mode = mode, Days = days }));

        refused.Message.ShouldContain("rows of fact_sales would be marked as deleted; at most 10 % may be.");
        (await warehouse.SnapshotAsync()).ShouldBe(before);
        (
            await warehouse.LoadAsync(
                new EtlOptions
                {
                    Mode = mode,
                    Days = days,
                    MaxDeletes = 50,
                }
            )
        ).Tables["fact_sales"].Deleted.ShouldBePositive();
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("products")]
    public async Task Dimensions_are_bound_as_facts_are(string table)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        await warehouse.ExecuteAsync($"DELETE FROM stg_{table}");
        await shop.ExecuteAsync(table == "customers" ? Shop.OrderDatabase : Shop.Catalog, $"DELETE FROM {table} WHERE id % 3 = 0");

        var refused = await Should.ThrowAsync<DataQualityException>(() => warehouse.FullAsync());

        refused.Message.ShouldContain($"rows of dim_{table[..^1]} would be marked as deleted");
        (await warehouse.SnapshotAsync()).ShouldBe(before);
    }
}
