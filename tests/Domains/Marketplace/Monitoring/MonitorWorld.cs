using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Marketplace.Monitoring;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Monitoring;

/// <summary>A data folder with sources, and a store.</summary>
internal sealed class MonitorWorld : IAsyncDisposable
{
    public static readonly DateOnly Day = new(2026, 3, 29);

    private readonly TemporaryFolder folder;

    private MonitorWorld(TemporaryFolder folder, Store store) => (this.folder, Store) = (folder, store);

    public Store Store { get; }

    public string Data => folder.Path;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MonitorWorld> CreateAsync(StoreKind kind = StoreKind.DuckDb)
    {
        var home = new TemporaryFolder();
        Store store =
            kind == StoreKind.DuckDb
                ? new DuckDbStore(home.Combine("store.duckdb"))
                : new PostgresTarget(
                    PostgresUrl.Parse("DATABASE_URL", (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url)
                ).Open(TimeProvider.System);
        await new Migrator(store, [StorageMigrations.Set, MarketplaceMigrations.Set], TimeProvider.System).MigrateAsync(Token);
        return new MonitorWorld(home, store);
    }

    /// <summary>A source of one product a page.</summary>
    public static string ProductSource(string address, IEnumerable<string> skus, string further = "") =>
        $$"""
            product:
              address: {{address}}/product/{sku}
            fields:
              title: $.title
              brand: $.brand
              price: {at: $.price, required: true}
              reviews: $.reviews
              rating: $.rating
            offers:
              items: $.offers[*]
              fields: {merchant: $.seller, price: $.price, delivery_days: $.days}
            watch:
              skus: [{{string.Join(", ", skus)}}]
            politeness: {per_second: 100, at_once: 4, tries: 3, seconds: 30}
            {{further}}
            """;

    public void Write(string name, string yaml)
    {
        Directory.CreateDirectory(folder.Combine("sources"));
        File.WriteAllText(folder.Combine("sources", $"{name}.yaml"), yaml);
    }

    public Task<MonitorResult> RunAsync(
        MonitorTarget target = MonitorTarget.Both,
        CancellationToken? stop = null,
        DateOnly? day = null,
        string? tried = null,
        string[]? sources = null
    ) =>
        MonitorJob.RunAsync(
            new MonitorOptions
            {
                Date = day ?? Day,
                To = target,
                Try = tried,
                Sources = sources ?? [],
            },
            new JobContext
            {
                Settings = Settings.Load(
                    new SettingSources(
                        new Dictionary<string, string> { ["TRADEPOST_DATA"] = Data },
                        new Dictionary<string, string>(),
                        Data,
                        _ => null
                    )
                ),
                Store = Store,
                Time = TimeProvider.System,
                Progress = new Progress<JobProgress>(),
                Logger = NullLogger.Instance,
            },
            stop ?? Token
        );

    public string Csv(string source, bool isComplete = true) =>
        Path.Combine(Data, "marketplace", "collected", source, $"{Day:yyyy-MM-dd}.csv{(isComplete ? "" : ".part")}");

    public async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Token);
        return await connection.ReadAsync(
            sql,
            row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "" : $"{row.GetValue(i)}")),
            Token
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
