using System.Data.Common;
using System.Globalization;
using Tradepost.Jobs;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Rejects;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>A migrated store that is loaded from a shop.</summary>
internal sealed class Warehouse(ShopWorld shop, Store store, TemporaryFolder? folder, string location) : IAsyncDisposable
{
    public static readonly EtlOptions Full = new() { Mode = EtlMode.Full };
    public static readonly EtlOptions Incremental = new() { Mode = EtlMode.Incremental };

    public static readonly IReadOnlyList<string> StarTables =
    [
        "dim_date",
        "dim_customer",
        "dim_product",
        "dim_region",
        "dim_manager",
        "dim_payment_method",
        "fact_sales",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Store Store { get; private set; } = store;

    /// <summary>The database file, or the address of the PostgreSQL database.</summary>
    public string Location => location;

    public static async Task<Warehouse> CreateAsync(StoreKind kind, ShopWorld shop)
    {
        Warehouse warehouse;
        if (kind == StoreKind.DuckDb)
        {
            var folder = new TemporaryFolder();
            var path = folder.Combine("warehouse.duckdb");
            warehouse = new Warehouse(shop, new DuckDbStore(path), folder, path);
        }
        else
        {
            var server = await Servers.RequirePostgresAsync();
            var database = await server.CreateDatabaseAsync();
            warehouse = new Warehouse(shop, PostgresStoreAt(database.Url), folder: null, database.Url);
        }

        await new Migrator(warehouse.Store, [RetailMigrations.Set], TimeProvider.System).MigrateAsync(Token);
        return warehouse;
    }

    public static Store PostgresStoreAt(string url) => new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", url)).Open(TimeProvider.System);

    public Task<EtlResult> LoadAsync(EtlOptions options, ShopSources? sources = null) =>
        new LoadWarehouse(Store, sources ?? shop.Sources, shop.Time, new Progress<JobProgress>()).RunAsync(options, Token);

    public Task<EtlResult> FullAsync() => LoadAsync(Full);

    public Task<EtlResult> IncrementalAsync() => LoadAsync(Incremental);

    public Task<ReplayResult> ReplayAsync(ReplayOptions? options = null) =>
        new ReplayRejects(Store, shop.Time).RunAsync(options ?? new ReplayOptions(), Token);

    /// <summary>Lets another process have the embedded store's file; it is opened again when it is next needed.</summary>
    public async Task ReleaseAsync()
    {
        if (Store is DuckDbStore embedded)
        {
            await embedded.DisposeAsync();
            Store = new DuckDbStore(location);
        }
    }

    /// <summary>Waits until the server has noticed that whoever ran the ETL is gone.</summary>
    public async Task UntilFreeAsync()
    {
        while (true)
        {
            await using var held = await Store.TryLockAsync("retail.etl", Token);
            if (held is not null)
            {
                return;
            }

            await Task.Delay(20, Token);
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        await connection.ExecuteAsync(sql, parameters: null, Token);
        if (Store is PostgresStore)
        {
            // A pooled session tells the server's counters of its writes seconds later; one that ends tells them at once.
            await connection.ExecuteAsync("SELECT pg_stat_force_next_flush()", parameters: null, Token);
        }
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return (await connection.ScalarAsync<T>(sql, parameters: null, Token))!;
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.QueryAsync<T>(sql, parameters: null, Token);
    }

    /// <summary>
    /// The dimensions, the facts and the rejects as sorted lines of text, the same on every store. Runs, times of runs and
    /// the sources' own hashes are left out.
    /// </summary>
    public async Task<IReadOnlyList<string>> SnapshotAsync()
    {
        await using var connection = await Store.OpenAsync(Token);
        var lines = new List<string>();
        foreach (var table in StarTables)
        {
            lines.AddRange(await LinesAsync(connection, table, $"SELECT * FROM {table}"));
        }

        lines.AddRange(
            await LinesAsync(
                connection,
                "etl_rejects",
                "SELECT source_table, natural_key, rule, problem, bucket, amount, replayed_at IS NULL AS is_open FROM etl_rejects"
            )
        );
        return lines;
    }

    /// <summary>One table's rows as sorted lines of text.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await LinesAsync(connection, "", sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder?.Dispose();
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(DbConnection connection, string prefix, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add($"{prefix}|{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => TextOf(reader.GetValue(i))))}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string TextOf(object value) =>
        value switch
        {
            DBNull => "∅",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd"),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff"),
            DateOnly day => day.ToString("yyyy-MM-dd"),
            decimal money => money.ToString("0.00##"),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
