using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Campaigns;

/// <summary>Which figures are wanted.</summary>
internal sealed record FiguresQuery
{
    [Description("What figures are divided by; several together, such as by=campaign&by=date. Weeks begin on Monday.")]
    public CampaignDivision[] By { get; init; } = [CampaignDivision.Campaign];

    [Description("Only from this day on.")]
    public DateOnly? From { get; init; }

    [Description("Only up to this day.")]
    public DateOnly? To { get; init; }

    [Description("As they were known at this moment (UTC); by default as they are known now.")]
    public DateTime? AsOf { get; init; }

    [Description("Only this campaign.")]
    public string? Campaign { get; init; }

    [Description("Only this account.")]
    public string? Account { get; init; }

    [Description("How many rows to give at most.")]
    [Range(1, 10_000)]
    public int Limit { get; init; } = 1_000;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
