using System.Globalization;
using System.Text.Json;
using Tradepost.Advertising.Money;

namespace Tradepost.Advertising.Managing;

/// <summary>A campaign as the platform has it now.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Account">Its account, and what the platform tells of that.</param>
/// <param name="Told">What the platform tells of it.</param>
internal sealed record TargetCampaign(string Id, TargetAccount Account, JsonElement Told)
{
    /// <summary>What can be changed of it.</summary>
    public CampaignValues Values { get; } =
        new()
        {
            Name = Text(Told, "name") ?? "",
            Status = Text(Told, "status") ?? "",
            Objective = Text(Told, "objective"),
            Currency = Account.Currency.Code,
            DailyBudget = Budget(Told, "daily_budget", Account.Currency),
            LifetimeBudget = Budget(Told, "lifetime_budget", Account.Currency),
        };

    /// <summary>A text of what the platform tells; null without.</summary>
    public static string? Text(JsonElement told, string name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;

    // The platform says 0 of a campaign whose budget is of the other kind.
    private static decimal? Budget(JsonElement told, string name, Currency currency) =>
        long.TryParse(Text(told, name), NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units > 0
            ? new MinorUnits(units, currency).Major
            : null;
}

/// <summary>An account as the platform has it now.</summary>
/// <param name="Id">As <c>act_1234</c>.</param>
/// <param name="Told">What the platform tells of it.</param>
/// <param name="Currency">Of its money.</param>
internal sealed record TargetAccount(string Id, JsonElement Told, Currency Currency);
