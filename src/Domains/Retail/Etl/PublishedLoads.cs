using System.Data.Common;
using System.Text.Json.Nodes;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>What was loaded into the warehouse, newest first.</summary>
public static class PublishedLoads
{
    public static async Task<IReadOnlyList<PublishedLoad>> ListAsync(Store store, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            "SELECT run_id, mode, from_at, to_at, started_at, finished_at, status, CAST(result AS text) FROM etl_runs ORDER BY started_at DESC LIMIT @limit",
            new { limit },
            row => new PublishedLoad(
                row.GetString(0),
                row.GetString(1),
                Moment(row, 2),
                Moment(row, 3),
                row.GetDateTime(4),
                Moment(row, 5),
                row.GetString(6),
                row.IsDBNull(7) ? null : JsonNode.Parse(row.GetString(7))
            ),
            cancellationToken
        );
    }

    private static DateTime? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
