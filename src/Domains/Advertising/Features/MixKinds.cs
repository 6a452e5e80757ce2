namespace Tradepost.Advertising.Features;

/// <summary>Which breakdowns of reports say where an ad was shown, and which to whom.</summary>
internal sealed class MixKinds
{
    public static readonly MixKinds Placements = new("platform", "placement", "network", "device");
    public static readonly MixKinds Audience = new("age", "gender", "country", "region", "interest");

    private readonly string[] names;

    private MixKinds(params string[] names) => this.names = names;

    /// <summary>The mix of the rows whose breakdown is divided by one of these.</summary>
    public AdMix Of(IReadOnlyList<AdFeatureParts> rows)
    {
        var parts = rows.Where(row => row.Breakdown?.Split(',').Any(names.Contains) == true).ToList();
        var totals = parts
            .GroupBy(row => row.Breakdown!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(row => row.Impressions ?? 0), StringComparer.Ordinal);
        return new AdMix
        {
            Shares =
            [
                .. parts
                    .OrderBy(row => row.Breakdown, StringComparer.Ordinal)
                    .ThenBy(row => row.Segment, StringComparer.Ordinal)
                    .Select(row => new MixShare
                    {
                        Breakdown = row.Breakdown!,
                        Segment = row.Segment ?? "",
                        Impressions = (long)(row.Impressions ?? 0),
                        Share = FeatureSums.Ratio(row.Impressions, totals[row.Breakdown!]),
                        ClickRate = FeatureSums.Ratio(row.Clicks, row.Impressions),
                    }),
            ],
            LearnedAt = parts.Max(row => row.MixLearnedAt),
        };
    }
}
