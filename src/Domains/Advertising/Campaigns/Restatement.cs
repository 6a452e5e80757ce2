using System.ComponentModel;

namespace Tradepost.Advertising.Campaigns;

/// <summary>A campaign's day of which a platform reported something else than before.</summary>
internal sealed record Restatement
{
    public required string Account { get; init; }

    public required string Campaign { get; init; }

    [Description("What the campaign is called; null where that is not known.")]
    public string? CampaignName { get; init; }

    public required DateOnly Date { get; init; }

    [Description("When the numbers before were learned, UTC.")]
    public required DateTime KnownAt { get; init; }

    [Description("When the other ones were learned, UTC.")]
    public required DateTime LearnedAt { get; init; }

    public required DayNumbers Before { get; init; }

    public required DayNumbers After { get; init; }
}

/// <summary>What was reported of a day.</summary>
/// <param name="Impressions">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Spend">In major units of the account's currency.</param>
/// <param name="Conversions">Conversions.</param>
internal sealed record DayNumbers(long Impressions, long Clicks, decimal Spend, double Conversions);
