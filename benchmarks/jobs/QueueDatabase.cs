using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Benchmarks.Queue;

/// <summary>A store with jobs over it, and the job that does nothing.</summary>
internal sealed class QueueDatabase : IAsyncDisposable
{
    public const string Job = "bench.nothing";

    private QueueDatabase(Settings settings, Store store)
    {
        Store = store;
        Jobs = new JobHost(settings, store, Catalogue, TimeProvider.System);
    }

    public Store Store { get; }

    public JobHost Jobs { get; }

    private static JobCatalogue Catalogue { get; } =
        new([JobDefinition.Of<Nothing, Nothing>(Job, "Nothing.", (nothing, _, _) => Task.FromResult(nothing))]);

    public static async Task<QueueDatabase> OpenAsync(string url, CancellationToken cancellationToken)
    {
        var settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [SettingNames.DatabaseUrl] = url },
                new Dictionary<string, string>(),
                Path.GetTempPath(),
                _ => null
            )
        );
        var store = settings.Store.Open(TimeProvider.System);
        await new Migrator(store, [JobsMigrations.Set], TimeProvider.System).MigrateAsync(cancellationToken);
        return new QueueDatabase(settings, store);
    }

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await Store.DisposeAsync();
    }

    private sealed record Nothing;
}
