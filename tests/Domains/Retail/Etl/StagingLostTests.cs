using Tradepost.Retail.Etl;
using Tradepost.Storage;

namespace Tradepost.Retail.Tests.Etl;

public sealed class StagingLostTests
{
    [Theory]
    [InlineData("stg_orders, stg_order_items, stg_payments, stg_customers, stg_products")] // as a crash of the server leaves unlogged tables
    [InlineData("stg_orders")]
    [InlineData("stg_order_items")]
    [InlineData("stg_payments")]
    [InlineData("stg_customers")]
    [InlineData("stg_products")]
    public async Task An_interval_on_staging_tables_that_were_emptied_marks_nothing_deleted(string tables)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await warehouse.LoadAsync(new EtlOptions { Mode = EtlMode.Full });
        var before = await warehouse.SnapshotAsync();
        await using (var connection = await warehouse.Store.OpenAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync($"TRUNCATE {tables}", null, TestContext.Current.CancellationToken);
        }

        await warehouse.LoadAsync(new EtlOptions { Days = 7 });

        (await warehouse.SnapshotAsync()).ShouldBe(before);
    }
}
