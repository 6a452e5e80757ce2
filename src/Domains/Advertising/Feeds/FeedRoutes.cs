using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Advertising.Feeds;

/// <summary>What brings numbers, and how fresh they are.</summary>
internal static class FeedRoutes
{
    private const string Text = """
        SELECT CASE WHEN s.user_id IS NULL THEN 'load' ELSE 'sync' END AS kind, COALESCE(s.user_id, m.user_id) AS account,
          (SELECT max(name) FROM accounts a WHERE a.id = COALESCE(s.user_id, m.user_id)) AS name, m.learned_at, m.last_day,
          CAST(s.done AS timestamp) AS synced_to, s.changed_at AS synced_at, COALESCE(m.row_count, 0) AS row_count
        FROM ad_syncs s FULL JOIN (
          SELECT user_id, max(learned_at) AS learned_at, max("timestamp") AS last_day, count(*) AS row_count
          FROM campaign_metrics WHERE source = 'reported' GROUP BY user_id
        ) m ON m.user_id = s.user_id
        UNION ALL
        SELECT 'events', NULL, NULL, max(received_at), max(happened_at), NULL, NULL, count(*) FROM ad_events HAVING count(*) > 0
        UNION ALL
        SELECT 'notices', NULL, NULL, max(received_at), max(happened_at), NULL, NULL, count(*) FROM platform_notices HAVING count(*) > 0
        ORDER BY 1 DESC, 2
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/analytics/feeds", ListAsync)
            .ForUsers(RateClass.Query)
            .Describe(
                "ads",
                "Show what brings numbers of campaigns, and how fresh they are",
                "Accounts that are synced or loaded from files, the advertiser's own events, and what Meta tells by webhook."
            );

    private static async Task<Ok<ItemList<FeedState>>> ListAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return TypedResults.Ok(new ItemList<FeedState>(await connection.ReadAsync(Text, Read, cancellationToken)));
    }

    private static FeedState Read(DbDataReader row) =>
        new()
        {
            Kind = Enum.Parse<FeedKind>(row.GetString(0), ignoreCase: true),
            Account = row.IsDBNull(1) ? null : row.GetString(1),
            Name = row.IsDBNull(2) ? null : row.GetString(2),
            LearnedAt = Moment(row, 3),
            LastDay = Day(row, 4),
            SyncedTo = Day(row, 5),
            SyncedAt = Moment(row, 6),
            Rows = row.GetInt64(7),
        };

    private static DateTime? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);

    private static DateOnly? Day(DbDataReader row, int column) => Moment(row, column) is { } time ? DateOnly.FromDateTime(time) : null;
}
