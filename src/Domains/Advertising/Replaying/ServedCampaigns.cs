using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tradepost.Advertising.Replaying;

/// <summary>The campaigns of an account that was made up, as they were changed since; what the API refuses is refused.</summary>
internal sealed class ServedCampaigns
{
    private const string Archived = "ARCHIVED";
    private const string Deleted = "DELETED";
    private const int Invalid = 100;
    private const int TooLow = 1_885_272;
    private const long LeastBudget = 100;

    private static readonly string[] Statuses = ["ACTIVE", "PAUSED", Archived, Deleted];
    private static readonly string[] Budgets = ["daily_budget", "lifetime_budget"];

    private static readonly string[] Objectives =
    [
        "OUTCOME_AWARENESS",
        "OUTCOME_TRAFFIC",
        "OUTCOME_ENGAGEMENT",
        "OUTCOME_LEADS",
        "OUTCOME_APP_PROMOTION",
        "OUTCOME_SALES",
    ];

    private readonly ServedAccount account;
    private readonly Lock gate = new();
    private readonly List<JsonObject> campaigns;

    /// <summary>The campaigns of an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="archived">How many of them, from the last, are archived.</param>
    public ServedCampaigns(ServedAccount account, int archived)
    {
        this.account = account;
        campaigns = [.. account.List("campaigns")!]; // every account has the list
        foreach (var campaign in campaigns.TakeLast(archived))
        {
            campaign["status"] = Archived;
            campaign["effective_status"] = Archived;
        }
    }

    /// <summary>Those with one of some states; by default those that are neither archived nor deleted, as the API gives them.</summary>
    public IReadOnlyList<JsonObject> List(IReadOnlyCollection<string>? statuses)
    {
        lock (gate)
        {
            return
            [
                .. campaigns
                    .Where(campaign =>
                        (string)campaign["status"]! is var status && (statuses?.Contains(status) ?? status is not (Archived or Deleted))
                    )
                    .Select(campaign => campaign.DeepClone().AsObject()),
            ];
        }
    }

    /// <summary>One; null where it has no such campaign.</summary>
    public JsonObject? Find(string id)
    {
        lock (gate)
        {
            return Get(id)?.DeepClone().AsObject();
        }
    }

    /// <summary>Makes a campaign: the answer, or what is wrong.</summary>
    public (JsonObject? Answer, ServedRefusal? Refusal) Create(IFormCollection form, DateTimeOffset now)
    {
        lock (gate)
        {
            if (string.IsNullOrEmpty(form["name"]))
            {
                return (null, new ServedRefusal(Invalid, 0, "(#100) The parameter name is required"));
            }

            if (!Objectives.Contains(form["objective"].ToString()))
            {
                return (null, new ServedRefusal(Invalid, 0, $"(#100) objective must be one of {string.Join(", ", Objectives)}"));
            }

            if (!IsList(form["special_ad_categories"]))
            {
                return (null, new ServedRefusal(Invalid, 0, "(#100) The parameter special_ad_categories is required"));
            }

            var made = new JsonObject
            {
                ["id"] = $"{account.Number}9{campaigns.Count:000}",
                ["account_id"] = account.Id[4..],
                ["status"] = "PAUSED",
                ["effective_status"] = "PAUSED",
                ["objective"] = form["objective"].ToString(),
                ["created_time"] = now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            };
            if (Refuse(made, form) is { } refusal)
            {
                return (null, refusal);
            }

            Take(made, form);
            campaigns.Add(made);
            return (new JsonObject { ["id"] = (string)made["id"]! }, null);
        }
    }

    /// <summary>Changes a campaign, which it has: the answer, or what is wrong.</summary>
    public (JsonObject? Answer, ServedRefusal? Refusal) Change(string id, IFormCollection form)
    {
        lock (gate)
        {
            var campaign = Get(id)!;
            if (Refuse(campaign, form) is { } refusal)
            {
                return (null, refusal);
            }

            Take(campaign, form);
            return (new JsonObject { ["success"] = true }, null);
        }
    }

    private JsonObject? Get(string id) => campaigns.Find(campaign => (string)campaign["id"]! == id);

    private static ServedRefusal? Refuse(JsonObject campaign, IFormCollection form)
    {
        if (form.TryGetValue("status", out var status) && !Statuses.Contains(status.ToString()))
        {
            return new ServedRefusal(Invalid, 0, $"(#100) status must be one of {string.Join(", ", Statuses)}");
        }

        if ((string)campaign["status"]! is Archived or Deleted && form.ContainsKey("status") && status != Deleted)
        {
            return new ServedRefusal(Invalid, 0, "(#100) An archived campaign can only be deleted");
        }

        foreach (var budget in Budgets.Where(form.ContainsKey))
        {
            if (!long.TryParse(form[budget], NumberStyles.None, CultureInfo.InvariantCulture, out var units))
            {
                return new ServedRefusal(Invalid, 0, $"(#100) Param {budget} must be an integer");
            }

            if (units < LeastBudget)
            {
                return new ServedRefusal(Invalid, TooLow, "Invalid parameter", "Your budget is too low: the minimum is 1.00");
            }

            if (Budgets.Any(other => other != budget && (campaign.ContainsKey(other) || form.ContainsKey(other))))
            {
                return new ServedRefusal(Invalid, 0, "(#100) A campaign has a daily or a lifetime budget, not both");
            }
        }

        return null;
    }

    private static void Take(JsonObject campaign, IFormCollection form)
    {
        foreach (var name in Budgets.Append("name").Append("status").Where(form.ContainsKey))
        {
            campaign[name] = form[name].ToString();
        }

        campaign["effective_status"] = (string)campaign["status"]!;
    }

    private static bool IsList(string? text)
    {
        try
        {
            return !string.IsNullOrEmpty(text) && JsonNode.Parse(text) is JsonArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>Why the API does not take what is written.</summary>
/// <param name="Code">Of the error.</param>
/// <param name="Subcode">Of the error; 0 without.</param>
/// <param name="Message">For programs.</param>
/// <param name="Told">For people; null without.</param>
internal sealed record ServedRefusal(int Code, int Subcode, string Message, string? Told = null);
