using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Tokens;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Storage;

namespace Tradepost.App.Users.SignIns;

/// <summary>
/// What decides whether an access token counts, in memory: keys, users, the sessions known to be issued, and those that were revoked
/// while their tokens still run. It is read anew every few seconds, and at once after a change made here; so a request asks no
/// database, but for the first one of a session that another server began.
/// </summary>
internal sealed partial class AccessState : BackgroundService
{
    /// <summary>How long an access token runs.</summary>
    public static readonly TimeSpan TokenLifetime = AccessToken.Lifetime;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnknownPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);
    private static readonly Origin Server = new("server", "local", "");

    private readonly UserDirectory users;
    private readonly Sessions sessions;
    private readonly SigningKeys keys;
    private readonly AuditLog audit;
    private readonly TimeProvider time;
    private readonly ILogger<AccessState> logger;
    private readonly SemaphoreSlim loading = new(1);
    private readonly SessionMemory issued = new();
    private volatile Snapshot snapshot = Snapshot.Empty;

    public AccessState(
        UserDirectory users,
        Sessions sessions,
        SigningKeys keys,
        AuditLog audit,
        TimeProvider time,
        ILogger<AccessState> logger
    )
    {
        (this.users, this.sessions, this.keys, this.audit, this.time, this.logger) = (users, sessions, keys, audit, time, logger);
        Rules = AccessToken.Rules(KeyOf, time);
    }

    /// <summary>What checks the form and the signature of a token.</summary>
    public AccessTokenHandler Handler { get; } = new();

    /// <summary>What it checks them against: the keys as they are at the time.</summary>
    public TokenValidationParameters Rules { get; }

    /// <summary>Whether the store may hold keys or users that are not known here yet.</summary>
    public bool IsStale => IsOld(snapshot);

    /// <summary>The access token of a session that has just begun or was renewed.</summary>
    public string Issue(User user, LiveSession session)
    {
        issued.Add(session);
        return AccessToken.Create(snapshot.Keys[0], user.Id, session.Id, time.GetUtcNow(), TokenLifetime);
    }

    /// <summary>Who a token's user is, or null when it does not count.</summary>
    public Caller? Find(TokenClaims claims)
    {
        var current = snapshot;
        return
            current.Users.TryGetValue(claims.UserId, out var user)
            && !user.IsDisabled
            && !current.Revoked.Contains(claims.SessionId)
            && issued.IsLive(claims, time.UtcMoment())
            ? new Caller(user.Id, user.Email, user.Role, claims.SessionId)
            : null;
    }

    /// <summary>Who a bearer token is, or null when it does not count.</summary>
    public async Task<Caller?> FindAsync(string token) =>
        await Handler.ValidateTokenAsync(token, Rules) is { IsValid: true } read && AccessToken.ClaimsOf(read.SecurityToken) is { } claims
            ? Find(claims)
            : null;

    /// <summary>
    /// Whether a token that does not count may do so once the store was asked: its user or session came into being on another server.
    /// </summary>
    public bool MayBeNew(TokenClaims claims)
    {
        var current = snapshot;
        return current.Users.ContainsKey(claims.UserId)
            ? !current.Revoked.Contains(claims.SessionId) && !issued.Knows(claims.SessionId)
            : IsOld(current);
    }

    /// <summary>Asks the store about a token that <see cref="MayBeNew"/>.</summary>
    public async Task<Caller?> LookUpAsync(TokenClaims claims, CancellationToken cancellationToken)
    {
        if (!snapshot.Users.ContainsKey(claims.UserId))
        {
            await ReloadIfOldAsync(cancellationToken);
        }

        if (!issued.Knows(claims.SessionId) && await sessions.FindAsync(claims.SessionId, cancellationToken) is { } session)
        {
            issued.Add(session);
        }

        return Find(claims);
    }

    /// <summary>Reads the store again when that was not done a moment ago.</summary>
    public Task ReloadIfOldAsync(CancellationToken cancellationToken) => ReloadAsync(IsOld, cancellationToken);

    public Task ReloadAsync(CancellationToken cancellationToken) => ReloadAsync(_ => true, cancellationToken);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        loading.Dispose();
        Handler.Dispose();
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

    // Those who waited for another to read do not read again.
    private async Task ReloadAsync(Func<Snapshot, bool> isNeeded, CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (!isNeeded(snapshot))
            {
                return;
            }

            var now = time.GetUtcNow();
            var all = await users.ListAsync(cancellationToken);
            var revoked = await sessions.RevokedSinceAsync(time.UtcMoment() - TokenLifetime - ClockTolerance, cancellationToken);
            snapshot = new Snapshot(
                await KeysAsync(cancellationToken),
                all.ToFrozenDictionary(user => user.Id),
                revoked.ToFrozenSet(),
                now
            );
            issued.Forget(revoked, time.UtcMoment());
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<IReadOnlyList<SigningKey>> KeysAsync(CancellationToken cancellationToken)
    {
        var found = await keys.LoadAsync(cancellationToken);
        if (!keys.NeedUpkeep(found))
        {
            return found;
        }

        if (await keys.KeepAsync(cancellationToken) && found.Count > 0)
        {
            await audit.AddAsync(Server, "signing_key.rotated", "by age", cancellationToken);
        }

        return await keys.LoadAsync(cancellationToken);
    }

    private SecurityKey? KeyOf(string id) => snapshot.Keys.FirstOrDefault(key => key.Id == id)?.Credentials.Key;

    private bool IsOld(Snapshot current) => (time.GetUtcNow() - current.LoadedAt).Duration() > UnknownPause;

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

    private sealed record Snapshot(
        IReadOnlyList<SigningKey> Keys,
        FrozenDictionary<Guid, User> Users,
        FrozenSet<Guid> Revoked,
        DateTimeOffset LoadedAt
    )
    {
        public static Snapshot Empty { get; } = new([], FrozenDictionary<Guid, User>.Empty, [], default);
    }
}
