using System.ComponentModel;

namespace Tradepost.Advertising.Features;

/// <summary>What an ad's campaign has spent of its budget; null is unknown.</summary>
[ImmutableObject(true)]
internal sealed record AdPacing
{
    [Description("Spent on the day of the moment, in major units, as far as it is known then.")]
    public decimal? SpentToday { get; init; }

    [Description("Spent since the first of its month.")]
    public decimal? SpentMonth { get; init; }

    [Description("What the campaign, or its ad sets together, may spend in a day.")]
    public decimal? DailyBudget { get; init; }

    [Description("Of the day's budget, what is spent: 1 is all of it.")]
    public double? DayShare { get; init; }

    [Description("Of the month's, which is the day's for each of its days, what is spent.")]
    public double? MonthShare { get; init; }

    [Description("When something of this was learned last, UTC.")]
    public DateTime? LearnedAt { get; init; }

    [Description("Seconds since then.")]
    public double? AgeSeconds { get; init; }

    [Description("fresh, stale or unknown, as of the ad.")]
    public FeatureStatus Status { get; init; } = FeatureStatus.Unknown;
}
