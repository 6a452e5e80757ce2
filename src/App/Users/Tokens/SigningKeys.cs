using System.Collections.Frozen;
using Tradepost.Storage;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// The keys that access tokens are signed with, shared by all servers on the store. The newest signs; one that was replaced still
/// counts for as long as a token of it may run, and is removed then.
/// </summary>
internal sealed class SigningKeys(Store store, UserTransactions transactions, TimeProvider time)
{
    /// <summary>How old a key becomes before another one replaces it.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromDays(90);

    /// <summary>How long a replaced key counts: a token's life, and the time until every server signs with the new one.</summary>
    public static readonly TimeSpan Remaining = AccessToken.Lifetime + TimeSpan.FromMinutes(1);

    private volatile FrozenDictionary<string, SigningKey> known = FrozenDictionary<string, SigningKey>.Empty;

    /// <summary>All keys, the newest first: it signs, the others still count. One that was loaded before is the same object.</summary>
    public async Task<IReadOnlyList<SigningKey>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        var keys = await connection.ReadAsync(
            "SELECT id, secret, created_at FROM tradepost_private.signing_keys ORDER BY created_at DESC, id",
            row => known.GetValueOrDefault(row.GetString(0)) ?? SigningKey.From(row.GetString(0), row.GetString(1), row.GetDateTime(2)),
            cancellationToken
        );
        known = keys.ToFrozenDictionary(key => key.Id);
        return keys;
    }

    /// <summary>Whether a first key is missing, the newest is too old, or one has had its time.</summary>
    public bool NeedUpkeep(IReadOnlyList<SigningKey> keys)
    {
        var now = time.UtcMoment();
        return keys.Count == 0 || keys[0].CreatedAt < now - LongestAge || (keys.Count > 1 && keys[^2].CreatedAt <= now - Remaining);
    }

    /// <summary>Does what <see cref="NeedUpkeep"/> finds; true when a key was made. Several servers may do it at once.</summary>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcMoment();
        var key = SigningKey.Create(now);
        var made = await transactions.RunAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "DELETE FROM tradepost_private.signing_keys WHERE EXISTS (SELECT 1 FROM tradepost_private.signing_keys newer WHERE "
                        + "newer.created_at > signing_keys.created_at AND newer.created_at <= @gone)",
                    new { gone = now - Remaining },
                    cancellationToken
                );
                return await connection.ExecuteAsync(
                    "INSERT INTO tradepost_private.signing_keys (id, secret, created_at) SELECT @id, @secret, @now WHERE NOT EXISTS "
                        + "(SELECT 1 FROM tradepost_private.signing_keys WHERE created_at >= @oldest)",
                    new
                    {
                        id = key.Id,
                        secret = key.Secret(),
                        now,
                        oldest = now - LongestAge,
                    },
                    cancellationToken
                );
            },
            cancellationToken
        );
        return made == 1;
    }

    /// <summary>Makes a key that signs from now on; its id.</summary>
    public Task<string> RotateAsync(CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async connection =>
            {
                var newest = await connection.ScalarAsync<DateTime?>(
                    "SELECT max(created_at) FROM tradepost_private.signing_keys",
                    parameters: null,
                    cancellationToken
                );
                var now = time.UtcMoment();
                // Also when the clock was put back.
                var key = SigningKey.Create(newest >= now ? newest.Value + TimeSpan.FromMicroseconds(1) : now);
                await connection.ExecuteAsync(
                    "INSERT INTO tradepost_private.signing_keys (id, secret, created_at) VALUES (@id, @secret, @at)",
                    new
                    {
                        id = key.Id,
                        secret = key.Secret(),
                        at = key.CreatedAt,
                    },
                    cancellationToken
                );
                return key.Id;
            },
            cancellationToken
        );
}
