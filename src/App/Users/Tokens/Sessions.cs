using System.Data.Common;
using Tradepost.App.Users.Accounts;
using Tradepost.Storage;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// Sign-ins and their refresh tokens. Each refresh token is used once and replaced by the next; one that comes a second time
/// was stolen, before or after, and ends the whole session.
/// </summary>
internal sealed class Sessions(Store store, TimeProvider time)
{
    /// <summary>How long a session can be refreshed after the sign-in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private static readonly SemaphoreSlim Writing = new(1);

    public async Task<(Guid SessionId, string RefreshToken)> BeginAsync(User user, string client, CancellationToken cancellationToken)
    {
        var (session, token, now) = (Guid.CreateVersion7(time.GetUtcNow()), OpaqueToken.Create(), time.UtcMoment());
        await WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "INSERT INTO user_sessions (id, user_id, client, created_at, expires_at) VALUES (@session, @user, @client, @now, @end)",
                    new { session, user = user.Id, client, now, end = now + Lifetime },
                    cancellationToken);
                await AddTokenAsync(connection, session, token, now, cancellationToken);
            },
            cancellationToken);
        return (session, token);
    }

    /// <summary>Exchanges a refresh token; what it was good for decides what the caller gets.</summary>
    /// <param name="leeway">How long after its first use it may come again: a browser that leaves a page loses the answer on its way.</param>
    public async Task<RefreshOutcome> RefreshAsync(string refreshToken, TimeSpan leeway, CancellationToken cancellationToken)
    {
        var (hash, next, now) = (OpaqueToken.HashOf(refreshToken), OpaqueToken.Create(), time.UtcMoment());
        var outcome = new RefreshOutcome(RefreshResult.Unknown);
        await WriteAsync(
            async connection =>
            {
                var found = await connection.QueryAsync<Row>(
                    """
                    SELECT s.id, s.user_id, s.expires_at, s.revoked_at FROM user_refresh_tokens t JOIN user_sessions s ON s.id = t.session_id
                    WHERE t.token_hash = @hash
                    """,
                    new { hash },
                    cancellationToken);
                if (found is not [var session])
                {
                    return;
                }

                // The update decides who used it first, also among several servers.
                var isGood = await connection.ExecuteAsync(
                    "UPDATE user_refresh_tokens SET used_at = COALESCE(used_at, @now) WHERE token_hash = @hash AND (used_at IS NULL OR used_at > @since)",
                    new { hash, now, since = now - leeway },
                    cancellationToken) == 1;
                if (!isGood)
                {
                    await RevokeAsync(connection, "id = @id", session.Id, "refresh token used twice", cancellationToken);
                    outcome = new RefreshOutcome(RefreshResult.UsedTwice, session.User_Id, session.Id);
                }
                else if (session.Revoked_At is null && session.Expires_At > now)
                {
                    await AddTokenAsync(connection, session.Id, next, now, cancellationToken);
                    outcome = new RefreshOutcome(RefreshResult.Renewed, session.User_Id, session.Id, next);
                }
            },
            cancellationToken);
        return outcome;
    }

    public Task RevokeAsync(Guid sessionId, string reason, CancellationToken cancellationToken) =>
        WriteAsync(connection => RevokeAsync(connection, "id = @id", sessionId, reason, cancellationToken), cancellationToken);

    /// <summary>Ends all of a user's sessions.</summary>
    public Task RevokeAllAsync(Guid userId, string reason, CancellationToken cancellationToken) =>
        WriteAsync(connection => RevokeAsync(connection, "user_id = @id", userId, reason, cancellationToken), cancellationToken);

    /// <summary>Sessions revoked since a time; their access tokens may not have expired yet.</summary>
    public async Task<IReadOnlyList<Guid>> RevokedSinceAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.QueryAsync<Guid>("SELECT id FROM user_sessions WHERE revoked_at >= @since", new { since }, cancellationToken);
    }

    private Task<int> RevokeAsync(DbConnection connection, string condition, Guid id, string reason, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"UPDATE user_sessions SET revoked_at = @now, revoked_because = @reason WHERE {condition} AND revoked_at IS NULL", new { id, reason, now = time.UtcMoment() }, cancellationToken);

    private static Task<int> AddTokenAsync(DbConnection connection, Guid session, string token, DateTime now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "INSERT INTO user_refresh_tokens (token_hash, session_id, issued_at) VALUES (@hash, @session, @now)", new { hash = OpaqueToken.HashOf(token), session, now }, cancellationToken);

    private async Task WriteAsync(Func<DbConnection, Task> write, CancellationToken cancellationToken)
    {
        await Writing.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await store.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await write(connection);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            Writing.Release();
        }
    }

    private sealed class Row
    {
        public Guid Id { get; set; }

        public Guid User_Id { get; set; }

        public DateTime Expires_At { get; set; }

        public DateTime? Revoked_At { get; set; }
    }
}
