using System.Data.Common;
using System.Text.Json.Nodes;
using Tradepost.Storage;

namespace Tradepost.Retail.Rejects;

/// <summary>The rows that are kept aside, to be read and mended.</summary>
public static class RejectedRows
{
    public static async Task<IReadOnlyList<RejectedRow>> ListAsync(Store store, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            """
            SELECT run_id, source_table, natural_key, rule, problem, CAST("row" AS text), rejected_at, replayed_at FROM etl_rejects
            WHERE replayed_at IS NULL ORDER BY rejected_at DESC, source_table, natural_key, rule LIMIT @limit OFFSET @offset
            """,
            new { limit, offset },
            Read,
            cancellationToken
        );
    }

    /// <summary>Whether a source's table is about people, so that only administrators see its rows and mend them.</summary>
    public static bool AreAboutPeople(string table) => table is "customers" or "users" or "employees";

    /// <summary>The row as others see it: which, and by what rule, without what it holds.</summary>
    public static RejectedRow WithoutPerson(RejectedRow row) =>
        AreAboutPeople(row.Table) ? row with { Row = null, Problem = "the row is about a person; an administrator sees it" } : row;

    /// <summary>Puts another row in the place of one that was kept aside; false when there is none under that key. The next replay looks at it.</summary>
    public static async Task<bool> MendAsync(Store store, string table, string key, JsonObject row, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(
                """UPDATE etl_rejects SET "row" = CAST(@text AS json) WHERE source_table = @table AND natural_key = @key AND replayed_at IS NULL""",
                new
                {
                    table,
                    key,
                    text = row.ToJsonString(),
                },
                cancellationToken
            ) > 0;
    }

    private static RejectedRow Read(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            JsonNode.Parse(row.GetString(5)),
            row.GetDateTime(6),
            row.IsDBNull(7) ? null : row.GetDateTime(7)
        );
}
