using System.ComponentModel;

namespace Tradepost.Advertising.Features;

/// <summary>A part of an ad's impressions.</summary>
[ImmutableObject(true)]
internal sealed record MixShare
{
    [Description("What the ad's days are divided by, such as age,gender.")]
    public required string Breakdown { get; init; }

    [Description("Which part, such as 18-24|female.")]
    public required string Segment { get; init; }

    public required long Impressions { get; init; }

    [Description("Of all impressions of the breakdown; null where there are none.")]
    public double? Share { get; init; }

    [Description("Clicks of an impression; null without impressions.")]
    public double? ClickRate { get; init; }
}
