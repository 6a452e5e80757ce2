using Tradepost.Jobs;
using Tradepost.Retail.Generation;

namespace Tradepost.Retail.Tests.Etl;

public sealed class KilledRunsOnDuckDb() : KilledRunsContract(StoreKind.DuckDb)
{
    [Fact]
    public async Task A_second_run_in_the_same_process_is_refused()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);
        await using var held = await warehouse.Store.TryLockAsync("retail.etl", TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<JobFailedException>(() => warehouse.FullAsync())).Message.ShouldBe(
            $"Another retail ETL is running on DuckDB {warehouse.Location}; wait until it has finished."
        );
        (await Should.ThrowAsync<JobFailedException>(() => warehouse.ReplayAsync())).Message.ShouldBe(
            $"A retail ETL is running on DuckDB {warehouse.Location}; wait until it has finished."
        );
    }

    [Fact]
    public async Task A_run_in_another_process_is_refused_while_this_one_holds_the_file()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.DuckDb, shop);

        (await RefusalAsync(warehouse, shop)).ShouldStartWith(
            $"Another process is using {warehouse.Location}; wait until it has finished, or stop it."
        );
    }
}

public sealed class KilledRunsOnPostgres() : KilledRunsContract(StoreKind.Postgres)
{
    [Fact]
    public async Task A_second_run_in_another_process_is_refused()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await using var held = await warehouse.Store.TryLockAsync("retail.etl", TestContext.Current.CancellationToken);

        (await RefusalAsync(warehouse, shop)).ShouldBe(
            $"Another retail ETL is running on {warehouse.Store.Description}; wait until it has finished."
        );
        await using var other = Warehouse.PostgresStoreAt(warehouse.Location);
        await using var second = new Warehouse(shop, other, folder: null, warehouse.Location);
        (await Should.ThrowAsync<JobFailedException>(() => second.FullAsync())).Message.ShouldBe(
            $"Another retail ETL is running on {warehouse.Store.Description}; wait until it has finished."
        );
    }

    [Fact]
    public async Task A_session_that_stays_open_does_not_hold_up_the_next_run()
    {
        await using var shop = await EmbeddedShop.CreateAsync();
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await warehouse.FullAsync();

        // This process keeps its sessions in a pool; the next run is another process's.
        using var process = EtlProcess.Start(warehouse, shop);
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        said.ShouldBeEmpty();
        process.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_never_sees_a_part_of_a_full_load()
    {
        await using var shop = await EmbeddedShop.CreateAsync(scale: 4);
        await using var warehouse = await Warehouse.CreateAsync(StoreKind.Postgres, shop);
        await warehouse.FullAsync();
        var allowed = new HashSet<string> { await SumAsync(warehouse) };
        var seen = new List<string>();
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    seen.Add(await SumAsync(warehouse));
                }
            },
            TestContext.Current.CancellationToken
        );

        for (var round = 0; round < 4; round++)
        {
            await shop.OrdersAsync("UPDATE order_items SET quantity = quantity + 1");
            await warehouse.FullAsync();
            allowed.Add(await SumAsync(warehouse));
        }

        await stop.CancelAsync();
        await reader;
        seen.Count.ShouldBeGreaterThan(4);
        seen.ShouldAllBe(sum => allowed.Contains(sum));
    }

    private static async Task<string> SumAsync(Warehouse warehouse) =>
        (
            await warehouse.LinesAsync(
                "SELECT count(*), sum(f.quantity), sum(f.net), count(c.customer_key), count(p.product_key) FROM fact_sales f LEFT JOIN dim_customer c ON c.customer_key = f.customer_key LEFT JOIN dim_product p ON p.product_key = f.product_key"
            )
        )[0];
}

/// <summary>A run that is killed, at whatever moment, leaves the previous warehouse; the next one completes.</summary>
public abstract class KilledRunsContract(StoreKind kind)
{
    private const int Kills = 20;

    [Fact]
    public async Task A_killed_run_leaves_the_previous_warehouse_or_the_new_one()
    {
        await using var changing = await EmbeddedShop.CreateAsync(scale: 10);
        await using var undisturbed = await Warehouse.CreateAsync(kind, changing);
        await undisturbed.FullAsync();
        var versions = new List<IReadOnlyList<string>> { await undisturbed.SnapshotAsync() };
        await using var killed = await Warehouse.CreateAsync(kind, changing);
        await killed.FullAsync();
#pragma warning disable CA5394 // a seeded generator is what a test needs
        var random = new Random(7);
        var outcomes = new List<bool>();
        for (var kill = 0; kill < Kills; kill++)
        {
            if (kill % 5 == 0)
            {
                // Every fifth time the shop has changed; in between the same run is killed again and again.
                await killed.FullAsync();
                await new ShopSimulator((database, _) => changing.OpenAsync(database), ShopOptions.DefaultSeed).AdvanceAsync(
                    5,
                    TestContext.Current.CancellationToken
                );
                changing.Clock.Advance(TimeSpan.FromDays(5));
                await undisturbed.FullAsync();
                versions.Add(await undisturbed.SnapshotAsync());
            }

            var step = random.Next(2, 9);
            var milliseconds = random.Next(60);
            await killed.ReleaseAsync();
            await KillAsync(killed, changing, step, milliseconds);

            await killed.UntilFreeAsync();
            var snapshot = await killed.SnapshotAsync();
            var isNew = snapshot.SequenceEqual(versions[^1]);
            outcomes.Add(isNew);
            if (!isNew)
            {
                snapshot.ShouldBeRowForRow(versions[^2], $"kill {kill}, {milliseconds} ms after the start of step {step}");
            }
        }
#pragma warning restore CA5394

        outcomes.ShouldContain(false);
        await killed.FullAsync();
        (await killed.SnapshotAsync()).ShouldBeRowForRow(versions[^1], "the run after the kills");
        (await killed.IncrementalAsync()).Tables.Sum(table => table.Value.Changed).ShouldBe(0);
        (
            await killed.ScalarAsync<long>(
                "SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'stg%next' OR table_name LIKE 'stg%units'"
            )
        ).ShouldBe(0);
    }

    /// <summary>What another process says when it tries to run the ETL.</summary>
    private protected static async Task<string> RefusalAsync(Warehouse warehouse, EmbeddedShop shop)
    {
        using var process = EtlProcess.Start(warehouse, shop);
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(1);
        return said.Trim();
    }

    /// <summary>Kills a run some time into one of its steps, unless it ends before.</summary>
    private static async Task KillAsync(Warehouse warehouse, EmbeddedShop shop, int step, int milliseconds)
    {
        using var process = EtlProcess.Start(warehouse, shop);
        var errors = process.StandardError.ReadToEndAsync();
        for (var i = 0; i < step && await process.StandardOutput.ReadLineAsync() is not null; i++) { }

        process.WaitForExit(milliseconds);
        process.Kill();
        await process.WaitForExitAsync();
        (await errors).ShouldBeEmpty();
    }
}
