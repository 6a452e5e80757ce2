using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Managing;

/// <summary>A campaign that is to be made.</summary>
internal sealed record CampaignDraft
{
    [Description("The account, one of META_ACCOUNTS; needed where that has several.")]
    public string? Account { get; init; }

    [Required]
    [Description("What it is called.")]
    public string Name { get; init; } = "";

    [Required]
    [Description("What it is to bring.")]
    [AllowedValues("OUTCOME_AWARENESS", "OUTCOME_TRAFFIC", "OUTCOME_ENGAGEMENT", "OUTCOME_LEADS", "OUTCOME_APP_PROMOTION", "OUTCOME_SALES")]
    public string Objective { get; init; } = "";

    [Description("Whether it runs at once.")]
    [AllowedValues(CampaignValues.Active, CampaignValues.Paused)]
    public string Status { get; init; } = CampaignValues.Paused;

    [Description("What it may spend in a day, in major units of the account's currency.")]
    public decimal? DailyBudget { get; init; }

    [Description("What it may spend at all, in major units of the account's currency.")]
    public decimal? LifetimeBudget { get; init; }

    [Description("What it advertises of what the platform has rules for; none of it without.")]
    [AllowedValues("EMPLOYMENT", "FINANCIAL_PRODUCTS_SERVICES", "HOUSING", "ISSUES_ELECTIONS_POLITICS", "ONLINE_GAMBLING_AND_GAMING")]
    public string[] SpecialAdCategories { get; init; } = [];

    [Description("Make it. Without this it is a dry run, which writes nothing at the platform.")]
    public bool Apply { get; init; }
}
