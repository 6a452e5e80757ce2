using Tradepost.Retail.Etl;
using Tradepost.Storage;

namespace Tradepost.Retail.Tests.Etl;

public sealed class StagingLostTests
{
    [Fact]
    public async Task An_interval_after_a_crash_emptied_the_staging_tables_marks_nothing_deleted()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await warehouse.LoadAsync(new EtlOptions { Mode = EtlMode.Full });
        var before = await warehouse.SnapshotAsync();
        await using (var connection = await warehouse.Store.OpenAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("TRUNCATE stg_orders, stg_order_items, stg_payments, stg_customers, stg_products", null, TestContext.Current.CancellationToken);
        }

        await warehouse.LoadAsync(new EtlOptions { Days = 7 });

        (await warehouse.SnapshotAsync()).ShouldBe(before);
    }
}
