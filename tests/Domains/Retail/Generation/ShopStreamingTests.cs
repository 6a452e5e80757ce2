using Tradepost.Retail.Generation;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Tests.Generation;

public sealed class ShopStreamingTests
{
    private static readonly ShopOptions Options = new()
    {
        Until = MemoryShop.Until,
        Scale = 200,
        DirtyShare = 0.01,
    };

    [Theory]
    [InlineData("orders", "orders", 120_000)]
    [InlineData("orders", "order_items", 290_000)]
    [InlineData("payments", "payments", 110_000)]
    public void A_large_table_takes_no_more_memory_than_a_batch(string database, string table, int atLeast)
    {
        var rows = new ShopRows(new GeneratedShop(Options), new Dirt(Options.Seed, Options.DirtyShare));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var count = Count(rows, TableOf(database, table));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        count.ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Theory]
    [InlineData("auth", "users")]
    [InlineData("orders", "customers")]
    public void One_batch_is_filled_again_and_again(string database, string table)
    {
        var rows = new ShopRows(new GeneratedShop(Options), new Dirt(Options.Seed, Options.DirtyShare));

        rows.Of(TableOf(database, table)).Distinct().Count().ShouldBe(1);
    }

    private static Table TableOf(string database, string name) => ShopTable.Of(database).Single(t => t.Name == name);

    private static long Count(ShopRows rows, Table table)
    {
        var count = 0L;
        foreach (var batch in rows.Of(table))
        {
            count += batch.Count;
        }

        return count;
    }
}
