using System.ComponentModel;

namespace Tradepost.Advertising.Features;

/// <summary>How an ad's impressions are divided.</summary>
[ImmutableObject(true)]
internal sealed record AdMix
{
    [Description("The parts, by breakdown and segment; none where reports divide nothing by these.")]
    public required IReadOnlyList<MixShare> Shares { get; init; }

    [Description("When something of this was learned last, UTC.")]
    public DateTime? LearnedAt { get; init; }

    [Description("Seconds since then.")]
    public double? AgeSeconds { get; init; }

    [Description("fresh, stale or unknown, as of the ad.")]
    public FeatureStatus Status { get; init; } = FeatureStatus.Unknown;
}
