using System.ComponentModel;

namespace Tradepost.Advertising.Features;

/// <summary>What came of an ad over some whole days. Rates are shrunk to those of its account over 30 days; null where the account has none.</summary>
[ImmutableObject(true)]
internal sealed record AdWindow
{
    [Description("Over how many days before that of the moment.")]
    public required int Days { get; init; }

    public required long Impressions { get; init; }

    public required long Clicks { get; init; }

    public required decimal Conversions { get; init; }

    [Description("In major units of the account's currency.")]
    public required decimal Spend { get; init; }

    [Description("Clicks of an impression, as if 1,000 impressions at the account's rate came on top.")]
    public double? ClickRate { get; init; }

    [Description("Conversions of a click, as if 100 clicks at the account's rate came on top.")]
    public double? ConversionRate { get; init; }

    [Description("Spend of a click, as if 100 clicks at the account's came on top.")]
    public double? CostPerClick { get; init; }

    [Description("Spend of 1,000 impressions, as if 1,000 impressions at the account's came on top.")]
    public double? CostPerThousand { get; init; }

    [Description("Impressions for each person reached, who is counted anew each day; null where neither reach nor events tell it.")]
    public double? Frequency { get; init; }
}
