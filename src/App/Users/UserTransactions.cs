using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.App.Users;

/// <summary>
/// Changes of what users sign in with. Those of one user come one after the other, also among several servers: a session that
/// begins and a password that changes at the same time must not miss each other.
/// </summary>
internal sealed class UserTransactions(Store store)
{
    // Two changes at once on the embedded store would be a conflict of its transactions, and changes of users are rare.
    private static readonly SemaphoreSlim Writing = new(1);

    public async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> write, CancellationToken cancellationToken)
    {
        await Writing.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await store.Secrets.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await write(connection);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            Writing.Release();
        }
    }

    /// <summary>
    /// Holds a user until the transaction ends; false when they were removed, disabled or given another password since they were read.
    /// </summary>
    public static async Task<bool> HoldAsync(DbConnection connection, User user, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "UPDATE tradepost_private.users SET changed_at = changed_at WHERE id = @id AND NOT is_disabled AND password_hash IS NOT "
                + "DISTINCT FROM @hash",
            new { id = user.Id, hash = user.PasswordHash },
            cancellationToken
        ) == 1;
}
