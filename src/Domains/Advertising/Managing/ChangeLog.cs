using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Storage;

namespace Tradepost.Advertising.Managing;

/// <summary>The table <c>campaign_changes</c>: each change, before the platform is asked and when it is known what came of it.</summary>
internal sealed class ChangeLog(Store store)
{
    private const string Columns =
        "id, user_id, campaign_id, action, state, asked_by, asked_at, settled_at, before, after, problem, undoes";

    /// <summary>The newest changes.</summary>
    public async Task<IReadOnlyList<CampaignChange>> ListAsync(ChangesQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"""
            SELECT {Columns} FROM campaign_changes
            WHERE (@campaign = '' OR campaign_id = @campaign) AND (@state = '' OR state = @state)
            ORDER BY asked_at DESC, id DESC LIMIT @limit OFFSET @offset
            """,
            new
            {
                campaign = query.Campaign ?? "",
                state = query.State is { } state ? Word(state) : "",
                limit = query.Limit,
                offset = query.Cursor,
            },
            Read,
            cancellationToken
        );
    }

    /// <summary>A change; null where there is none.</summary>
    public async Task<CampaignChange?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await WhereAsync("id = @value", $"{id}", cancellationToken) is [var found, ..] ? found : null;

    /// <summary>Changes of which it is not known what came of them, the oldest first.</summary>
    public Task<IReadOnlyList<CampaignChange>> OpenAsync(CancellationToken cancellationToken) =>
        WhereAsync("state = @value", Word(ChangeState.Applying), cancellationToken);

    /// <summary>The change that was asked for with a key and did not fail, and the hash of what was asked; null without one.</summary>
    public async Task<(CampaignChange Change, string Hash)?> OfKeyAsync(string key, CancellationToken cancellationToken)
    {
        if (await WhereAsync("state <> 'failed' AND request_key = @value", key, cancellationToken) is not [var change, ..])
        {
            return null;
        }

        await using var connection = await store.OpenAsync(cancellationToken);
        var hash = await connection.ScalarAsync<string>(
            "SELECT request_hash FROM campaign_changes WHERE id = @id",
            new { id = $"{change.Id}" },
            cancellationToken
        );
        return (change, hash ?? "");
    }

    /// <summary>Whether a campaign was made by another change than one.</summary>
    public async Task<bool> IsOfAnotherAsync(string campaign, Guid change, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ScalarAsync<long>(
                "SELECT count(*) FROM campaign_changes WHERE campaign_id = @campaign AND action = 'create' AND id <> @id",
                new { campaign, id = $"{change}" },
                cancellationToken
            ) > 0;
    }

    /// <summary>
    /// Daily budgets of an account's active campaigns but one, as seen last, in minor units: their own, or those of their active ad sets.
    /// </summary>
    public async Task<long> OtherBudgetsAsync(string account, string campaign, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ScalarAsync<long>(
            """
            SELECT CAST(COALESCE(sum(budget), 0) AS bigint) FROM (
              SELECT COALESCE(NULLIF(c.daily_budget, 0), (
                SELECT CAST(sum(s.daily_budget) AS bigint) FROM ad_sets s
                WHERE s.user_id = c.user_id AND s.campaign_id = c.id AND s.status = 'ACTIVE'
              )) AS budget
              FROM campaigns c WHERE c.user_id = @account AND c.id <> @campaign AND c.status = 'ACTIVE'
            ) others
            """,
            new { account, campaign },
            cancellationToken
        );
    }

    /// <summary>Writes a new change.</summary>
    public async Task AddAsync(CampaignChange change, string? key, string? hash, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO campaign_changes ({Columns}, request_key, request_hash)
            VALUES (@id, @account, @campaign, @action, @state, @by, @at, @settled, CAST(@before AS json), CAST(@after AS json), @problem,
              @undoes, @key, @hash)
            """,
            new
            {
                id = $"{change.Id}",
                account = change.Account,
                campaign = change.Campaign,
                action = Word(change.Action),
                state = Word(change.State),
                by = change.AskedBy,
                at = change.AskedAt,
                settled = change.SettledAt,
                before = change.Before is { } before ? JsonSerializer.Serialize(before, ResultJson.Options) : null,
                after = JsonSerializer.Serialize(change.After, ResultJson.Options),
                problem = change.Problem,
                undoes = change.Undoes is { } undoes ? $"{undoes}" : null,
                key,
                hash,
            },
            cancellationToken
        );
    }

    /// <summary>Writes what came of a change, and of the one that it takes back.</summary>
    public static async Task SettleAsync(DbConnection connection, CampaignChange change, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "UPDATE campaign_changes SET state = @state, settled_at = @settled, campaign_id = @campaign, problem = @problem WHERE id = @id",
            new
            {
                id = $"{change.Id}",
                state = Word(change.State),
                settled = change.SettledAt,
                campaign = change.Campaign,
                problem = change.Problem,
            },
            cancellationToken
        );
        if (change is { State: ChangeState.Applied, Undoes: { } undone })
        {
            await connection.ExecuteAsync(
                "UPDATE campaign_changes SET state = @state WHERE id = @id",
                new { id = $"{undone}", state = Word(ChangeState.Undone) },
                cancellationToken
            );
        }
    }

    private async Task<IReadOnlyList<CampaignChange>> WhereAsync(string condition, string value, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            $"SELECT {Columns} FROM campaign_changes WHERE {condition} ORDER BY asked_at, id",
            new { value },
            Read,
            cancellationToken
        );
    }

    private static CampaignChange Read(DbDataReader row) =>
        new()
        {
            Id = Guid.Parse(row.GetString(0)),
            Account = row.GetString(1),
            Campaign = Text(row, 2),
            Action = Enum.Parse<ChangeAction>(row.GetString(3), ignoreCase: true),
            State = Enum.Parse<ChangeState>(row.GetString(4), ignoreCase: true),
            AskedBy = row.GetString(5),
            AskedAt = row.GetDateTime(6),
            SettledAt = row.IsDBNull(7) ? null : row.GetDateTime(7),
            Before = Text(row, 8) is { } before ? JsonSerializer.Deserialize<CampaignValues>(before, ResultJson.Options) : null,
            After = JsonSerializer.Deserialize<CampaignValues>(row.GetString(9), ResultJson.Options)!, // the column holds an object
            Problem = Text(row, 10),
            Undoes = Text(row, 11) is { } undoes ? Guid.Parse(undoes) : null,
        };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Word<T>(T value)
        where T : struct, Enum => Spelling.Snake($"{value}");
}
