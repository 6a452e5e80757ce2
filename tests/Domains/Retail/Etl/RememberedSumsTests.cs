using Tradepost.Retail.Etl;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>The embedded store is not summed by a run when nobody has written to it since the last one; whenever somebody may have, it is.</summary>
public sealed class RememberedSumsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 0.03)]
    public async Task What_is_remembered_is_what_the_tables_hold(int seed, double dirty)
    {
        await using var shop = await EmbeddedShop.CreateAsync(dirty: dirty);
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        var mutations = new ShopMutations(shop, seed);
        for (var round = 0; round < 4; round++)
        {
            await warehouse.LoadAsync(new EtlOptions { Mode = round == 2 ? EtlMode.Full : EtlMode.Incremental, MaxDeletes = 60 });
            await warehouse.ReleaseAsync();

            await using var connection = await warehouse.Store.OpenAsync(Token);
            var remembered = (await new StagedSums(warehouse.Store).ReadAsync(connection, Token)).ShouldNotBeNull();
            foreach (var table in Shop.Tables.Where(table => !table.IsReadWhole))
            {
                (await BucketSums.ReadAsync(connection, StagedRows.Before(table), Token))
                    .DifferingFrom(remembered[table])
                    .ShouldBeEmpty(table.Name);
            }

            shop.Clock.Advance(TimeSpan.FromHours(26));
            await mutations.RoundAsync(40);
        }
    }

    [Fact]
    public async Task A_full_run_is_remembered_like_an_incremental_one()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);

        await warehouse.FullAsync();
        (await IsTrustedAsync(warehouse)).ShouldBeTrue();

        await warehouse.IncrementalAsync();
        (await IsTrustedAsync(warehouse)).ShouldBeTrue();
    }

    [Fact]
    public async Task Tampering_by_another_program_is_found_and_mended()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await warehouse.FullAsync();
        var before = await warehouse.SnapshotAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var sql in ReconciliationContract.Tamperings)
        {
            await warehouse.ReleaseAsync();
            await using (var other = await DuckDbStore.OpenFileAsync(warehouse.Location, Token))
            {
                await other.ExecuteAsync(sql, null, Token);
            }

            var result = await warehouse.LoadAsync(new EtlOptions { MaxDeletes = 100 });

            result.Differing.ShouldBe(0, sql);
            (await warehouse.SnapshotAsync()).ShouldBeRowForRow(before, sql);
        }
    }

    [Theory]
    [InlineData("UPDATE fact_sales SET net = net + 1 WHERE order_id = 10")]
    [InlineData("DELETE FROM stg_orders WHERE id = 10")]
    [InlineData("INSERT INTO etl_rejects SELECT * FROM etl_rejects")]
    public async Task What_was_written_in_this_process_is_not_trusted(string sql)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await warehouse.FullAsync();

        await warehouse.ExecuteAsync(sql);

        (await IsTrustedAsync(warehouse)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_run_leaves_nothing_that_is_trusted()
    {
        await using var shop = await EmbeddedShop.CreateAsync(scale: 4);
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await warehouse.FullAsync();
        await warehouse.ReleaseAsync();
        using (var process = EtlProcess.Start(warehouse, shop))
        {
            while (File.Exists(warehouse.Location + ".notes"))
            {
                await Task.Delay(1, Token);
            }

            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        (await IsTrustedAsync(warehouse)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_restored_store_is_not_trusted()
    {
        using var folder = new TemporaryFolder();
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await warehouse.FullAsync();
        await warehouse.ReleaseAsync();
        var backup = StoreBackup.Of(new EmbeddedTarget(warehouse.Location), [RetailMigrations.Set], shop.Time);
        await backup.BackUpAsync(folder.Combine("store.backup"), _ => { }, Token);
        await backup.RestoreAsync(folder.Combine("store.backup"), force: true, _ => { }, Token);

        (await IsTrustedAsync(warehouse)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("fact_sales.writes")]
    [InlineData("staging.writes")]
    public async Task What_another_build_of_the_program_left_is_not_trusted(string note)
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await warehouse.FullAsync();

        ((DuckDbStore)warehouse.Store).Notes.Keep(note, ["fact_sales"], Guid.Empty.ToString());

        (await IsTrustedAsync(warehouse)).ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_mended_row_is_in_force_staging_is_summed()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await shop.OrdersAsync("UPDATE order_items SET quantity = -1 WHERE order_id = 10 AND line_number = 1");
        await warehouse.FullAsync();
        await warehouse.ExecuteAsync("""UPDATE etl_rejects SET "row" = json_merge_patch("row", '{"quantity": 2}')""");
        (await warehouse.ReplayAsync()).Replayed.ShouldBe(1);

        await warehouse.IncrementalAsync();

        (await IsTrustedAsync(warehouse)).ShouldBeFalse();
    }

    /// <summary>Whether the next run would take both the sums of staging and the facts for what the last run left.</summary>
    private static async Task<bool> IsTrustedAsync(Warehouse warehouse)
    {
        await using var connection = await warehouse.Store.OpenAsync(Token);
        return await new StagedSums(warehouse.Store).ReadAsync(connection, Token) is not null
            && await TableWrites.OfFacts(warehouse.Store).AreOursAsync(connection, Token);
    }
}
