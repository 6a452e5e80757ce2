using System.ComponentModel;

namespace Tradepost.Advertising.Features;

/// <summary>
/// What was known of an ad at a moment: the same for a model that is trained and for one that is asked. Days are whole days before that of the moment.
/// </summary>
[ImmutableObject(true)]
internal sealed record AdFeatures
{
    [Description("The account that the ad belongs to; empty for ads of the advertiser's own events.")]
    public required string Account { get; init; }

    [Description("The ad.")]
    public required string Ad { get; init; }

    [Description("The moment, UTC: nothing that was learned later is in the values.")]
    public required DateTime AsOf { get; init; }

    [Description("Since when nothing was learned of the account, in seconds; null where nothing is known of the ad.")]
    public double? AgeSeconds { get; init; }

    [Description(
        "fresh; stale, where nothing was learned of the account for longer than is set; or unknown, where nothing is known of the ad."
    )]
    public FeatureStatus Status { get; init; } = FeatureStatus.Unknown;

    [Description("When something was learned of the account last, UTC; null where nothing is known of the ad.")]
    public DateTime? LearnedAt { get; init; }

    [Description("Days since the ad's first day; null where nothing is known of it.")]
    public int? DaysOld { get; init; }

    [Description("What came of the ad over the last day, 7 and 30 days.")]
    public required IReadOnlyList<AdWindow> Windows { get; init; }

    [Description("What the ad's campaign has spent of its budget.")]
    public required AdPacing Pacing { get; init; }

    [Description("Where the ad was shown over 30 days, where reports divide it by platform, placement, network or device.")]
    public required AdMix Placements { get; init; }

    [Description("Whom it was shown to over 30 days, where reports divide it by age, gender, country, region or interest.")]
    public required AdMix Audience { get; init; }

    /// <summary>The same with ages as of a moment.</summary>
    /// <param name="moment">The moment, UTC.</param>
    /// <param name="longestFresh">What is older is stale.</param>
    public AdFeatures AgedAt(DateTime moment, TimeSpan longestFresh)
    {
        var (age, status) = StateOf(LearnedAt);
        var (pacingAge, pacingStatus) = StateOf(Pacing.LearnedAt);
        return this with
        {
            AgeSeconds = age,
            Status = status,
            Pacing = Pacing with { AgeSeconds = pacingAge, Status = pacingStatus },
            Placements = Aged(Placements),
            Audience = Aged(Audience),
        };

        AdMix Aged(AdMix mix)
        {
            var (mixAge, mixStatus) = StateOf(mix.LearnedAt);
            return mix with { AgeSeconds = mixAge, Status = mixStatus };
        }

        (double?, FeatureStatus) StateOf(DateTime? learnedAt) =>
            learnedAt is not { } at ? (null, FeatureStatus.Unknown)
            : moment - at > longestFresh ? ((moment - at).TotalSeconds, FeatureStatus.Stale)
            : ((moment - at).TotalSeconds, FeatureStatus.Fresh);
    }
}
