using System.Globalization;
using System.Text.Json;
using Tradepost.Advertising.Money;
using Tradepost.Advertising.Syncing;
using Tradepost.Advertising.Syncing.Graph;

namespace Tradepost.Advertising.Managing;

/// <summary>Reads and writes campaigns through the Marketing API.</summary>
internal sealed class MetaCampaigns(GraphClient client, MetaSettings settings)
{
    private const string Fields = "id,account_id,name,status,effective_status,objective,daily_budget,lifetime_budget,created_time";
    private const int PageRows = 100;

    // Clocks of the platform and of this machine are not the same.
    private static readonly TimeSpan ClockLeeway = TimeSpan.FromMinutes(5);

    /// <summary>An account.</summary>
    /// <exception cref="GraphException">The API does not give it.</exception>
    /// <exception cref="CampaignChangeException">Its currency is not known.</exception>
    public async Task<TargetAccount> GetAccountAsync(string account, CancellationToken cancellationToken)
    {
        var told = await client.SendAsync(HttpMethod.Get, account, [new("fields", "id,name,currency,timezone_name")], cancellationToken);
        return Currency.Find(TargetCampaign.Text(told, "currency")) is { } currency
            ? new TargetAccount(account, told, currency)
            : throw CampaignChangeException.Conflict($"Meta does not say the currency of {account}; without it no budget can be set.");
    }

    /// <summary>A campaign of one of the accounts in the settings.</summary>
    /// <exception cref="GraphException">The API does not give it for another reason than that there is none.</exception>
    /// <exception cref="CampaignChangeException">There is none.</exception>
    public async Task<TargetCampaign> GetAsync(string campaign, CancellationToken cancellationToken)
    {
        if (campaign.Length == 0 || !campaign.All(char.IsAsciiDigit))
        {
            throw CampaignChangeException.NotFound($"'{campaign}' is no key of a campaign; those of Meta are numbers.");
        }

        JsonElement told;
        try
        {
            told = await client.SendAsync(HttpMethod.Get, campaign, [new("fields", Fields)], cancellationToken);
        }
        catch (GraphException e) when (e.Failure == GraphFailure.Refused)
        {
            throw CampaignChangeException.NotFound($"Meta does not give a campaign {campaign}: {e.Message}.");
        }

        var account = $"act_{TargetCampaign.Text(told, "account_id")}";
        return settings.Accounts.Contains(account)
            ? new TargetCampaign(campaign, await GetAccountAsync(account, cancellationToken), told)
            : throw CampaignChangeException.NotFound(
                $"The campaign {campaign} is of the account {account}; META_ACCOUNTS has {string.Join(", ", settings.Accounts)}."
            );
    }

    /// <summary>Makes a campaign; gives its key.</summary>
    /// <exception cref="GraphException">It was refused, or it is not known what came of it.</exception>
    public async Task<string> CreateAsync(
        string account,
        CampaignValues values,
        IReadOnlyList<string> categories,
        CancellationToken cancellationToken
    )
    {
        var answer = await client.SendOnceAsync(
            $"{account}/campaigns",
            [
                new("name", values.Name),
                new("status", values.Status),
                new("objective", values.Objective ?? ""),
                new("special_ad_categories", JsonSerializer.Serialize(categories)),
                .. Budgets(before: null, values),
            ],
            cancellationToken
        );
        return TargetCampaign.Text(answer, "id") is { Length: > 0 } id
            ? id
            : throw GraphException.Unreadable("the answer does not name the campaign that was made");
    }

    /// <summary>Sends what of a campaign is to be another.</summary>
    /// <exception cref="GraphException">It was refused, or it is not known what came of it.</exception>
    public Task ChangeAsync(string campaign, CampaignValues before, CampaignValues after, CancellationToken cancellationToken) =>
        client.SendOnceAsync(
            campaign,
            [
                .. after.Name != before.Name ? [new("name", after.Name)] : Array.Empty<KeyValuePair<string, string>>(),
                .. after.Status != before.Status ? [new("status", after.Status)] : Array.Empty<KeyValuePair<string, string>>(),
                .. Budgets(before, after),
            ],
            cancellationToken
        );

    /// <summary>The campaigns that were made since a moment (UTC) with a name and an objective.</summary>
    /// <exception cref="GraphException">The API does not give them.</exception>
    public async Task<IReadOnlyList<string>> MadeSinceAsync(
        string account,
        CampaignValues values,
        DateTime since,
        CancellationToken cancellationToken
    )
    {
        var from = new DateTimeOffset(since, TimeSpan.Zero) - ClockLeeway;
        var made = new List<string>();
        await foreach (var told in client.ListAsync($"{account}/campaigns", [new("fields", Fields)], PageRows, cancellationToken))
        {
            if (
                TargetCampaign.Text(told, "name") == values.Name
                && TargetCampaign.Text(told, "objective") == values.Objective
                && TargetCampaign.Text(told, "id") is { } id
                && DateTimeOffset.TryParse(TargetCampaign.Text(told, "created_time"), CultureInfo.InvariantCulture, out var created)
                && created >= from
            )
            {
                made.Add(id);
            }
        }

        return made;
    }

    private static IEnumerable<KeyValuePair<string, string>> Budgets(CampaignValues? before, CampaignValues after)
    {
        if (after.DailyBudget is { } daily && daily != before?.DailyBudget)
        {
            yield return new("daily_budget", Units(daily, after.Currency));
        }

        if (after.LifetimeBudget is { } lifetime && lifetime != before?.LifetimeBudget)
        {
            yield return new("lifetime_budget", Units(lifetime, after.Currency));
        }
    }

    // Both were checked when the values were made.
    private static string Units(decimal amount, string currency) =>
        MinorUnits.OfMajor(amount, Currency.Find(currency)!.Value)!.Value.Units.ToString(CultureInfo.InvariantCulture);
}
