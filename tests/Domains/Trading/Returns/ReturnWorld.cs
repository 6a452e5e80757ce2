using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;
using Tradepost.Trading.Features;
using Tradepost.Trading.Returns.Predicting;
using Tradepost.Trading.Returns.Publishing;
using Tradepost.Training;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>A store of a test's own with the tables of trading and of models, and the jobs on rows that a test made.</summary>
internal sealed class ReturnWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    private ReturnWorld(Func<TemporaryFolder, string> url)
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

    private Settings Settings { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is trained where a test says nothing else: folds of 25 and 10 days.</summary>
    public static TrainOptions Small { get; } =
        new()
        {
            TrainDays = 25,
            TestDays = 10,
            Horizons = "6",
            Models = "Ridge,Lasso",
        };

    public static async Task<ReturnWorld> CreateAsync(StoreKind kind)
    {
        var database = kind == StoreKind.DuckDb ? null : await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        var world = new ReturnWorld(home => database?.Url ?? $"duckdb://{home.Combine("store.duckdb")}");
        await new Migrator(world.Store, [TrainingMigrations.Set, TradingMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        return world;
    }

    public Task<TrainResult> TrainAsync(TrainOptions options, params FeatureSeries[] series) =>
        TrainJob.RunAsync(options, new FixedSeries(series), Context(), Cancellation);

    public Task<PredictResult> PredictAsync(PredictOptions options, params FeatureSeries[] series) =>
        PredictJob.RunAsync(options, new FixedSeries(series), Context(), Cancellation);

    public JobContext Context(IProgress<JobProgress>? progress = null) =>
        new()
        {
            Settings = Settings,
            Store = Store,
            Time = TimeProvider.System,
            Progress = progress ?? new Progress<JobProgress>(),
            Logger = NullLogger.Instance,
        };

    public async Task<long> CountAsync(string from)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<long>($"SELECT count(*) FROM {from}", null, Cancellation);
    }

    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            sql,
            row =>
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, row.FieldCount)
                        .Select(i => row.IsDBNull(i) ? "-" : FormattableString.Invariant($"{row.GetValue(i)}"))
                ),
            Cancellation
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
