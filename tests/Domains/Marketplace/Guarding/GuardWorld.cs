using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Simulating;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Guarding;

/// <summary>A store of a test's own with the domain's tables, and its jobs.</summary>
internal sealed class GuardWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    private GuardWorld(Func<TemporaryFolder, string> url)
    {
        Settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [SettingNames.Data] = folder.Path, [SettingNames.DatabaseUrl] = url(folder) },
                new Dictionary<string, string>(),
                folder.Path,
                _ => null
            )
        );
        Store = Settings.Store.Open(TimeProvider.System);
    }

    public Store Store { get; }

    public string Folder => folder.Path;

    public Suspects Suspects => new(Store, TimeProvider.System);

    private Settings Settings { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<GuardWorld> CreateAsync(bool onServer)
    {
        var database = onServer ? await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync() : null;
        var world = new GuardWorld(folder => database?.Url ?? $"duckdb://{folder.Combine("store.duckdb")}");
        await new Migrator(world.Store, [MarketplaceMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        return world;
    }

    public Task<SimulateResult> SimulateAsync(SimulateOptions options) => SimulateJob.RunAsync(options, Context(), Cancellation);

    public Task<CheckResult> CheckAsync(CheckOptions? options = null) => CheckJob.RunAsync(options ?? new(), Context(), Cancellation);

    /// <summary>A product with features on days that follow each other.</summary>
    public async Task AddAsync(string sku, DateOnly first, params IEnumerable<string> features)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        var day = first;
        foreach (var text in features)
        {
            await connection.ExecuteAsync(
                $"INSERT INTO features_daily (sku, feature_date, features) VALUES (@sku, DATE '{day:yyyy-MM-dd}', CAST(@text AS {Json}))",
                new { sku, text },
                Cancellation
            );
            day = day.AddDays(1);
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql, null, Cancellation);
    }

    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            sql,
            row => string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : $"{row.GetValue(i)}")),
            Cancellation
        );
    }

    public string Json => Store.Traits.IsShared ? "jsonb" : "json";

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private JobContext Context() =>
        new()
        {
            Settings = Settings,
            Store = Store,
            Time = TimeProvider.System,
            Progress = new Progress<JobProgress>(),
            Logger = NullLogger.Instance,
            Migrations = [MarketplaceMigrations.Set],
        };
}
