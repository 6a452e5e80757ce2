using Tradepost.Storage;

namespace Tradepost.App.Users.Tokens;

/// <summary>One-time links with which somebody sets a password: the first administrator, or a user who was added or reset.</summary>
internal sealed class Links(Store store, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The code of a new link.</summary>
    public async Task<string> CreateAsync(Guid? userId, CancellationToken cancellationToken)
    {
        var (code, now) = (OpaqueToken.Create(), time.UtcMoment());
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "INSERT INTO user_links (code_hash, user_id, created_at, expires_at) VALUES (@hash, @userId, @now, @end)",
            new { hash = OpaqueToken.HashOf(code), userId, now, end = now + Lifetime },
            cancellationToken);
        return code;
    }

    /// <summary>Whom a code is for, as long as it can be used; null when it cannot.</summary>
    public async Task<Link?> FindAsync(string code, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var found = await connection.QueryAsync<Row>(
            "SELECT user_id FROM user_links WHERE code_hash = @hash AND used_at IS NULL AND expires_at > @now", new { hash = OpaqueToken.HashOf(code), now = time.UtcMoment() }, cancellationToken);
        return found is [var row] ? new Link(row.User_Id) : null;
    }

    /// <summary>Uses a code up; false when somebody was faster.</summary>
    public async Task<bool> UseAsync(string code, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(
            "UPDATE user_links SET used_at = @now WHERE code_hash = @hash AND used_at IS NULL", new { hash = OpaqueToken.HashOf(code), now = time.UtcMoment() }, cancellationToken) == 1;
    }

    private sealed class Row
    {
        public Guid? User_Id { get; set; }
    }
}
