using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Advertising.Knowledge;

/// <summary>
/// Marks of accounts: each time something is learned of an account, or removed, its mark becomes another one in the same transaction. What is kept
/// under a mark is current as long as the account has it.
/// </summary>
internal static class AccountMarks
{
    /// <summary>The account of the advertiser's own events.</summary>
    public const string OwnEvents = "";

    /// <summary>Gives an account a new mark, within the transaction of the connection.</summary>
    public static Task ChangeAsync(DbConnection connection, string account, DateTime now, CancellationToken cancellationToken) =>
        WriteAsync(
            connection,
            "SELECT CAST(@account AS text) AS account",
            new Dictionary<string, object?> { ["account"] = account },
            now,
            cancellationToken
        );

    /// <summary>Gives the accounts of the rows of a table a new mark, within the transaction of the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="table">A table with the column <c>user_id</c>.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task ChangeAllAsync(DbConnection connection, string table, DateTime now, CancellationToken cancellationToken) =>
        WriteAsync(connection, $"SELECT DISTINCT user_id AS account FROM {table}", [], now, cancellationToken);

    /// <summary>The marks of all accounts of which something was learned.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (
            await connection.ReadAsync(
                "SELECT account, mark FROM account_marks",
                row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
                cancellationToken
            )
        ).ToDictionary(StringComparer.Ordinal);

    private static Task<int> WriteAsync(
        DbConnection connection,
        string accounts,
        Dictionary<string, object?> parameters,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            $"""
            INSERT INTO account_marks (account, mark, marked_at)
            SELECT account, CAST(@mark AS text), CAST(@now AS timestamp) FROM ({accounts}) a ORDER BY account
            ON CONFLICT (account) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
            """,
            new Dictionary<string, object?>(parameters) { ["mark"] = Guid.NewGuid().ToString("N"), ["now"] = now },
            cancellationToken
        );
}
