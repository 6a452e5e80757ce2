using System.Data.Common;

namespace Tradepost.Advertising.Features;

/// <summary>A row of ad_features.sql: what is known of an ad, and one part of its mix.</summary>
internal sealed record AdFeatureParts
{
    public required AdMoment Asked { get; init; }
    public DateTime? LearnedAt { get; init; }
    public DateTime? FirstDay { get; init; }
    public FeatureSums OfAccount { get; init; }

    /// <summary>Sums and frequency over each window, from the shortest.</summary>
    public required IReadOnlyList<(FeatureSums Of, double? Frequency)> Windows { get; init; }
    public decimal? SpentToday { get; init; }
    public decimal? SpentMonth { get; init; }
    public DateTime? SpendLearnedAt { get; init; }

    /// <summary>In minor units of the currency.</summary>
    public long? DailyBudget { get; init; }
    public string? Currency { get; init; }
    public DateTime? BudgetLearnedAt { get; init; }

    /// <summary>Null where reports divide nothing.</summary>
    public string? Breakdown { get; init; }
    public string? Segment { get; init; }
    public decimal? Impressions { get; init; }
    public decimal? Clicks { get; init; }
    public DateTime? MixLearnedAt { get; init; }

    public static AdFeatureParts Read(DbDataReader reader)
    {
        // Initializers are carried out in their order, which is that of the columns.
        var row = new ColumnCursor(reader);
        return new AdFeatureParts
        {
            Asked = new AdMoment(row.Text() ?? "", row.Text() ?? "", row.Moment() ?? default),
            LearnedAt = row.Moment(),
            FirstDay = row.Moment(),
            OfAccount = FeatureSums.Read(ref row),
            Windows = [Window(ref row), Window(ref row), Window(ref row)],
            SpentToday = row.Exact(),
            SpentMonth = row.Exact(),
            SpendLearnedAt = row.Moment(),
            DailyBudget = row.Whole(),
            Currency = row.Text(),
            BudgetLearnedAt = row.Moment(),
            Breakdown = row.Text(),
            Segment = row.Text(),
            Impressions = row.Exact(),
            Clicks = row.Exact(),
            MixLearnedAt = row.Moment(),
        };
    }

    private static (FeatureSums, double?) Window(ref ColumnCursor row) =>
        (FeatureSums.Read(ref row), FeatureSums.Ratio(row.Exact(), row.Exact()));
}
