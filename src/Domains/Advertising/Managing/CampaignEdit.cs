using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Managing;

/// <summary>What is to be changed of a campaign; what is not given stays.</summary>
internal sealed record CampaignEdit
{
    [Description("What it is called.")]
    public string? Name { get; init; }

    [Description("Whether it runs. An archived campaign cannot run again.")]
    [AllowedValues(CampaignValues.Active, CampaignValues.Paused, CampaignValues.Archived)]
    public string? Status { get; init; }

    [Description("What it may spend in a day, in major units of its currency.")]
    public decimal? DailyBudget { get; init; }

    [Description("What it may spend at all, in major units of its currency.")]
    public decimal? LifetimeBudget { get; init; }

    [Description("The dry run that somebody agreed to: where another change would come of it now, it is refused.")]
    public Guid? Plan { get; init; }

    [Description("Change it. Without this it is a dry run, which writes nothing at the platform.")]
    public bool Apply { get; init; }

    /// <summary>Whether nothing is to be changed.</summary>
    internal bool IsEmpty => Name is null && Status is null && DailyBudget is null && LifetimeBudget is null;
}
