using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Marketplace.Sales;

/// <summary>Which estimates of the past are to be judged.</summary>
public sealed record BacktestOptions
{
    [Description("Days of sales that are estimated at once.")]
    [Range(1, 365)]
    public int Horizon { get; init; } = 30;

    [Description(
        "Where true sales come from: known (loaded ones), sold (the feature: units of the last 30 days), or the first of these that there is."
    )]
    public KnownTruth Truth { get; init; }

    [Description("Know of nothing before this day.")]
    public DateOnly? From { get; init; }

    [Description("Know of nothing after this day; by default of everything.")]
    public DateOnly? Day { get; init; }
}
