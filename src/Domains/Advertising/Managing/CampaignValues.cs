using System.ComponentModel;

namespace Tradepost.Advertising.Managing;

/// <summary>What can be changed of a campaign. Budgets are major units of its currency.</summary>
internal sealed record CampaignValues
{
    public const string Active = "ACTIVE";
    public const string Paused = "PAUSED";
    public const string Archived = "ARCHIVED";

    [Description("What it is called.")]
    public required string Name { get; init; }

    [Description("As it was set: ACTIVE, PAUSED, ARCHIVED or DELETED.")]
    public required string Status { get; init; }

    [Description("What it is to bring; null where the platform does not say it.")]
    public string? Objective { get; init; }

    [Description("The currency of its budgets.")]
    public required string Currency { get; init; }

    [Description("What it may spend in a day, in major units; null without such a budget.")]
    public decimal? DailyBudget { get; init; }

    [Description("What it may spend at all, in major units; null without such a budget.")]
    public decimal? LifetimeBudget { get; init; }

    /// <summary>Whether it spends money.</summary>
    internal bool IsActive => Status == Active;

    /// <summary>What of these is another in others, in words.</summary>
    internal IReadOnlyList<string> DifferencesTo(CampaignValues others) =>
        [
            .. new (string Field, object? Here, object? There)[]
            {
                ("name", Name, others.Name),
                ("status", Status, others.Status),
                ("daily_budget", DailyBudget, others.DailyBudget),
                ("lifetime_budget", LifetimeBudget, others.LifetimeBudget),
            }
                .Where(one => !Equals(one.Here, one.There))
                .Select(one => $"{one.Field} was {one.Here ?? "none"} and is {one.There ?? "none"}"),
        ];
}
