using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.App.Api.Callers;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Tokens;
using Tradepost.Jobs;

namespace Tradepost.App.Users.SignIns;

/// <summary>
/// What decides whether an access token counts, in memory: keys, users, and the sessions that were revoked while their
/// tokens still run. It is read anew every few seconds, and at once after a change made here; so a request asks no database.
/// </summary>
internal sealed partial class AccessState(
    UserDirectory users, Sessions sessions, SigningKeys keys, TimeProvider time, ILogger<AccessState> logger) : BackgroundService
{
    /// <summary>How long an access token runs.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnknownPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim loading = new(1);
    private volatile Snapshot snapshot = Snapshot.Empty;

    public string Issue(User user, Guid sessionId) => AccessToken.Create(snapshot.Keys[0], user.Id, sessionId, time.GetUtcNow(), TokenLifetime);

    /// <summary>Who a bearer token is, or null when it does not count.</summary>
    public Caller? Find(ReadOnlySpan<char> token)
    {
        var current = snapshot;
        return AccessToken.Read(token, current.Keys, time.GetUtcNow().ToUnixTimeSeconds()) is { } claims
            && current.Users.TryGetValue(claims.UserId, out var user) && !user.IsDisabled && !current.Revoked.Contains(claims.SessionId)
            ? new Caller(user.Id, user.Email, user.Role, claims.SessionId)
            : null;
    }

    /// <summary>Whether a token is rightly signed by somebody who is not known here yet: added on another server a moment ago.</summary>
    public bool IsOfUnknown(ReadOnlySpan<char> token)
    {
        var current = snapshot;
        var now = time.GetUtcNow();
        return now - current.LoadedAt > UnknownPause && AccessToken.Read(token, current.Keys, now.ToUnixTimeSeconds()) is { } claims && !current.Users.ContainsKey(claims.UserId);
    }

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var all = await users.ListAsync(cancellationToken);
            var revoked = await sessions.RevokedSinceAsync(DateTime.SpecifyKind((now - TokenLifetime - ClockTolerance).UtcDateTime, DateTimeKind.Unspecified), cancellationToken);
            snapshot = new Snapshot(await keys.LoadAsync(cancellationToken), all.ToFrozenDictionary(user => user.Id), revoked.ToFrozenSet(), now);
        }
        finally
        {
            loading.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.CreateFirstAsync(cancellationToken);
        await ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        loading.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryReloadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    // While the store is away what was known last still counts: tokens run for minutes only.
    private async Task TryReloadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReloadAsync(stoppingToken);
        }
        catch (Exception e) when (StoreFailure.IsOfStore(e))
        {
            LogNotReloaded(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Users could not be read anew: {Reason}")]
    private partial void LogNotReloaded(string reason);

    private sealed record Snapshot(IReadOnlyList<SigningKey> Keys, FrozenDictionary<Guid, User> Users, FrozenSet<Guid> Revoked, DateTimeOffset LoadedAt)
    {
        public static Snapshot Empty { get; } = new([], FrozenDictionary<Guid, User>.Empty, [], default);
    }
}
