using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Marketplace.Loading;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Loading;

public enum LoadStore
{
    DuckDb,
    Postgres,
}

/// <summary>A store of a test's own with the domain's tables, and a folder for its files.</summary>
internal sealed class LoadWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly Settings settings;

    private LoadWorld(TemporaryFolder folder, Settings settings, Store store) =>
        (this.folder, this.settings, Store) = (folder, settings, store);

    public Store Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LoadWorld> CreateAsync(LoadStore kind)
    {
        var home = new TemporaryFolder();
        var url =
            kind == LoadStore.DuckDb
                ? $"duckdb://{home.Combine("store.duckdb")}"
                : (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url;
        var known = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [SettingNames.Data] = home.Path, [SettingNames.DatabaseUrl] = url },
                new Dictionary<string, string>(),
                home.Path,
                _ => null
            )
        );
        var store = known.Store.Open(TimeProvider.System);
        await new Migrator(store, [StorageMigrations.Set, MarketplaceMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        return new LoadWorld(home, known, store);
    }

    public JobContext Context =>
        new()
        {
            Settings = settings,
            Store = Store,
            Time = TimeProvider.System,
            Progress = new Progress<JobProgress>(),
            Logger = NullLogger.Instance,
        };

    public string PathOf(string name) => folder.Combine(name);

    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), text, encoding ?? new UTF8Encoding(false));
        return PathOf(name);
    }

    public Task<LoadResult> LoadAsync(params string[] files) => LoadAsync(new LoadOptions { Files = files });

    public async Task<LoadResult> LoadAsync(LoadOptions options) => (LoadResult)await LoadJob.RunAsync(options, Context, Cancellation);

    public async Task<DryRunResult> ShowAsync(LoadOptions options) =>
        (DryRunResult)await LoadJob.RunAsync(options with { DryRun = true }, Context, Cancellation);

    public async Task<long> CountAsync(string from)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<long>($"SELECT count(*) FROM {from}", null, Cancellation);
    }

    /// <summary>The first column of a query.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ReadAsync(sql, row => row.IsDBNull(0) ? "" : Convert.ToString(row.GetValue(0))!, Cancellation);
    }

    /// <summary>All rows of all tables of the domain, as texts in an order of their own.</summary>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        var rows = new List<string>();
        foreach (var table in new[] { "categories", "merchants", "products", "features_daily", "offers", "price_history", "known_sales" })
        {
            rows.AddRange(
                await connection.ReadAsync(
                    $"SELECT * FROM {table}",
                    row =>
                        $"{table} {string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => Shown(row.GetName(i), row.GetValue(i))))}",
                    Cancellation
                )
            );
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public static string Json(object result) => JsonSerializer.Serialize(result, result.GetType(), ResultJson.Options);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    // The stores order the members of an object, and the zeros of a number, each in its own way.
    private static string Shown(string name, object value) =>
        name == "features"
            ? string.Join(
                ',',
                JsonDocument
                    .Parse((string)value)
                    .RootElement.EnumerateObject()
                    .Select(member => $"{member.Name}={member.Value}")
                    .Order(StringComparer.Ordinal)
            )
            : value switch
            {
                DateOnly day => $"{day:yyyy-MM-dd}",
                DateTime time => time.TimeOfDay == default ? $"{time:yyyy-MM-dd}" : $"{time:yyyy-MM-dd HH:mm:ss}",
                _ => Convert.ToString(value)!,
            };
}
