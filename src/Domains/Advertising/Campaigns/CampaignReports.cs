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
                ["from"] = Beginning(query.From),
                ["behind"] = Behind(query.To),
                ["campaign"] = query.Campaign ?? "",
                ["account"] = query.Account ?? "",
                ["limit"] = query.Limit,
                ["offset"] = query.Cursor,
            },
            row => Read(row, by),
            cancellationToken
        );
    }

    /// <summary>Days of which a platform reported something else than before; what was learned last comes first.</summary>
    public async Task<IReadOnlyList<Restatement>> RestatementsAsync(RestatementsQuery query, CancellationToken cancellationToken)
    {
        var text = SqlScript
            .Load(typeof(CampaignReports).Assembly, "Campaigns/restatements.sql")
            .For(store.Dialect, new Dictionary<string, Func<string, string>>());
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            text,
            new Dictionary<string, object?>
            {
                ["from"] = Beginning(query.From),
                ["behind"] = Behind(query.To),
                ["since"] = query.Since is { } since ? DateTime.SpecifyKind(since, DateTimeKind.Unspecified) : Always,
                ["campaign"] = query.Campaign ?? "",
                ["account"] = query.Account ?? "",
                ["limit"] = query.Limit,
                ["offset"] = query.Cursor,
            },
            ReadRestatement,
            cancellationToken
        );
    }

    private static DateTime Beginning(DateOnly? from) => from?.ToDateTime(TimeOnly.MinValue) ?? Always;

    private static DateTime Behind(DateOnly? to) =>
        to is { } last && last < DateOnly.MaxValue ? last.AddDays(1).ToDateTime(TimeOnly.MinValue) : Never;

    private static Restatement ReadRestatement(DbDataReader row) =>
        new()
        {
            Account = row.GetString(0),
            Campaign = row.GetString(1),
            CampaignName = Text(row, 13),
            Date = DateOnly.FromDateTime(row.GetDateTime(2)),
            KnownAt = row.GetDateTime(3),
            LearnedAt = row.GetDateTime(4),
            Before = Numbers(row, 5),
            After = Numbers(row, 9),
        };

    private static DayNumbers Numbers(DbDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt64(first + 1), Short(row.GetDecimal(first + 2)), row.GetDouble(first + 3));

    /// <summary>The same without the zeros behind its last digit.</summary>
    private static decimal Short(decimal amount) => amount / 1.000000000000000000000000000m;

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
            Spend = Short(spend),
            Conversions = conversions,
            Value = row.IsDBNull(9) ? null : Short(row.GetDecimal(9)),
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
