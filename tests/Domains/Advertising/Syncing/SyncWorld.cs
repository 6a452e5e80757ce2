using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Tradepost.Advertising.Replaying;
using Tradepost.Advertising.Syncing;
using Tradepost.Jobs;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests.Syncing;

/// <summary>A store, and the replay server that it is synced from. Nobody has to wait on the clock of the store.</summary>
internal sealed class SyncWorld : IAsyncDisposable
{
    public const string Token = "s3cret-token";

    private readonly ConcurrentQueue<string> asked;

    private readonly ManualTime clock;

    private readonly StrongBox<Action<string>?> interrupt;

    private SyncWorld(
        AdvertisingWorld store,
        MetaServer server,
        ManualTime clock,
        ConcurrentQueue<string> asked,
        StrongBox<Action<string>?> interrupt
    ) => (Store, Server, this.clock, this.asked, this.interrupt) = (store, server, clock, asked, interrupt);

    /// <summary>Done at the server before it answers a request, which is given as those of <see cref="Asked"/>.</summary>
    public Action<string>? Interrupt
    {
        set => interrupt.Value = value;
    }

    public AdvertisingWorld Store { get; }

    public MetaServer Server { get; }

    /// <summary>Method, path and query of each request, the token not among them unless it stood in an address.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<SyncWorld> CreateAsync(StoreKind kind, params string[] faults) => CreateAsync(kind, accounts: 1, faults);

    public static Task<SyncWorld> CreateAsync(StoreKind kind, int accounts, params string[] faults) =>
        CreateAsync(kind, accounts, archived: 0, new Dictionary<string, string>(), faults);

    /// <summary>The same with some of the campaigns archived, and with more settings.</summary>
    public static async Task<SyncWorld> CreateAsync(
        StoreKind kind,
        int accounts,
        int archived,
        IReadOnlyDictionary<string, string> more,
        params string[] faults
    )
    {
        var time = new ManualTime();
        var lines = new ConcurrentQueue<string>();
        var before = new StrongBox<Action<string>?>();
        var server = await MetaServer.StartAsync(
            new MetaServerOptions
            {
                Token = Token,
                Accounts = accounts,
                Campaigns = 3,
                Archived = archived,
                Faults = [.. faults.Select(text => MetaFault.Parse(text).ShouldNotBeNull())],
            },
            time,
            line =>
            {
                lines.Enqueue(line);
                before.Value?.Invoke(line);
            },
            Stop
        );
        var world = await AdvertisingWorld.CreateAsync(
            kind,
            new Dictionary<string, string>(more)
            {
                ["META_ACCESS_TOKEN"] = Token,
                ["META_ACCOUNTS"] = string.Join(',', server.Accounts),
                ["META_API_URL"] = server.Address,
            }
        );
        return new SyncWorld(world, server, time, lines, before);
    }

    /// <summary>Moves the day of the server and of the store.</summary>
    public void GoOn(int days)
    {
        clock.Advance(TimeSpan.FromDays(days));
        Store.Time.Set(clock.GetUtcNow());
    }

    public Task<SyncResult> SyncAsync(DateOnly? since = null, CancellationToken? stop = null) =>
        SyncJob.RunAsync(new SyncOptions { Since = since }, Store.Context(), stop ?? Stop);

    public async Task<string> FailAsync() => (await Should.ThrowAsync<JobFailedException>(() => SyncAsync())).Message;

    /// <summary>What the server has of an account's days, added up.</summary>
    public (long Impressions, long Clicks, decimal Spend, decimal Conversions) Total(DateOnly from, DateOnly to)
    {
        var rows = new ServedAccount(1, 3, 1).Insights(from, to, campaigns: null, Today).ToList();
        return (
            rows.Sum(row => long.Parse(row["impressions"]!.ToString())),
            rows.Sum(row => long.Parse(row["clicks"]!.ToString())),
            rows.Sum(row => decimal.Parse(row["spend"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)),
            rows.Sum(row =>
                row["actions"]
                    ?.AsArray()
                    .Where(action => (string?)action!["action_type"] == "purchase")
                    .Sum(action => long.Parse(action!["value"]!.ToString()))
                ?? 0
            )
        );
    }

    /// <summary>Of the server's account.</summary>
    public DateOnly Today =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(ServedAccount.TimeZone)).DateTime
        );

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Store.DisposeAsync();
    }
}
