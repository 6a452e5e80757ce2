using System.ComponentModel;

namespace Tradepost.Advertising.Managing;

/// <summary>A limit that a change was held against, and kept to.</summary>
internal sealed record CampaignLimit
{
    [Description("The field that it limits.")]
    public required string Field { get; init; }

    [Description("The setting that it stands in.")]
    public required string Setting { get; init; }

    [Description("The most: major units of the currency, or percent.")]
    public required decimal Limit { get; init; }

    [Description("What the change comes to.")]
    public required decimal Asked { get; init; }
}
