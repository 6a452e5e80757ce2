using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Advertising.Syncing;

/// <summary>How far an account's sync is: one that was stopped goes on behind the last day that it wrote.</summary>
/// <param name="Since">The first day that is asked for.</param>
/// <param name="Until">The last day.</param>
/// <param name="Done">The last day that is in the store; null before the first.</param>
internal sealed record SyncPosition(DateOnly Since, DateOnly Until, DateOnly? Done)
{
    /// <summary>The first day that is not in the store yet.</summary>
    public DateOnly Next => Done?.AddDays(1) ?? Since;

    /// <summary>Whether every day is in the store.</summary>
    public bool IsWhole => Done >= Until;

    /// <summary>What the store knows of an account; null where it was never synced.</summary>
    public static async Task<SyncPosition?> FindAsync(DbConnection connection, string account, CancellationToken cancellationToken) =>
        await connection.ReadAsync(
            "SELECT since, until, done FROM ad_syncs WHERE user_id = @account",
            new { account },
            row => new SyncPosition(
                row.GetFieldValue<DateOnly>(0),
                row.GetFieldValue<DateOnly>(1),
                row.IsDBNull(2) ? null : row.GetFieldValue<DateOnly>(2)
            ),
            cancellationToken
        )
            is [var found, ..]
            ? found
            : null;

    /// <summary>The days of a sync that begins today: again those that may be restated, all since the last one, and those that are asked for.</summary>
    /// <param name="last">The one before; null without.</param>
    /// <param name="since">The first day that somebody asks for; null for the usual ones.</param>
    /// <param name="today">In the account's time zone.</param>
    public static SyncPosition Begin(SyncPosition? last, DateOnly? since, DateOnly today)
    {
        var asked = since ?? today.AddDays(1 - RestatedDays);
        var open = last?.FirstOpen ?? asked;
        return last is { IsWhole: false } && last.Until == today && (since is null || last.Since <= since)
            ? last
            : new SyncPosition(open < asked ? open : asked, today, Done: null);
    }

    /// <summary>The same without the days before one.</summary>
    public SyncPosition NotBefore(DateOnly oldest) => Since < oldest && Done is null ? this with { Since = oldest } : this;

    /// <summary>Writes it, within the transaction of the connection.</summary>
    public async Task WriteAsync(DbConnection connection, string account, DateTime now, CancellationToken cancellationToken)
    {
        var values = new
        {
            account,
            since = Since,
            until = Until,
            done = Done,
            now,
        };
        await connection.ExecuteAsync("DELETE FROM ad_syncs WHERE user_id = @account", new { account }, cancellationToken);
        await connection.ExecuteAsync(
            """
            INSERT INTO ad_syncs (user_id, since, until, done, changed_at)
            VALUES (@account, CAST(@since AS date), CAST(@until AS date), CAST(@done AS date), @now)
            """,
            values,
            cancellationToken
        );
    }

    /// <summary>A day's numbers are final after so many days.</summary>
    private const int RestatedDays = 28;

    /// <summary>The first day that is missing, or that could be restated after it was read.</summary>
    private DateOnly FirstOpen => IsWhole ? Until.AddDays(1 - RestatedDays) : Next;
}
