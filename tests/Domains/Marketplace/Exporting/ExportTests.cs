using Tradepost.Jobs;
using Tradepost.Marketplace.Exporting;

namespace Tradepost.Marketplace.Tests.Exporting;

/// <summary>Tables in files.</summary>
public sealed class ExportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_table_is_written_in_the_order_of_its_key_and_read_again_as_it_was(StoreKind kind)
    {
        await using var world = await MarketplaceWorld.CreateAsync(kind);
        await world.LoadAsync(world.Write("a.csv", "sku,merchant,price,date\n2,\"b, \"\"c\"\"\",5,2025-01-02\n1,a,7.25,2025-01-01\n"));

        var result = await ExportJob.RunAsync(
            new ExportOptions { Table = "offers", Out = world.PathOf("offers.csv") },
            world.Context(),
            Cancellation
        );

        result.Rows.ShouldBe(2);
        (await File.ReadAllTextAsync(world.PathOf("offers.csv"), Cancellation)).ShouldBe(
            "sku,merchant,captured_at,price,availability,delivery_days\n1,a,2025-01-01 00:00:00,7.25,,\n2,\"b, \"\"c\"\"\",2025-01-02 00:00:00,5.00,,\n"
        );
        (await world.LoadAsync(world.PathOf("offers.csv"))).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task The_embedded_store_writes_parquet()
    {
        await using var world = await MarketplaceWorld.CreateAsync(StoreKind.DuckDb);
        await world.LoadAsync(world.Write("a.csv", "sku,date,reviews\n1,2025-01-01,5\n"));

        await ExportJob.RunAsync(
            new ExportOptions { Table = "features_daily", Out = world.PathOf("days.parquet") },
            world.Context(),
            Cancellation
        );

        (await world.CountAsync($"read_parquet('{world.PathOf("days.parquet")}')")).ShouldBe(1);
    }

    [Fact]
    public async Task A_table_that_is_none_of_the_domain_is_refused_with_those_there_are()
    {
        await using var world = await MarketplaceWorld.CreateAsync(StoreKind.DuckDb);

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            ExportJob.RunAsync(new ExportOptions { Table = "users", Out = world.PathOf("a.csv") }, world.Context(), Cancellation)
        );

        refusal.Message.ShouldStartWith(
            "--table is users; allowed are categories, merchants, products, features_daily, offers, price_history, known_sales"
        );
        refusal.ExitCode.ShouldBe(2);
    }
}
