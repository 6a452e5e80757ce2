using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Retail.Forecasting;
using Tradepost.Retail.Tests.Etl;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;
using Tradepost.Training;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Retail.Tests.Forecasting;

/// <summary>A warehouse with a revenue of a test's choice for each day, and nothing else.</summary>
internal sealed class SalesWorld : IAsyncDisposable
{
    public static readonly DateOnly First = new(2024, 1, 1);

    private readonly TemporaryFolder folder;

    private SalesWorld(TemporaryFolder folder, Store store) => (this.folder, Store) = (folder, store);

    public ManualTime Time { get; } = new();

    public Store Store { get; }

    public ModelRegistry Registry => new(Store, Time);

    public PredictionLedger Ledger => new(Store, Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SalesWorld> CreateAsync(StoreKind kind, int days, Func<int, double> revenue)
    {
        var home = new TemporaryFolder();
        var store =
            kind == StoreKind.DuckDb
                ? new DuckDbStore(home.Combine("warehouse.duckdb"))
                : Warehouse.PostgresStoreAt((await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url);
        var world = new SalesWorld(home, store);
        await new Migrator(store, [TrainingMigrations.Set, RetailMigrations.Set], world.Time).MigrateAsync(Token);
        await world.SellAsync(0, days, revenue);
        return world;
    }

    /// <summary>A level, a slow trend and a week.</summary>
    public static double Expected(int day) => 1200 + (day * 0.5) + (day % 7 < 2 ? 300 : 0);

    /// <summary>The same with noise: what a model can learn, and repeating last week cannot.</summary>
    public static double Shop(int day) => Expected(day) - 200 + (new Random(day).NextDouble() * 400);

    /// <summary>Sets the revenue of days, and notes that orders were read up to the last one's end.</summary>
    public async Task SellAsync(int from, int days, Func<int, double> revenue)
    {
        var rows = Enumerable.Range(from, days).Select(day => (Day: First.AddDays(day), Revenue: revenue(day))).ToList();
        await ExecuteAsync($"DELETE FROM fact_sales WHERE date_key >= {Key(First.AddDays(from))}");
        await ExecuteAsync(
            $"""
            INSERT INTO dim_date SELECT k, d, 2026, 1, 1, 'a month', 1, 1, 'a day', 2026, 1, FALSE, FALSE
            FROM (VALUES {string.Join(
                ", ",
                rows.Select(row => $"({Key(row.Day)}, DATE '{row.Day:yyyy-MM-dd}')")
            )}) v(k, d) WHERE k NOT IN (SELECT date_key FROM dim_date)
            """
        );
        await ExecuteAsync(
            $"""
            INSERT INTO fact_sales (order_id, line_number, date_key, customer_key, product_key, region_key, manager_key, payment_method_key, order_status, quantity,
                unit_price, discount, gross, net, paid_amount, payment_status, is_deleted)
            SELECT k, 1, k, 0, 0, 0, 0, 0, 'paid', 1, n, 0, n, n, n, 'completed', FALSE
            FROM (VALUES {string.Join(
                ", ",
                rows.Select(row => $"({Key(row.Day)}, {row.Revenue.ToString("0.00")})")
            )}) v(k, n)
            """
        );
        await ExecuteAsync("DELETE FROM etl_watermarks");
        await ExecuteAsync(
            $"INSERT INTO etl_watermarks (source_table, watermark, run_id) VALUES ('orders', TIMESTAMP '{First.AddDays(from + days):yyyy-MM-dd} 09:30:00', 'one')"
        );
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        await connection.ExecuteAsync(sql, parameters: null, Token);
    }

    public Task<ForecastResult> ForecastAsync(
        ForecastOptions? options = null,
        IProgress<JobProgress>? progress = null,
        CancellationToken? stop = null
    ) =>
        ForecastRevenue.RunAsync(
            options ?? new ForecastOptions(),
            new JobContext
            {
                Settings = Settings.Load(
                    new SettingSources(new Dictionary<string, string>(), new Dictionary<string, string>(), "/", _ => null)
                ),
                Store = Store,
                Time = Time,
                Progress = progress ?? new Progress<JobProgress>(),
                Logger = NullLogger.Instance,
            },
            stop ?? Token
        );

    public async Task<ModelVersion> VersionAsync(int number) =>
        (await Registry.VersionsAsync(RevenueForecasts.Model, Token)).Single(version => version.Version == number);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private static int Key(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;
}
