using System.ComponentModel;

namespace Tradepost.Advertising.Campaigns;

/// <summary>What came of a part of all campaigns. Money is in major units of the account's currency.</summary>
internal sealed record CampaignFigures
{
    [Description("The account; null where figures are not divided by it, or events do not say it.")]
    public string? Account { get; init; }

    [Description("The campaign; null where figures are not divided by it.")]
    public string? Campaign { get; init; }

    [Description("What the campaign is called; null where that is not known.")]
    public string? CampaignName { get; init; }

    [Description("The ad set; null where figures are not divided by it.")]
    public string? AdSet { get; init; }

    [Description("The ad; null where figures are not divided by it.")]
    public string? Ad { get; init; }

    [Description("The day, or the first one of the week or month; null where figures are not divided by it.")]
    public DateOnly? Date { get; init; }

    public required long Impressions { get; init; }

    public required long Clicks { get; init; }

    public required decimal Spend { get; init; }

    public required double Conversions { get; init; }

    [Description("What conversions brought; null where nobody says it.")]
    public decimal? Value { get; init; }

    [Description("Clicks of an impression; null without impressions.")]
    public double? ClickRate { get; init; }

    [Description("Conversions of a click; null without clicks.")]
    public double? ConversionRate { get; init; }

    [Description("Spend for a click; null without clicks.")]
    public double? CostPerClick { get; init; }

    [Description("Spend for a conversion; null without conversions.")]
    public double? CostPerConversion { get; init; }

    [Description("When the newest of the numbers was learned, UTC.")]
    public required DateTime LearnedAt { get; init; }
}
