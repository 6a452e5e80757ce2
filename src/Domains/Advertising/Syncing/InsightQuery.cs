using System.Globalization;
using System.Text.Json;

namespace Tradepost.Advertising.Syncing;

/// <summary>Days of an account's ads that are asked for at once.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Campaigns">Only these; null for all.</param>
internal sealed record InsightQuery(DateOnly From, DateOnly To, IReadOnlyList<string>? Campaigns)
{
    private const string Fields =
        "account_currency,campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,impressions,clicks,spend,reach,actions,action_values,"
        + "date_start,date_stop";

    /// <summary>How many days.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The same in two parts that ask for less each; null where it is one campaign's day.</summary>
    public (InsightQuery First, InsightQuery Second)? Halves(IReadOnlyList<string> campaigns)
    {
        if (Days > 1)
        {
            var middle = From.AddDays((Days / 2) - 1);
            return (this with { To = middle }, this with { From = middle.AddDays(1) });
        }

        var all = Campaigns ?? campaigns;
        return all.Count > 1
            ? (this with { Campaigns = [.. all.Take(all.Count / 2)] }, this with { Campaigns = [.. all.Skip(all.Count / 2)] })
            : null;
    }

    /// <summary>Names and values of the request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query()
    {
        List<KeyValuePair<string, string>> query =
        [
            new("level", "ad"),
            new("fields", Fields),
            new("time_range", JsonSerializer.Serialize(new { since = Text(From), until = Text(To) })),
            new("time_increment", "1"),
        ];
        if (Campaigns is { } campaigns)
        {
            query.Add(
                new(
                    "filtering",
                    JsonSerializer.Serialize(
                        new[]
                        {
                            new
                            {
                                field = "campaign.id",
                                @operator = "IN",
                                value = campaigns,
                            },
                        }
                    )
                )
            );
        }

        return query;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (Days == 1 ? Text(From) : $"{Text(From)} to {Text(To)}")
        + (Campaigns is { } campaigns ? $" of {campaigns.Count} {(campaigns.Count == 1 ? "campaign" : "campaigns")}" : "");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
