using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// One-time links with which somebody sets a password: the first administrator, or a user who was added or reset. Of a user's
/// links only the newest counts; those that make the first administrator all end with the first that is used.
/// </summary>
internal sealed class Links(Store store, UserTransactions transactions, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The code of a new link.</summary>
    public async Task<string> CreateAsync(Guid? userId, CancellationToken cancellationToken)
    {
        var (code, now) = (OpaqueToken.Create(), time.UtcMoment());
        await transactions.RunAsync(
            async connection =>
            {
                if (userId is { } id)
                {
                    await connection.ExecuteAsync(
                        "UPDATE tradepost_private.users SET changed_at = changed_at WHERE id = @id",
                        new { id },
                        cancellationToken
                    ); // two at once: one after the other
                    await RemoveAsync(connection, id, cancellationToken);
                }

                return await connection.ExecuteAsync(
                    "INSERT INTO tradepost_private.user_links (code_hash, user_id, created_at, expires_at) VALUES (@hash, @userId, @now, "
                        + "@end)",
                    new
                    {
                        hash = OpaqueToken.HashOf(code),
                        userId,
                        now,
                        end = now + Lifetime,
                    },
                    cancellationToken
                );
            },
            cancellationToken
        );
        return code;
    }

    /// <summary>Whom a code is for, as long as it can be used; null when it cannot.</summary>
    public async Task<Link?> FindAsync(string code, CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        var found = await connection.QueryAsync<Row>(
            "SELECT user_id FROM tradepost_private.user_links WHERE code_hash = @hash AND used_at IS NULL AND expires_at > @now",
            new { hash = OpaqueToken.HashOf(code), now = time.UtcMoment() },
            cancellationToken
        );
        return found is [var row] ? new Link(row.User_Id) : null;
    }

    /// <summary>Uses a code up; false when somebody was faster.</summary>
    public static async Task<bool> UseAsync(DbConnection connection, string code, DateTime now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "UPDATE tradepost_private.user_links SET used_at = @now WHERE code_hash = @hash AND used_at IS NULL AND expires_at > @now",
            new { hash = OpaqueToken.HashOf(code), now },
            cancellationToken
        ) == 1;

    /// <summary>Ends a user's links.</summary>
    public static Task<int> RemoveAsync(DbConnection connection, Guid userId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync("DELETE FROM tradepost_private.user_links WHERE user_id = @userId", new { userId }, cancellationToken);

    private sealed class Row
    {
        public Guid? User_Id { get; set; }
    }
}

/// <summary>Whom a link is for; without a user it makes the first administrator.</summary>
internal sealed record Link(Guid? UserId);
