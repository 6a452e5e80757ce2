using System.Security.Cryptography;
using Tradepost.Storage;

namespace Tradepost.App.Users.Tokens;

/// <summary>The keys in the store; the first server makes one.</summary>
internal sealed class SigningKeys(Store store, TimeProvider time)
{
    private const int Bytes = 32;

    /// <summary>All keys, the newest first: it signs, the others still count.</summary>
    public async Task<IReadOnlyList<SigningKey>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var rows = await connection.ReadAsync(
            "SELECT id, secret FROM user_signing_keys ORDER BY created_at DESC, id", row => new SigningKey(row.GetString(0), Convert.FromBase64String(row.GetString(1))), cancellationToken);
        return rows;
    }

    /// <summary>Makes the first key. Where several servers do at once, one of them wins.</summary>
    public async Task CreateFirstAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "INSERT INTO user_signing_keys (id, secret, created_at) VALUES ('1', @secret, @now) ON CONFLICT (id) DO NOTHING",
            new { secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)), now = time.UtcMoment() },
            cancellationToken);
    }
}
