using Tradepost.Jobs;
using Tradepost.Marketplace.Simulating;

namespace Tradepost.Marketplace.Tests.Simulating;

/// <summary>The same simulations into every store, and into files.</summary>
public abstract class SimulateJobTests
{
    protected abstract StoreKind Kind { get; }

    [Fact]
    public async Task A_simulation_fills_the_tables_and_another_one_takes_its_place()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        await world.SeeAsync("real", new DateOnly(2025, 1, 1), """{"reviews": 1}""");
        await world.SimulateAsync(new SimulateOptions { Products = 50, Seed = 1 });

        var result = await world.SimulateAsync(
            new SimulateOptions
            {
                Products = 30,
                Days = 60,
                Seed = 2,
            }
        );

        (await world.LinesAsync("SELECT count(*) FROM products")).ShouldBe(["30"]);
        (await world.LinesAsync("SELECT count(*) FROM features_daily WHERE sku LIKE 'sim-%'")).ShouldBe([$"{result.Readings}"]);
        (await world.LinesAsync("SELECT count(*) FROM features_daily WHERE sku = 'real'")).ShouldBe(["1"]);
        (await world.LinesAsync("SELECT count(*) FROM offers")).ShouldBe([$"{result.Offers}"]);
        (await world.LinesAsync("SELECT count(*) FROM known_sales")).ShouldBe([$"{result.KnownSales}"]);
        (await world.LinesAsync("SELECT count(*) FROM categories")).ShouldBe(["9"]);
        (await world.LinesAsync("SELECT count(*) FROM merchants")).ShouldBe(["40"]);
        (
            await world.LinesAsync(
                "SELECT count(*) FROM (SELECT sku, merchant FROM price_history WHERE valid_to IS NULL GROUP BY 1, 2 HAVING count(*) > 1) p"
            )
        ).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Prices_hold_until_the_day_of_the_next_one()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        await world.SimulateAsync(new SimulateOptions { Products = 20 });

        (
            await world.LinesAsync(
                """
                SELECT count(*) FROM offers o LEFT JOIN price_history h
                  ON h.sku = o.sku AND h.merchant = o.merchant AND h.price = o.price AND h.valid_from <= CAST(o.captured_at AS date)
                 AND (h.valid_to IS NULL OR h.valid_to > CAST(o.captured_at AS date))
                WHERE h.sku IS NULL
                """
            )
        ).ShouldBe(["0"]);
    }
}

public sealed class DuckDbSimulateJobTests : SimulateJobTests
{
    protected override StoreKind Kind => StoreKind.DuckDb;

    [Fact]
    public async Task Files_hold_what_would_be_in_the_store()
    {
        await using var world = await MarketplaceWorld.CreateAsync(StoreKind.DuckDb);
        var folder = Path.Combine(world.Folder, "files");

        var result = await world.SimulateAsync(
            new SimulateOptions
            {
                Products = 20,
                Days = 30,
                Out = folder,
            }
        );

        result.Files.Select(Path.GetFileName).ShouldBe(["products.csv", "sales.csv", "offers.csv"]);
        Directory.GetFiles(folder).Length.ShouldBe(3);
        var lines = result.Files.Select(File.ReadAllLines).ToList();
        lines.Select(file => file.Length - 1L).ShouldBe([result.Readings, result.KnownSales, result.Offers]);
        lines[0][0].ShouldStartWith("sku,date,title,brand,category,reviews,rating,price,merchants,availability");
        lines.ShouldAllBe(file => file.All(line => line.Count(c => c == ',') == file[0].Count(c => c == ',')));
    }

    [Fact]
    public async Task Files_that_are_there_are_not_overwritten()
    {
        await using var world = await MarketplaceWorld.CreateAsync(StoreKind.DuckDb);
        var options = new SimulateOptions
        {
            Products = 2,
            Days = 10,
            Out = Path.Combine(world.Folder, "files"),
        };
        await world.SimulateAsync(options);

        var failure = await Should.ThrowAsync<JobFailedException>(world.SimulateAsync(options));

        failure.Message.ShouldContain("products.csv is there already");
    }
}

public sealed class PostgresSimulateJobTests : SimulateJobTests
{
    protected override StoreKind Kind => StoreKind.Postgres;
}
