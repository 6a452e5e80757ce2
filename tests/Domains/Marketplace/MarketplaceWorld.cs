using System.Text;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Loading;
using Tradepost.Marketplace.Sales;
using Tradepost.Marketplace.Simulating;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;
using Tradepost.Training;
using Tradepost.Training.Registry;

namespace Tradepost.Marketplace.Tests;

/// <summary>A store of a test's own with the domain's tables, a folder for its files, and the domain's jobs.</summary>
internal sealed class MarketplaceWorld : IAsyncDisposable
{
    private static readonly IReadOnlyList<MigrationSet> Migrations =
    [
        StorageMigrations.Set,
        TrainingMigrations.Set,
        MarketplaceMigrations.Set,
    ];

    private readonly TemporaryFolder folder;
    private readonly Settings settings;
    private readonly SaidLogger logger = new();

    private MarketplaceWorld(TemporaryFolder folder, string url)
    {
        this.folder = folder;
        settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [SettingNames.Data] = folder.Path, [SettingNames.DatabaseUrl] = url },
                new Dictionary<string, string>(),
                folder.Path,
                _ => null
            )
        );
        Store = settings.Store.Open(TimeProvider.System);
    }

    public Store Store { get; }

    public ManualTime Time { get; } = new();

    public string Folder => folder.Path;

    /// <summary>What jobs have written into the logs of their runs.</summary>
    public IReadOnlyCollection<string> Log => logger.Lines;

    public ModelRegistry Registry => new(Store, Time);

    public Suspects Suspects => new(Store, Time);

    /// <summary>The type of the store's columns of JSON.</summary>
    public string JsonType => Store.Traits.IsShared ? "jsonb" : "json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MarketplaceWorld> CreateAsync(StoreKind kind)
    {
        var home = new TemporaryFolder();
        var world = new MarketplaceWorld(
            home,
            kind == StoreKind.DuckDb
                ? $"duckdb://{home.Combine("store.duckdb")}"
                : (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url
        );
        await new Migrator(world.Store, Migrations, world.Time).MigrateAsync(Token);
        return world;
    }

    public string PathOf(string name) => folder.Combine(name);

    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), text, encoding ?? new UTF8Encoding(false));
        return PathOf(name);
    }

    public JobContext Context(AskedHow asked = AskedHow.Cli) =>
        new()
        {
            Settings = settings,
            Store = Store,
            Time = Time,
            Progress = new Progress<JobProgress>(),
            Logger = logger,
            Migrations = Migrations,
            Run = new Run
            {
                Id = Guid.NewGuid(),
                Job = "a test's",
                State = RunState.Running,
                Arguments = [],
                AskedBy = "a test",
                AskedHow = asked,
                Attempt = 1,
                MaxAttempts = 1,
                TimeoutSeconds = 0,
                QueuedAt = Time.GetUtcNow().UtcDateTime,
                DueAt = Time.GetUtcNow().UtcDateTime,
            },
        };

    public Task<LoadResult> LoadAsync(params string[] files) => LoadAsync(new LoadOptions { Files = files });

    public async Task<LoadResult> LoadAsync(LoadOptions options) => (LoadResult)await LoadJob.RunAsync(options, Context(), Token);

    public async Task<DryRunResult> ShowAsync(LoadOptions options) =>
        (DryRunResult)await LoadJob.RunAsync(options with { DryRun = true }, Context(), Token);

    public Task<SimulateResult> SimulateAsync(SimulateOptions options) => SimulateJob.RunAsync(options, Context(), Token);

    public Task<CheckResult> CheckAsync(CheckOptions? options = null) => CheckJob.RunAsync(options ?? new(), Context(), Token);

    public Task<SalesResult> EstimateAsync(SalesOptions? options = null, AskedHow asked = AskedHow.Cli) =>
        SalesJob.RunAsync(options ?? new(), Context(asked), Token);

    public Task<BacktestResult> JudgeAsync(BacktestOptions? options = null) => BacktestJob.RunAsync(options ?? new(), Context(), Token);

    /// <summary>The newest estimates.</summary>
    public Task<IReadOnlyList<SalesRow>> ListAsync() => SalesReports.ListAsync(Store, new SalesFilter { Limit = 500 }, Token);

    /// <summary>Adds a product.</summary>
    public Task AddAsync(string sku, string brand, string category, DateOnly first, DateOnly last) =>
        ExecuteAsync(
            $"INSERT INTO products (sku, title, brand, category, first_seen, last_seen) VALUES ('{sku}', '{sku}', '{brand}', '{category}', DATE '{first:yyyy-MM-dd}', DATE '{last:yyyy-MM-dd}')"
        );

    /// <summary>Adds what was seen of a product on days that follow each other.</summary>
    public async Task SeeAsync(string sku, DateOnly first, params IEnumerable<string> features)
    {
        await using var connection = await Store.OpenAsync(Token);
        foreach (var (day, text) in features.Index())
        {
            await connection.ExecuteAsync(
                $"INSERT INTO features_daily (sku, feature_date, features) VALUES (@sku, DATE '{first.AddDays(day):yyyy-MM-dd}', CAST(@text AS {JsonType}))",
                new { sku, text },
                Token
            );
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        await connection.ExecuteAsync(sql, null, Token);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.ScalarAsync<T>(sql, null, Token);
    }

    public Task<long> CountAsync(string from) => ScalarAsync<long>($"SELECT count(*) FROM {from}");

    /// <summary>The first column of a query.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.ReadAsync(sql, row => row.IsDBNull(0) ? "" : Convert.ToString(row.GetValue(0))!, Token);
    }

    /// <summary>The rows of a query, a line each.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.ReadAsync(
            sql,
            row => string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : $"{row.GetValue(i)}")),
            Token
        );
    }

    /// <summary>A result as it is printed.</summary>
    public static JsonElement Json(object result) => JsonSerializer.SerializeToElement(result, result.GetType(), ResultJson.Options);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
