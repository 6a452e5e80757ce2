using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// Sign-ins and their refresh tokens. Each refresh token is used once and replaced by the next; one that comes a second time
/// was stolen, before or after, and ends the whole session.
/// </summary>
internal sealed class Sessions(Store store, UserTransactions transactions, TimeProvider time)
{
    /// <summary>How long a session can be refreshed after the sign-in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>
    /// How soon a used token may come again, and gets the same answer: who asks twice at once, or leaves a page, loses an answer on its
    /// way.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Begins a session; null when the user was disabled or got another password since they were read, or the link was used meanwhile.
    /// </summary>
    /// <param name="code">The link that is used up by it, if any.</param>
    public Task<(LiveSession Session, string RefreshToken)?> BeginAsync(
        User user,
        string? code,
        string client,
        CancellationToken cancellationToken
    )
    {
        var (token, now) = (OpaqueToken.Create(), time.UtcMoment());
        var session = new LiveSession(Guid.CreateVersion7(time.GetUtcNow()), user.Id, now + Lifetime);
        return transactions.RunAsync<(LiveSession, string)?>(
            async connection =>
            {
                if (
                    !await UserTransactions.HoldAsync(connection, user, cancellationToken)
                    || (code is not null && !await Links.UseAsync(connection, code, now, cancellationToken))
                )
                {
                    return null;
                }

                await connection.ExecuteAsync(
                    "INSERT INTO tradepost_private.user_sessions (id, user_id, client, created_at, expires_at) VALUES (@id, @userId, "
                        + "@client, @now, @end)",
                    new
                    {
                        id = session.Id,
                        userId = user.Id,
                        client,
                        now,
                        end = session.ExpiresAt,
                    },
                    cancellationToken
                );
                await AddTokenAsync(connection, session.Id, token, now, cancellationToken);
                return (session, token);
            },
            cancellationToken
        );
    }

    /// <summary>Exchanges a refresh token; what it was good for decides what the caller gets.</summary>
    public Task<RefreshOutcome> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        transactions.RunAsync(connection => RefreshAsync(connection, refreshToken, cancellationToken), cancellationToken);

    public Task RevokeAsync(Guid sessionId, string reason, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            connection => EndAsync(connection, "id = @id", sessionId, reason, time.UtcMoment(), cancellationToken),
            cancellationToken
        );

    /// <summary>Ends all of a user's sessions.</summary>
    public static Task<int> EndAllAsync(
        DbConnection connection,
        Guid userId,
        string reason,
        DateTime now,
        CancellationToken cancellationToken
    ) => EndAsync(connection, "user_id = @id", userId, reason, now, cancellationToken);

    /// <summary>A session that was issued and goes on; null when it never was, or has ended.</summary>
    public async Task<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        var found = await connection.QueryAsync<Row>(
            "SELECT id, user_id, expires_at, revoked_at FROM tradepost_private.user_sessions WHERE id = @id AND revoked_at IS NULL AND "
                + "expires_at > @now",
            new { id, now = time.UtcMoment() },
            cancellationToken
        );
        return found is [var row] ? row.Session() : null;
    }

    /// <summary>Sessions revoked since a time; their access tokens may not have expired yet.</summary>
    public async Task<IReadOnlyList<Guid>> RevokedSinceAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        return await connection.QueryAsync<Guid>(
            "SELECT id FROM tradepost_private.user_sessions WHERE revoked_at >= @since",
            new { since },
            cancellationToken
        );
    }

    private async Task<RefreshOutcome> RefreshAsync(DbConnection connection, string refreshToken, CancellationToken cancellationToken)
    {
        var (hash, now) = (OpaqueToken.HashOf(refreshToken), time.UtcMoment());
        var found = await connection.QueryAsync<Row>(
            """
            SELECT s.id, s.user_id, s.expires_at, s.revoked_at FROM tradepost_private.user_refresh_tokens t
              JOIN tradepost_private.user_sessions s ON s.id = t.session_id
            WHERE t.token_hash = @hash
            """,
            new { hash },
            cancellationToken
        );
        if (found is not [{ Revoked_At: null } row] || row.Expires_At <= now)
        {
            return new RefreshOutcome(RefreshResult.Unknown);
        }

        // The update decides who used it first, also among several servers; a clock that was put back makes nothing young again.
        var isGood =
            await connection.ExecuteAsync(
                """
                UPDATE tradepost_private.user_refresh_tokens SET used_at = COALESCE(used_at, @now), next_salt = COALESCE(next_salt, @salt)
                WHERE token_hash = @hash AND (used_at IS NULL OR (used_at > @from AND used_at < @to AND next_salt IS NOT NULL))
                """,
                new
                {
                    hash,
                    now,
                    salt = OpaqueToken.Create(),
                    from = now - Grace,
                    to = now + Grace,
                },
                cancellationToken
            ) == 1;
        if (!isGood)
        {
            await EndAsync(connection, "id = @id", row.Id, "refresh token used twice", now, cancellationToken);
            return new RefreshOutcome(RefreshResult.UsedTwice, row.Session());
        }

        // Made of the token and what only the store knows: the same for whoever asks again, and kept nowhere.
        var salt = await connection.ScalarAsync<string>(
            "SELECT next_salt FROM tradepost_private.user_refresh_tokens WHERE token_hash = @hash",
            new { hash },
            cancellationToken
        );
        var next = OpaqueToken.After(refreshToken, salt!);
        await AddTokenAsync(connection, row.Id, next, now, cancellationToken);
        return new RefreshOutcome(RefreshResult.Renewed, row.Session(), next);
    }

    private static Task<int> EndAsync(
        DbConnection connection,
        string condition,
        Guid id,
        string reason,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            $"UPDATE tradepost_private.user_sessions SET revoked_at = @now, revoked_because = @reason WHERE {condition} AND revoked_at "
                + "IS NULL",
            new
            {
                id,
                reason,
                now,
            },
            cancellationToken
        );

    private static Task<int> AddTokenAsync(
        DbConnection connection,
        Guid session,
        string token,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            "INSERT INTO tradepost_private.user_refresh_tokens (token_hash, session_id, issued_at) VALUES (@hash, @session, @now) ON "
                + "CONFLICT (token_hash) DO NOTHING",
            new
            {
                hash = OpaqueToken.HashOf(token),
                session,
                now,
            },
            cancellationToken
        );

    private sealed class Row
    {
        public Guid Id { get; set; }

        public Guid User_Id { get; set; }

        public DateTime Expires_At { get; set; }

        public DateTime? Revoked_At { get; set; }

        public LiveSession Session() => new(Id, User_Id, Expires_At);
    }
}

/// <summary>What became of a refresh token; the next one when it was renewed.</summary>
internal sealed record RefreshOutcome(RefreshResult Result, LiveSession? Session = null, string? RefreshToken = null);

internal enum RefreshResult
{
    /// <summary>No such token, or its session has ended.</summary>
    Unknown,

    /// <summary>It was used before: the session is revoked.</summary>
    UsedTwice,

    Renewed,
}
