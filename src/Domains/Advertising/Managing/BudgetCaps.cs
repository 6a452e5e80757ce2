using System.Globalization;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Managing;

/// <summary>How far budgets may be changed, by the settings; null where nothing is said.</summary>
/// <param name="Daily">Of a campaign in a day, in major units of its currency.</param>
/// <param name="TotalDaily">Of an account's active campaigns together in a day.</param>
/// <param name="Lifetime">Of a campaign at all.</param>
/// <param name="Change">Of a budget at once, up or down, in percent.</param>
internal sealed record BudgetCaps(decimal? Daily, decimal? TotalDaily, decimal? Lifetime, decimal? Change)
{
    private const string DailyName = "ADS_MAX_DAILY_BUDGET";
    private const string TotalName = "ADS_MAX_TOTAL_DAILY_BUDGET";
    private const string LifetimeName = "ADS_MAX_LIFETIME_BUDGET";
    private const string ChangeName = "ADS_MAX_BUDGET_CHANGE";

    public static IReadOnlyList<Setting> All { get; } =
    [
        Amount(DailyName, "the largest daily budget that a campaign may be given, in the account's currency", "100"),
        Amount(TotalName, "the largest sum of daily budgets of an account's active campaigns", "500"),
        Amount(LifetimeName, "the largest lifetime budget that a campaign may be given", "2000"),
        Amount(ChangeName, "by how many percent a budget may be changed at once", "50"),
    ];

    /// <summary>The limits of the settings.</summary>
    /// <exception cref="ConfigurationException">One is no amount.</exception>
    public static BudgetCaps Of(Settings settings) =>
        new(Find(settings, DailyName), Find(settings, TotalName), Find(settings, LifetimeName), Find(settings, ChangeName));

    /// <summary>Holds a change against the limits. What lowers a budget that is above one is let through.</summary>
    /// <param name="before">The campaign before; null of one that is made.</param>
    /// <param name="after">What it is to be.</param>
    /// <param name="others">Daily budgets of the account's other active campaigns together.</param>
    /// <exception cref="CampaignChangeException">It is over a limit.</exception>
    public IReadOnlyList<CampaignLimit> Check(CampaignValues? before, CampaignValues after, decimal others)
    {
        var isStarted = after.IsActive && before?.IsActive != true;
        var isDailyMore = after.DailyBudget > (before?.DailyBudget ?? 0);
        var isLifetimeMore = after.LifetimeBudget > (before?.LifetimeBudget ?? 0);
        var limits = new List<CampaignLimit>();
        Add(limits, "daily_budget", DailyName, Daily, isDailyMore || isStarted ? after.DailyBudget : null);
        Add(
            limits,
            isDailyMore ? "daily_budget" : "status",
            TotalName,
            TotalDaily,
            after.IsActive && (isDailyMore || isStarted) ? others + (after.DailyBudget ?? 0) : null
        );
        Add(limits, "lifetime_budget", LifetimeName, Lifetime, isLifetimeMore || isStarted ? after.LifetimeBudget : null);
        Add(limits, "daily_budget", ChangeName, Change, Percent(before?.DailyBudget, after.DailyBudget));
        Add(limits, "lifetime_budget", ChangeName, Change, Percent(before?.LifetimeBudget, after.LifetimeBudget));
        return limits;
    }

    private static void Add(List<CampaignLimit> limits, string field, string setting, decimal? limit, decimal? asked)
    {
        if (limit is not { } most || asked is not { } value)
        {
            return;
        }

        if (value > most)
        {
            throw CampaignChangeException.Invalid(
                field,
                setting switch
                {
                    ChangeName => $"{field} would change by {value:0.##} percent; {setting} allows {most} at once.",
                    TotalName => $"{field} would bring daily budgets of active campaigns to {value} together; {setting} allows {most}.",
                    _ => $"{field} would be {value}; {setting} allows {most}.",
                },
                most
            );
        }

        limits.Add(
            new CampaignLimit
            {
                Field = field,
                Setting = setting,
                Limit = most,
                Asked = value,
            }
        );
    }

    private static decimal? Percent(decimal? before, decimal? after) =>
        before is > 0 and { } from && after is { } to && to != from ? Math.Round(Math.Abs(to - from) / from * 100, 6) : null;

    private static Setting Amount(string name, string purpose, string example) =>
        new(name, purpose, example) { Check = settings => Find(settings, name) };

    private static decimal? Find(Settings settings, string name) =>
        settings.Find(name) is not { Length: > 0 } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? amount
        : throw new ConfigurationException(name, $"'{text}' is no amount; expected is a number above 0, such as 100 or 99.50.");
}
