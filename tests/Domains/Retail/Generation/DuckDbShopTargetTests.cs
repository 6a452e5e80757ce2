using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;

namespace Tradepost.Retail.Tests.Generation;

public sealed class DuckDbShopTargetTests
{
    private static readonly ShopOptions Options = new() { Until = MemoryShop.Until };

    [Fact]
    public async Task The_files_hold_exactly_the_generated_rows()
    {
        using var shop = new DuckDbShop();
        var expected = MemoryShop.Of(scale: 5, dirty: 0.05);

        var result = await shop.GenerateAsync(Options with { Scale = 5, DirtyShare = 0.05 });

        result.Dirty.ShouldBe(expected.Dirty, ignoreOrder: true);
        result.Counts.Orders.ShouldBe(3000);
        foreach (var table in Shop.Tables)
        {
            (await shop.LinesAsync(table.Database, table.Name)).ShouldBe(expected.Lines(table.Name), table.Name);
        }
    }

    [Fact]
    public async Task Only_the_four_finished_files_are_left()
    {
        using var shop = new DuckDbShop();
        await shop.GenerateAsync(Options);

        await shop.GenerateAsync(Options with { Seed = 7 });

        Directory
            .GetFiles(shop.Folder)
            .Select(Path.GetFileName)
            .ShouldBe(["auth.duckdb", "catalog.duckdb", "orders.duckdb", "payments.duckdb"], ignoreOrder: true);
        (await shop.LinesAsync("orders", "orders")).ShouldBe(MemoryShop.Of(seed: 7).Lines("orders"));
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_the_previous_shop()
    {
        using var shop = new DuckDbShop();
        await shop.GenerateAsync(Options);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var generator = new ShopGenerator(Options with { Scale = 50, Seed = 7 }, TimeProvider.System);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            generator.GenerateAsync(new StoppingTarget(shop.Target, stopped.Token), force: false, CancellationToken.None)
        );

        (await shop.LinesAsync("orders", "orders")).ShouldBe(MemoryShop.Of().Lines("orders"));
        Directory.GetFiles(shop.Folder).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_file_that_was_not_generated_is_left_alone()
    {
        using var shop = new DuckDbShop();
        await shop.ExecuteAsync("payments", "CREATE TABLE takings (id int)");

        var refusal = await Should.ThrowAsync<ShopExistsException>(() => shop.GenerateAsync(Options));

        refusal.Message.ShouldContain("already has takings");
        (await shop.ScalarAsync<long>("payments", "SELECT COUNT(*) FROM takings")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_was_not_generated_is_replaced_when_that_is_forced()
    {
        using var shop = new DuckDbShop();
        await shop.ExecuteAsync("payments", "CREATE TABLE takings (id int)");

        await shop.GenerateAsync(Options, force: true);

        (await shop.ScalarAsync<long>("payments", "SELECT COUNT(*) FROM payments")).ShouldBe(MemoryShop.Of()["payments"].Count);
    }

    /// <summary>Creates the databases like another target, the payments only when stopped.</summary>
    private sealed class StoppingTarget(ShopTarget target, CancellationToken stopped) : ShopTarget
    {
        public override Task CheckAsync(bool force, CancellationToken cancellationToken) => target.CheckAsync(force, cancellationToken);

        public override Task<ShopWriter> CreateAsync(string database, ShopOptions options, CancellationToken cancellationToken) =>
            target.CreateAsync(database, options, database == "payments" ? stopped : cancellationToken);

        public override void Publish() => target.Publish();

        public override void Discard() => target.Discard();
    }
}
