using System.Data.Common;
using System.Text.Json.Nodes;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Rejects;

/// <summary>
/// Rejects that did not come in yet: to be read, mended and replayed. A table of them has the columns of <c>rejects</c>: the run or load,
/// the table that a row is of, its key, the rule, the problem in words, the row as JSON, and when it was rejected and replayed.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="table">The table of rejects.</param>
public sealed class OpenRejects(Store store, string table = RejectTable.Shared)
{
    /// <summary>The table whose rejects are listed; null: all that the table of rejects has.</summary>
    public string? Destination { get; init; }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<RejectedRow>> ListAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await ReadAsync(
            connection,
            """
            AND source_table = coalesce(CAST(@Destination AS text), source_table)
            ORDER BY rejected_at DESC, source_table, natural_key, rule LIMIT @limit OFFSET @offset
            """,
            new
            {
                Destination,
                limit,
                offset,
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Puts another row in the place of one that was kept aside; false when there is none under that key. The next replay looks at it.
    /// </summary>
    public async Task<bool> MendAsync(string sourceTable, string key, JsonObject row, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(
                $"""UPDATE {Sql.Name(table)} SET "row" = CAST(@text AS json) WHERE source_table = @sourceTable AND natural_key = @key AND replayed_at IS NULL""",
                new
                {
                    sourceTable,
                    key,
                    text = row.ToJsonString(),
                },
                cancellationToken
            ) > 0;
    }

    /// <summary>All of one table, in the order of their keys.</summary>
    internal Task<IReadOnlyList<RejectedRow>> OfAsync(DbConnection connection, string sourceTable, CancellationToken cancellationToken) =>
        ReadAsync(connection, "AND source_table = @sourceTable ORDER BY run_id, natural_key", new { sourceTable }, cancellationToken);

    /// <summary>Notes that a row came in after all.</summary>
    internal Task CloseAsync(DbConnection connection, RejectedRow row, DateTime now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"UPDATE {Sql.Name(table)} SET replayed_at = @now WHERE run_id = @RunId AND source_table = @Table AND natural_key = @Key AND "
                + "replayed_at IS NULL",
            new
            {
                now,
                row.RunId,
                row.Table,
                row.Key,
            },
            cancellationToken
        );

    private Task<IReadOnlyList<RejectedRow>> ReadAsync(
        DbConnection connection,
        string rest,
        object parameters,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            $"""
            SELECT run_id, source_table, natural_key, rule, problem, CAST("row" AS text), rejected_at, replayed_at FROM {Sql.Name(table)}
            WHERE replayed_at IS NULL {rest}
            """,
            parameters,
            row => new RejectedRow(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                JsonNode.Parse(row.GetString(5)),
                row.GetDateTime(6),
                row.IsDBNull(7) ? null : row.GetDateTime(7)
            ),
            cancellationToken
        );
}
