using System.Text;
using System.Text.Json;
using Tradepost.Advertising.Loading;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests;

/// <summary>A store of a test's own with the domain's tables, a folder for its files, and the domain's jobs.</summary>
internal sealed class AdvertisingWorld : IAsyncDisposable
{
    private static readonly IReadOnlyList<MigrationSet> Migrations = [StorageMigrations.Set, JobsMigrations.Set, AdvertisingMigrations.Set];

    private readonly TemporaryFolder folder;
    private readonly SaidLogger logger = new();

    private AdvertisingWorld(TemporaryFolder folder, string url, IEnumerable<KeyValuePair<string, string>> settings)
    {
        (this.folder, Url) = (folder, url);
        Settings = SettingsOf(folder.Path, url, settings);
        Store = Settings.Store.Open(TimeProvider.System);
    }

    /// <summary>The store's.</summary>
    public string Url { get; }

    public Settings Settings { get; }

    public Store Store { get; private set; }

    public ManualTime Time { get; } = new() { SkipsDelays = true };

    public SaidLogger Logger => logger;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<AdvertisingWorld> CreateAsync(StoreKind kind) => CreateAsync(kind, new Dictionary<string, string>());

    public static async Task<AdvertisingWorld> CreateAsync(StoreKind kind, IReadOnlyDictionary<string, string> settings)
    {
        var home = new TemporaryFolder();
        var world = new AdvertisingWorld(
            home,
            kind == StoreKind.DuckDb
                ? $"duckdb://{home.Combine("store.duckdb")}"
                : (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url,
            settings
        );
        await new Migrator(world.Store, Migrations, world.Time).MigrateAsync(Token);
        return world;
    }

    public static Settings SettingsOf(string folder, string url, IEnumerable<KeyValuePair<string, string>>? settings = null) =>
        Settings.Load(
            new SettingSources(
                new Dictionary<string, string>(settings ?? []) { [SettingNames.Data] = folder, [SettingNames.DatabaseUrl] = url },
                new Dictionary<string, string>(),
                folder,
                _ => null
            )
        );

    /// <summary>Lets go of the store while another process has it open.</summary>
    public async Task LeaveToOthersAsync(Func<Task> others)
    {
        await Store.DisposeAsync();
        await others();
        Store = Settings.Store.Open(TimeProvider.System);
    }

    public string PathOf(string name) => folder.Combine(name);

    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), text, encoding ?? new UTF8Encoding(false));
        return PathOf(name);
    }

    public JobContext Context(TimeProvider? time = null) =>
        new()
        {
            Settings = Settings,
            Store = Store,
            Time = time ?? Time,
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
                AskedHow = AskedHow.Cli,
                Attempt = 1,
                MaxAttempts = 1,
                TimeoutSeconds = 0,
                QueuedAt = Time.GetUtcNow().UtcDateTime,
                DueAt = Time.GetUtcNow().UtcDateTime,
            },
        };

    public Task<LoadExportsResult> LoadAsync(params string[] files) => LoadAsync(new LoadExportsOptions { Files = files });

    public async Task<LoadExportsResult> LoadAsync(LoadExportsOptions options) =>
        (LoadExportsResult)await LoadExports.RunAsync(options, Context(), Token);

    public async Task<ShownExports> ShowAsync(LoadExportsOptions options) =>
        (ShownExports)await LoadExports.RunAsync(options with { DryRun = true }, Context(), Token);

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

    /// <summary>The rows of a query, a line each.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.ReadAsync(
            sql,
            row => string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : Shown(row.GetValue(i)))),
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

    private static string Shown(object value) =>
        value switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd"),
            DateTime time => time.ToString("yyyy-MM-dd"),
            decimal number => number.ToString("0.#########"),
            double number => number.ToString("0.######"),
            _ => $"{value}",
        };
}
