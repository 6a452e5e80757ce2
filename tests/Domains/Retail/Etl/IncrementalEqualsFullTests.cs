using Tradepost.Retail.Etl;

namespace Tradepost.Retail.Tests.Etl;

public sealed class IncrementalEqualsFullOnDuckDb() : IncrementalEqualsFullContract(StoreKind.DuckDb);

public sealed class IncrementalEqualsFullOnPostgres() : IncrementalEqualsFullContract(StoreKind.Postgres);

/// <summary>Two warehouses watch one changing shop, one loaded in full every time, the other incrementally.</summary>
public abstract class IncrementalEqualsFullContract(StoreKind kind)
{
    private const int Rounds = 4;
    private const int ChangesInARound = 40;

    private static readonly EtlOptions Lenient = new() { MaxDeletes = 60 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Incremental_runs_leave_what_full_runs_leave(int seed)
    {
        await using var shop = await EmbeddedShop.CreateAsync(dirty: seed % 2 == 0 ? 0.03 : 0);

        await CompareAsync(shop, seed, () => shop.Clock.Advance(TimeSpan.FromHours(26)));
    }

    [Fact]
    public async Task Incremental_runs_from_MariaDB_leave_what_full_runs_leave()
    {
        await using var shop = await MariaDbShop.CreateAsync(dirty: 0.02);

        await CompareAsync(shop, 11, () => { });
    }

    private async Task CompareAsync(ShopWorld shop, int seed, Action timePasses)
    {
        await using var full = await Warehouse.CreateAsync(kind, shop);
        await using var incremental = await Warehouse.CreateAsync(kind, shop);
        var mutations = new ShopMutations(shop, seed);
        for (var round = 0; round <= Rounds; round++)
        {
            await full.LoadAsync(Lenient with { Mode = EtlMode.Full });
            var result = await incremental.LoadAsync(Lenient);

            var expected = await full.SnapshotAsync();
            (await incremental.SnapshotAsync()).ShouldBeRowForRow(expected, $"round {round} of seed {seed}, incremental against full");
            result.Differing.ShouldBe(0);

            if (round % 2 == 0)
            {
                await RunTwiceAsync(full, Lenient with { Mode = EtlMode.Full }, expected);
                await RunTwiceAsync(incremental, Lenient, expected);
            }

            timePasses();
            await mutations.RoundAsync(ChangesInARound);
        }
    }

    private static async Task RunTwiceAsync(Warehouse warehouse, EtlOptions options, IReadOnlyList<string> expected)
    {
        var again = await warehouse.LoadAsync(options);

        again.Tables.Sum(table => table.Value.Changed).ShouldBe(0);
        again.Deleted.ShouldBe(0);
        (await warehouse.SnapshotAsync()).ShouldBeRowForRow(expected, $"a second {options.Mode} run");
    }
}
