using System.Text.Json;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Workers;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests;

public enum StoreKind
{
    DuckDb,
    Postgres,
}

/// <summary>A store of a test's own with jobs over it.</summary>
internal sealed class JobWorld : IAsyncDisposable
{
    public static readonly Asker Somebody = new("somebody@example.test", AskedHow.Api);

    public static readonly Asker Admin = new("admin", AskedHow.Cli);

    private readonly TemporaryFolder home;

    private JobWorld(TemporaryFolder home, Settings settings, Store store, JobHost jobs)
    {
        this.home = home;
        (Settings, Store, Jobs) = (settings, store, jobs);
    }

    /// <summary>Times by which a test need not wait long.</summary>
    public static JobHostOptions Quick { get; } =
        new()
        {
            Lease = TimeSpan.FromSeconds(5), // a busy machine may keep a worker from its heartbeat for longer than two
            Heartbeat = TimeSpan.FromMilliseconds(200),
            Flush = TimeSpan.FromMilliseconds(50),
            Poll = TimeSpan.FromMilliseconds(100),
        };

    public Settings Settings { get; }

    public Store Store { get; }

    public JobHost Jobs { get; }

    public RunService Runs => Jobs.Runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<JobWorld> CreateAsync(StoreKind kind, TimeProvider? time = null, PostgresServer? server = null)
    {
        var folder = new TemporaryFolder();
        var url =
            kind == StoreKind.DuckDb
                ? $"duckdb://{folder.Combine("store.duckdb")}"
                : (await (server ?? await Servers.RequirePostgresAsync()).CreateDatabaseAsync()).Url;
        return await OpenAsync(folder, url, time ?? TimeProvider.System);
    }

    public static async Task<JobWorld> OpenAsync(TemporaryFolder folder, string url, TimeProvider time)
    {
        var settings = SettingsFor(folder.Path, url);
        var store = settings.Store.Open(time);
        await new Migrator(store, [JobsMigrations.Set], time).MigrateAsync(Cancellation);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS published (text varchar)", null, Cancellation);
        return new JobWorld(folder, settings, store, new JobHost(settings, store, TestJobs.Catalogue, time, options: Quick));
    }

    public static Settings SettingsFor(string folder, string url) =>
        Settings.Load(
            new SettingSources(
                new Dictionary<string, string>
                {
                    [SettingNames.Data] = folder,
                    [SettingNames.DatabaseUrl] = url,
                    [SettingNames.WebhookHosts] = "127.0.0.1",
                    ["ORDERS_DB_URL"] = "mysql://orders:s3cr3t-w0rd@host/db",
                },
                new Dictionary<string, string>(),
                folder,
                _ => null
            )
        );

    public Task<Run> StartAsync(string job, object? arguments = null, string? key = null) =>
        Runs.StartAsync(job, JsonSerializer.SerializeToElement(arguments ?? new { }), Somebody, key, Cancellation);

    public async Task<IReadOnlyList<string>> PublishedAsync()
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ReadAsync("SELECT text FROM published ORDER BY text", row => row.GetString(0), Cancellation);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql, null, Cancellation);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<T>(sql, null, Cancellation);
    }

    /// <summary>A worker that runs until it is disposed.</summary>
    public RunningWorker StartWorker(int concurrency = 4) => new(Jobs, concurrency);

    /// <summary>Starts a run, executes it and gives its id.</summary>
    public async Task<Guid> ExecuteRunAsync(string job)
    {
        var run = await StartAsync(job);
        await using var worker = StartWorker(1);
        return (await Runs.WaitAsync(run.Id, Cancellation)).Id;
    }

    /// <summary>Waits until a run is where a condition wants it.</summary>
    public async Task<Run> UntilAsync(Guid id, Func<Run, bool> condition)
    {
        while (true)
        {
            var news = Jobs.Signals.News.Next;
            if (await Runs.GetAsync(id, Cancellation) is var run && condition(run))
            {
                return run;
            }

            run.FinishedAt.ShouldBeNull("the run ended before it was what the test waits for");

            await news.WaitAtMostAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await Store.DisposeAsync();
        home.Dispose();
    }
}
