using System.ComponentModel;

namespace Tradepost.Advertising.Completion;

/// <summary>How much of what a day comes to in the end is known after some days.</summary>
internal sealed record CompletionPoint
{
    [Description("conversions or approved_conversions.")]
    public required string Type { get; init; }

    [Description("Days after the day itself: 0 is at its end.")]
    public required int Days { get; init; }

    [Description("What was known then, of what was known at last.")]
    public required double Share { get; init; }

    [Description("Four of five such shares lie between this and upper; null where fewer than two days tell.")]
    public double? Lower { get; init; }

    [Description("See lower.")]
    public double? Upper { get; init; }

    [Description("Days of campaigns that it is from.")]
    public required long Samples { get; init; }
}
