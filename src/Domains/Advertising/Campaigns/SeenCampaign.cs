using System.ComponentModel;

namespace Tradepost.Advertising.Campaigns;

/// <summary>A campaign as it was seen last.</summary>
internal sealed record SeenCampaign
{
    [Description("The campaign's key on its platform.")]
    public required string Id { get; init; }

    [Description("The account that it belongs to; empty where only events are known of it.")]
    public required string Account { get; init; }

    [Description("What it is called; null where that is not known.")]
    public string? Name { get; init; }

    [Description("As the platform says it, such as ACTIVE; null where that is not known.")]
    public string? Status { get; init; }

    [Description("What it is to bring; null where that is not known.")]
    public string? Objective { get; init; }

    [Description("The currency of its money; null where that is not known.")]
    public string? Currency { get; init; }

    [Description("What it may spend in a day, in major units; null without a bound.")]
    public decimal? DailyBudget { get; init; }

    [Description("What it may spend at all, in major units; null without a bound.")]
    public decimal? LifetimeBudget { get; init; }

    [Description("When this was learned, UTC.")]
    public required DateTime LearnedAt { get; init; }
}
