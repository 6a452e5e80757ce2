using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Features;

/// <summary>Of which ad features are wanted.</summary>
internal sealed record FeaturesOfAdQuery
{
    [Description("The ad.")]
    [Required]
    public string Ad { get; init; } = "";

    [Description("The account that it belongs to; empty for ads of the advertiser's own events.")]
    public string Account { get; init; } = "default";

    [Description("The moment (UTC) as of which they are wanted; by default now.")]
    public DateTime? AsOf { get; init; }
}
