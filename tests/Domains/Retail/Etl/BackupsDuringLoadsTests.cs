using System.Globalization;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Generation;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Etl;

public sealed class BackupsDuringLoadsOnDuckDb() : BackupsDuringLoadsContract(StoreKind.DuckDb)
{
    private protected override StoreTarget TargetOf(Warehouse warehouse) => new EmbeddedTarget(warehouse.Location);
}

public sealed class BackupsDuringLoadsOnPostgres() : BackupsDuringLoadsContract(StoreKind.Postgres)
{
    private protected override StoreTarget TargetOf(Warehouse warehouse) =>
        new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", warehouse.Location));
}

/// <summary>A backup taken at whatever moment of a load holds one state that the warehouse had, staging included.</summary>
public abstract class BackupsDuringLoadsContract(StoreKind kind)
{
    private static readonly int Backups = int.Parse(
        Environment.GetEnvironmentVariable("TRADEPOST_BACKUPS") ?? "8", // 30 for the long run
        CultureInfo.InvariantCulture
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract StoreTarget TargetOf(Warehouse warehouse);

    [Fact]
    public async Task Each_backup_is_one_state_and_the_next_run_changes_only_what_changed_since()
    {
        using var folder = new TemporaryFolder();
        await using var shop = await EmbeddedShop.CreateAsync(scale: 2, dirty: 0.02);
        await using var warehouse = await Warehouse.CreateAsync(kind, shop);
        await warehouse.FullAsync();
        var states = new List<IReadOnlyList<string>> { await StateAsync(warehouse) };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var loading = Task.Run(() => LoadAsync(shop, warehouse, states, end.Token), Token);

        var chance = new Random(11);
        for (var i = 0; i < Backups; i++)
        {
            await Task.Delay(chance.Next(700), Token);
            await StoreBackup
                .Of(TargetOf(warehouse), [RetailMigrations.Set], TimeProvider.System)
                .BackUpAsync(folder.Combine($"{i}"), _ => { }, Token);
        }

        while (states.Count < 3 && !loading.IsCompleted)
        {
            await Task.Delay(100, Token); // a slow machine has hardly loaded anything yet
        }

        await end.CancelAsync();
        await loading;
        states.Count.ShouldBeGreaterThan(2);
        var now = await WithoutVersionsAsync(warehouse);
        for (var i = 0; i < Backups; i++)
        {
            await using var restored = await Warehouse.CreateAsync(kind, shop);
            await restored.ReleaseAsync();
            await StoreBackup
                .Of(TargetOf(restored), [RetailMigrations.Set], TimeProvider.System)
                .RestoreAsync(folder.Combine($"{i}"), force: true, _ => { }, Token);
            var state = await StateAsync(restored);
            states.ShouldContain(known => known.SequenceEqual(state), $"backup {i} is no state that the warehouse had");

            var result = await restored.LoadAsync(i % 2 == 0 ? Warehouse.Incremental : new EtlOptions { Days = 60 });

            result.Deleted.ShouldBe(0, $"backup {i}");
            (await WithoutVersionsAsync(restored)).ShouldBeRowForRow(now, $"backup {i}");
        }
    }

    private static async Task LoadAsync(EmbeddedShop shop, Warehouse warehouse, List<IReadOnlyList<string>> states, CancellationToken end)
    {
        for (var load = 0; !end.IsCancellationRequested; load++)
        {
            await new ShopSimulator((database, _) => shop.OpenAsync(database), ShopOptions.DefaultSeed + load).AdvanceAsync(1, Token);
            shop.Clock.Advance(TimeSpan.FromDays(1));
            await warehouse.LoadAsync(load % 2 == 0 ? Warehouse.Full : Warehouse.Incremental);
            states.Add(await StateAsync(warehouse));
        }
    }

    /// <summary>Versions that came and went after the backup are known to the warehouse that saw them, and to no other.</summary>
    private static async Task<IReadOnlyList<string>> WithoutVersionsAsync(Warehouse warehouse) =>
        [
            .. (await StateAsync(warehouse)).Where(line => line.StartsWith("stg_", StringComparison.Ordinal)),
            .. await warehouse.LinesAsync(
                "SELECT order_id, line_number, date_key, order_status, quantity, unit_price, net, paid_amount, payment_status, is_deleted FROM fact_sales"
            ),
        ];

    private static async Task<IReadOnlyList<string>> StateAsync(Warehouse warehouse)
    {
        var lines = new List<string>(await warehouse.SnapshotAsync());
        foreach (
            var table in await warehouse.QueryAsync<string>(
                "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'stg\\_%' ESCAPE '\\' AND table_name NOT LIKE '%\\_next%' ESCAPE '\\' AND table_schema = current_schema() ORDER BY 1"
            )
        )
        {
            lines.AddRange((await warehouse.LinesAsync($"SELECT * FROM {table}")).Select(line => table + line));
        }

        return lines;
    }
}
