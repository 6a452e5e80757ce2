using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Advertising.Campaigns;

/// <summary>
/// Figures of campaigns as of any moment. What a platform reports of a campaign's day comes before what events count of it: both are of the same
/// impressions.
/// </summary>
internal sealed class CampaignReports(Store store)
{
    private static readonly DateTime Always = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime Never = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The figures, in the order of what they are divided by.</summary>
    public async Task<IReadOnlyList<CampaignFigures>> ReadAsync(FiguresQuery query, CancellationToken cancellationToken)
    {
        var by = query.By.ToHashSet();
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            TextOf(by),
            new Dictionary<string, object?>
            {
                ["as_of"] = query.AsOf is { } asOf ? DateTime.SpecifyKind(asOf, DateTimeKind.Unspecified) : Never,
                ["from"] = query.From?.ToDateTime(TimeOnly.MinValue) ?? Always,
                ["behind"] = query.To is { } to && to < DateOnly.MaxValue ? to.AddDays(1).ToDateTime(TimeOnly.MinValue) : Never,
                ["campaign"] = query.Campaign ?? "",
                ["account"] = query.Account ?? "",
                ["limit"] = query.Limit,
                ["offset"] = query.Cursor,
            },
            row => Read(row, by),
            cancellationToken
        );
    }

    private string TextOf(HashSet<CampaignDivision> by)
    {
        var keys = string.Join(
            ", ",
            Column(by, CampaignDivision.Account, "account"),
            Column(by, CampaignDivision.Campaign, "campaign_id"),
            Column(by, CampaignDivision.AdSet, "ad_set_id"),
            Column(by, CampaignDivision.Ad, "ad_id"),
            by.Contains(CampaignDivision.Date) ? "CAST(\"timestamp\" AS timestamp)"
                : by.Contains(CampaignDivision.Week) ? "CAST(date_trunc('week', \"timestamp\") AS timestamp)"
                : by.Contains(CampaignDivision.Month) ? "CAST(date_trunc('month', \"timestamp\") AS timestamp)"
                : "CAST(NULL AS timestamp)"
        );
        return $"""
            {Chosen(by)}
            SELECT f.*, (SELECT max(name) FROM campaigns c WHERE c.id = f.campaign) AS campaign_name FROM (
              SELECT k.account, k.campaign, k.ad_set, k.ad, k.day, CAST(sum(impressions) AS bigint) AS impressions,
                CAST(sum(clicks) AS bigint) AS clicks, sum(spend) AS spend, CAST(sum(conversions) AS double precision) AS conversions,
                sum(conversion_value) AS value, max(learned_at) AS learned_at
              FROM (SELECT {keys}, impressions, clicks, spend, conversions, conversion_value, learned_at FROM chosen)
                k(account, campaign, ad_set, ad, day, impressions, clicks, spend, conversions, conversion_value, learned_at)
              GROUP BY 1, 2, 3, 4, 5
            ) f
            ORDER BY account, campaign, ad_set, ad, day LIMIT @limit OFFSET @offset
            """;
    }

    private string Chosen(HashSet<CampaignDivision> by)
    {
        var isOfAds = by.Contains(CampaignDivision.Ad) || by.Contains(CampaignDivision.AdSet);
        return SqlScript
            .Load(typeof(CampaignReports).Assembly, isOfAds ? "Campaigns/ad_figures.sql" : "Campaigns/figures.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>> { ["level"] = _ => by.Contains(CampaignDivision.Ad) ? "ad_id" : "ad_set_id" }
            );
    }

    private static string Column(HashSet<CampaignDivision> by, CampaignDivision division, string column) =>
        by.Contains(division) ? column : "CAST(NULL AS text)";

    private static CampaignFigures Read(DbDataReader row, HashSet<CampaignDivision> by)
    {
        var (impressions, clicks) = (row.GetInt64(5), row.GetInt64(6));
        var (spend, conversions) = (row.GetDecimal(7), row.GetDouble(8));
        return new CampaignFigures
        {
            Account = Text(row, 0),
            Campaign = Text(row, 1),
            CampaignName = Text(row, 11),
            AdSet = Text(row, 2),
            Ad = Text(row, 3),
            Date = row.IsDBNull(4) || by.Count == 0 ? null : DateOnly.FromDateTime(row.GetDateTime(4)),
            Impressions = impressions,
            Clicks = clicks,
            Spend = spend / 1.000000000000000000000000000m, // without the zeros behind its last digit
            Conversions = conversions,
            Value = row.IsDBNull(9) ? null : row.GetDecimal(9) / 1.000000000000000000000000000m,
            ClickRate = impressions == 0 ? null : (double)clicks / impressions,
            ConversionRate = clicks == 0 ? null : conversions / clicks,
            CostPerClick = clicks == 0 ? null : (double)spend / clicks,
            CostPerConversion = conversions == 0 ? null : (double)spend / conversions,
            LearnedAt = row.GetDateTime(10),
        };
    }

    private static string? Text(DbDataReader row, int column) =>
        row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);
}
