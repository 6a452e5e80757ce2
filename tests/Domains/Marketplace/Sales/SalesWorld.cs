using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Marketplace.Sales;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;
using Tradepost.Training;
using Tradepost.Training.Registry;

namespace Tradepost.Marketplace.Tests.Sales;

/// <summary>A store with a small marketplace that was watched day by day.</summary>
internal sealed class SalesWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private SalesWorld(TemporaryFolder folder, Store store) => (this.folder, Store) = (folder, store);

    public Store Store { get; }

    public ManualTime Time { get; } = new();

    public string Folder => folder.Path;

    public ModelRegistry Registry => new(Store, Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SalesWorld> CreateAsync(bool isServer)
    {
        var home = new TemporaryFolder();
        StoreTarget target = isServer
            ? new PostgresTarget(
                PostgresUrl.Parse("DATABASE_URL", (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url)
            )
            : new EmbeddedTarget(home.Combine("store.duckdb"));
        var world = new SalesWorld(home, target.Open(TimeProvider.System));
        await new Migrator(world.Store, [TrainingMigrations.Set, MarketplaceMigrations.Set], world.Time).MigrateAsync(Token);
        return world;
    }

    /// <summary>Writes what was seen of a market, and what is known of its sales, up to a day.</summary>
    public async Task WatchAsync(SimulatedSales market, int days, bool withSales = true)
    {
        foreach (var product in market.Products)
        {
            await AddAsync(product.Sku, product.Brand, product.Category, Day(0), Day(days - 1));
        }

        foreach (var chunk in market.Products.Chunk(30))
        {
            await ExecuteAsync(
                "INSERT INTO features_daily (sku, feature_date, features) VALUES "
                    + string.Join(
                        ", ",
                        chunk.SelectMany(product =>
                            Enumerable
                                .Range(0, days)
                                .Select(day =>
                                    $"('{product.Sku}', DATE '{Day(day):yyyy-MM-dd}', '{{\"reviews\": {product.Reviews[day]}, \"price\": 12.5}}')"
                                )
                        )
                    )
            );
        }

        if (withSales)
        {
            await ExecuteAsync(
                "INSERT INTO known_sales (sku, first_day, last_day, units) VALUES "
                    + string.Join(
                        ", ",
                        market
                            .Products.Where(product => product.IsKnown)
                            .SelectMany(product =>
                                Enumerable
                                    .Range(0, days)
                                    .Select(day =>
                                        $"('{product.Sku}', DATE '{Day(day):yyyy-MM-dd}', DATE '{Day(day):yyyy-MM-dd}', {product.Units[day]})"
                                    )
                            )
                    )
            );
        }
    }

    public Task AddAsync(string sku, string brand, string category, DateOnly first, DateOnly last) =>
        ExecuteAsync(
            $"INSERT INTO products (sku, title, brand, category, first_seen, last_seen) VALUES ('{sku}', '{sku}', '{brand}', '{category}', DATE '{first:yyyy-MM-dd}', DATE '{last:yyyy-MM-dd}')"
        );

    public Task SeeAsync(string sku, DateOnly day, string features) =>
        ExecuteAsync($"INSERT INTO features_daily (sku, feature_date, features) VALUES ('{sku}', DATE '{day:yyyy-MM-dd}', '{features}')");

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        await connection.ExecuteAsync(sql, parameters: null, Token);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.ScalarAsync<T>(sql, null, Token);
    }

    public Task<SalesResult> EstimateAsync(SalesOptions? options = null) =>
        SalesJob.RunAsync(options ?? new SalesOptions(), Context(), Token);

    public Task<BacktestResult> JudgeAsync(BacktestOptions? options = null) =>
        BacktestJob.RunAsync(options ?? new BacktestOptions(), Context(), Token);

    /// <summary>A result as it is printed.</summary>
    public static JsonElement Json(object result) => JsonSerializer.SerializeToElement(result, result.GetType(), ResultJson.Options);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private JobContext Context() =>
        new()
        {
            Settings = Settings.Load(
                new SettingSources(new Dictionary<string, string>(), new Dictionary<string, string>(), "/", _ => null)
            ),
            Store = Store,
            Time = Time,
            Progress = new Progress<JobProgress>(),
            Logger = NullLogger.Instance,
        };

    private static DateOnly Day(int day) => SimulatedSales.First.AddDays(day);
}
