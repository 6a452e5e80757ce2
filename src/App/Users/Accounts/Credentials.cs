using System.Data.Common;
using Tradepost.App.Users.Tokens;
using Tradepost.Storage;

namespace Tradepost.App.Users.Accounts;

/// <summary>
/// Passwords of users. A new one ends everything older in the same transaction: sessions with their refresh tokens, and links.
/// </summary>
internal sealed class Credentials(UserTransactions transactions, TimeProvider time)
{
    /// <summary>Sets a password, whatever it was.</summary>
    public Task SetAsync(User user, string hash, string reason, CancellationToken cancellationToken) =>
        transactions.RunAsync(connection => SetAsync(connection, user.Id, hash, reason, cancellationToken), cancellationToken);

    /// <summary>Replaces the password that a user was read with; false when it was replaced meanwhile.</summary>
    public Task<bool> ChangeAsync(User user, string hash, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async connection =>
                await UserTransactions.HoldAsync(connection, user, cancellationToken)
                && await SetAsync(connection, user.Id, hash, "password changed", cancellationToken),
            cancellationToken
        );

    /// <summary>Uses a link up and sets its user's password; false when somebody was faster.</summary>
    public Task<bool> SetByLinkAsync(User user, string code, string hash, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async connection =>
                await UserTransactions.HoldAsync(connection, user, cancellationToken)
                && await Links.UseAsync(connection, code, time.UtcMoment(), cancellationToken)
                && await SetAsync(connection, user.Id, hash, "password set by link", cancellationToken),
            cancellationToken
        );

    /// <summary>Keeps the same password under a hash that costs more work; nothing ends by that.</summary>
    public Task<bool> RenewAsync(User user, string hash, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async connection =>
                await UserTransactions.HoldAsync(connection, user, cancellationToken)
                && await WriteAsync(connection, user.Id, hash, cancellationToken),
            cancellationToken
        );

    private async Task<bool> SetAsync(DbConnection connection, Guid id, string hash, string reason, CancellationToken cancellationToken)
    {
        await WriteAsync(connection, id, hash, cancellationToken);
        await EndAsync(connection, id, reason, time.UtcMoment(), cancellationToken);
        return true;
    }

    /// <summary>Ends all that a user is signed in with or could sign in with, but for the password.</summary>
    public static async Task EndAsync(DbConnection connection, Guid id, string reason, DateTime now, CancellationToken cancellationToken)
    {
        await Sessions.EndAllAsync(connection, id, reason, now, cancellationToken);
        await Links.RemoveAsync(connection, id, cancellationToken);
    }

    private async Task<bool> WriteAsync(DbConnection connection, Guid id, string hash, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "UPDATE tradepost_private.users SET password_hash = @hash, changed_at = @now WHERE id = @id",
            new
            {
                id,
                hash,
                now = time.UtcMoment(),
            },
            cancellationToken
        ) == 1;
}
