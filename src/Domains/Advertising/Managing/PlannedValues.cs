using Tradepost.Advertising.Money;

namespace Tradepost.Advertising.Managing;

/// <summary>What a campaign is to be, from what somebody asks for; what nobody can have meant is refused here.</summary>
internal static class PlannedValues
{
    private const int LongestName = 400;
    private const string Name = "name";
    private const string Daily = "daily_budget";
    private const string Lifetime = "lifetime_budget";

    /// <summary>A campaign that is changed.</summary>
    /// <exception cref="CampaignChangeException">It cannot be changed so.</exception>
    public static CampaignValues Of(CampaignEdit edit, CampaignValues before, Currency currency)
    {
        if (edit.Status is { } status && status != before.Status && before.Status is not (CampaignValues.Active or CampaignValues.Paused))
        {
            throw CampaignChangeException.Conflict($"The campaign is {before.Status}; Meta takes no status {status} after that.");
        }

        CheckOne(edit.DailyBudget, edit.LifetimeBudget);
        CheckKind(Lifetime, edit.LifetimeBudget, Daily, before.DailyBudget);
        CheckKind(Daily, edit.DailyBudget, Lifetime, before.LifetimeBudget);

        return before with
        {
            Name = edit.Name is { } name ? Named(name) : before.Name,
            Status = edit.Status ?? before.Status,
            DailyBudget = Budget(Daily, edit.DailyBudget, currency) ?? before.DailyBudget,
            LifetimeBudget = Budget(Lifetime, edit.LifetimeBudget, currency) ?? before.LifetimeBudget,
        };
    }

    /// <summary>A campaign that is made.</summary>
    /// <exception cref="CampaignChangeException">It cannot be made so.</exception>
    public static CampaignValues Of(CampaignDraft draft, Currency currency)
    {
        CheckOne(draft.DailyBudget, draft.LifetimeBudget);
        return new CampaignValues
        {
            Name = Named(draft.Name),
            Status = draft.Status,
            Objective = draft.Objective,
            Currency = currency.Code,
            DailyBudget = Budget(Daily, draft.DailyBudget, currency),
            LifetimeBudget = Budget(Lifetime, draft.LifetimeBudget, currency),
        };
    }

    /// <summary>What is worth knowing before it is applied.</summary>
    public static IReadOnlyList<string> Warnings(CampaignValues? before, CampaignValues after, BudgetCaps caps)
    {
        var hasNewBudget = (after.DailyBudget, after.LifetimeBudget) != (before?.DailyBudget, before?.LifetimeBudget);
        var texts = new (bool Is, string Text)[]
        {
            (
                after.Status == CampaignValues.Archived && before?.Status != CampaignValues.Archived,
                "An archived campaign cannot run again: this cannot be undone."
            ),
            (after.IsActive && before?.IsActive != true, "It spends money from then on."),
            (
                after is { DailyBudget: null, LifetimeBudget: null } && before is null,
                "It has no budget of its own: each of its ad sets needs one."
            ),
            (
                hasNewBudget && before is { DailyBudget: null, LifetimeBudget: null },
                "Budgets of its ad sets count no more, and the budget cannot be taken away again."
            ),
            (
                hasNewBudget && after.DailyBudget is not null && caps.Daily is null,
                "No setting limits such a budget: ADS_MAX_DAILY_BUDGET would."
            ),
            (
                hasNewBudget && after.LifetimeBudget is not null && caps.Lifetime is null,
                "No setting limits such a budget: ADS_MAX_LIFETIME_BUDGET would."
            ),
        };
        return [.. texts.Where(one => one.Is).Select(one => one.Text)];
    }

    /// <summary>What a change is to be taken back to; a campaign that was made is archived.</summary>
    /// <exception cref="CampaignChangeException">The platform does not take it back.</exception>
    public static CampaignValues Undone(CampaignChange change)
    {
        var after = change.Before ?? change.After with { Status = CampaignValues.Archived };
        return change.After.Status == CampaignValues.Archived && after.Status != CampaignValues.Archived
                ? throw CampaignChangeException.Conflict("Meta lets no archived campaign run again; make a new one.")
            : (after.DailyBudget is null && change.After.DailyBudget is not null)
            || (after.LifetimeBudget is null && change.After.LifetimeBudget is not null)
                ? throw CampaignChangeException.Conflict("Meta lets no campaign lose its budget again; pause it, or set another.")
            : after;
    }

    private static string Named(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length is > 0 and <= LongestName && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw CampaignChangeException.Invalid(
                Name,
                $"{Name} has {trimmed.Length} characters; expected are 1 to {LongestName}, and none that cannot be seen."
            );
    }

    private static void CheckOne(decimal? daily, decimal? lifetime)
    {
        if (daily is not null && lifetime is not null)
        {
            throw CampaignChangeException.Invalid(Lifetime, $"{Daily} and {Lifetime} are both given; a campaign has one of them.");
        }
    }

    private static void CheckKind(string field, decimal? asked, string other, decimal? there)
    {
        if (asked is not null && there is not null)
        {
            throw CampaignChangeException.Invalid(field, $"The campaign has a {other}; Meta lets no {field} take its place.");
        }
    }

    private static decimal? Budget(string field, decimal? amount, Currency currency) =>
        amount is not { } given ? null
        : given <= 0 ? throw CampaignChangeException.Invalid(field, $"{field} is {given}; expected is an amount above 0.")
        : MinorUnits.OfMajor(given, currency) is { } units ? units.Major
        : throw CampaignChangeException.Invalid(
            field,
            $"{field} is {given}; {currency} has {currency.Digits} {(currency.Digits == 1 ? "digit" : "digits")} behind the point."
        );
}
