using System.Text;
using System.Text.Json.Nodes;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Training.Tests;

/// <summary>A store of a test's own with a registry and a ledger, and a clock that the test moves.</summary>
internal sealed class TrainingWorld : IAsyncDisposable
{
    public const string Model = "Prophet_daily_revenue";

    public static readonly PromotionRequest Anna = new() { By = "anna", Reason = "it is better" };

    private readonly TemporaryFolder folder;

    private TrainingWorld(TemporaryFolder folder, StoreTarget target)
    {
        this.folder = folder;
        Target = target;
        Store = target.Open(Time);
        Registry = new ModelRegistry(Store, Time);
        Ledger = new PredictionLedger(Store, Time);
    }

    public ManualTime Time { get; } = new();

    public StoreTarget Target { get; }

    public Store Store { get; }

    public ModelRegistry Registry { get; }

    public PredictionLedger Ledger { get; }

    public DateTime Now => Time.UtcMoment();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TrainingWorld> CreateAsync(StoreKind kind)
    {
        var home = new TemporaryFolder();
        StoreTarget target =
            kind == StoreKind.DuckDb
                ? new EmbeddedTarget(home.Combine("store.duckdb"))
                : new PostgresTarget(
                    PostgresUrl.Parse("DATABASE_URL", (await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url)
                );
        var world = new TrainingWorld(home, target);
        await new Migrator(world.Store, [TrainingMigrations.Set], world.Time).MigrateAsync(Cancellation);
        return world;
    }

    public Task<ModelVersion> RegisterAsync(
        double mase = 0.8,
        string model = Model,
        string artefact = "{}",
        string data = "f00d",
        Rival? rival = null
    ) =>
        Registry.TransactAsync(
            change => change.RegisterAsync(model, Version(mase, artefact) with { DataFingerprint = data, Rival = rival }, Cancellation),
            Cancellation
        );

    public Task<Promotion> PromoteAsync(int version, bool force = false) =>
        Registry.PromoteAsync(Model, version, Anna with { Force = force }, Cancellation);

    public Task<Promotion> RollBackAsync() => Registry.RollBackAsync(Model, Anna, Cancellation);

    public async Task<IReadOnlyList<int>> InProductionAsync() =>
        [
            .. (await Registry.VersionsAsync(Model, Cancellation))
                .Where(version => version.Stage == ModelStage.Production)
                .Select(version => version.Version),
        ];

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ExecuteAsync(sql, null, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private static NewVersion Version(double mase, string artefact) =>
        new()
        {
            Description = "Revenue by day.",
            Kind = "prophet",
            Parameters = new JsonObject { ["seasonality_mode"] = "additive" },
            Metrics = new Dictionary<string, Metric>
            {
                ["mase"] = new()
                {
                    Value = mase,
                    Aim = MetricAim.Lower,
                    Baseline = 1,
                },
                ["coverage"] = new()
                {
                    Value = 0.75,
                    Aim = MetricAim.Nearest,
                    Target = 0.8,
                },
            },
            DecidingMetric = "mase",
            TrainedFrom = new DateTime(2024, 1, 1),
            TrainedTo = new DateTime(2026, 1, 1),
            Rows = 731,
            DataFingerprint = "f00d",
            CodeVersion = "1.2.3",
            Artefact = Encoding.UTF8.GetBytes(artefact),
            RunId = Guid.Parse("01970000-0000-7000-8000-000000000003"),
            CreatedBy = "anna",
        };
}
