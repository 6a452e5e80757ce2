using System.Globalization;
using System.Text.Json.Nodes;

namespace Tradepost.Advertising.Replaying;

/// <summary>
/// An ad account that was made up: campaigns with two ad sets of two ads each, the same for a seed. Conversions of a day become known over the
/// following 28 days, and its spend is corrected once, on the third.
/// </summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Campaigns">How many it has.</param>
/// <param name="Seed">Of its numbers.</param>
internal sealed record ServedAccount(int Number, int Campaigns, int Seed)
{
    private const int AdSets = 2;
    private const int Ads = 2;
    private const int FinalDays = 28;
    private const int CorrectedDays = 3;
    private const double UsualDelay = 4;

    private static readonly string[] Objectives = ["OUTCOME_SALES", "OUTCOME_LEADS", "OUTCOME_TRAFFIC"];

    /// <summary>Its key.</summary>
    public string Id => $"act_{1000 + Number}";

    /// <summary>Where its days begin and end.</summary>
    public static string TimeZone => "Europe/Kyiv";

    /// <summary>What the API tells of the account.</summary>
    public JsonObject About() =>
        new()
        {
            ["id"] = Id,
            ["name"] = $"Account {Number}",
            ["currency"] = "USD",
            ["timezone_name"] = TimeZone,
        };

    /// <summary>A list of what it is made of; null where it has no such list.</summary>
    public IReadOnlyList<JsonObject>? List(string name) =>
        name switch
        {
            "campaigns" => [.. Enumerable.Range(1, Campaigns).Select(Campaign)],
            "adsets" => [.. AllAds().Where(ad => ad.Ad == 1).Select(AdSet)],
            "ads" => [.. AllAds().Select(Ad)],
            _ => null,
        };

    /// <summary>The rows of days: one for each ad and day.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="campaigns">Keys of campaigns; null for all.</param>
    /// <param name="today">Up to which day there is anything, and how old the days are.</param>
    public IEnumerable<JsonObject> Insights(DateOnly from, DateOnly to, IReadOnlyCollection<string>? campaigns, DateOnly today)
    {
        for (var day = from; day <= to && day <= today; day = day.AddDays(1))
        {
            foreach (var ad in AllAds().Where(ad => campaigns?.Contains(CampaignId(ad.Campaign)) != false))
            {
                yield return Insight(ad, day, today.DayNumber - day.DayNumber);
            }
        }
    }

    private IEnumerable<(int Campaign, int AdSet, int Ad)> AllAds() =>
        from campaign in Enumerable.Range(1, Campaigns)
        from adSet in Enumerable.Range(1, AdSets)
        from ad in Enumerable.Range(1, Ads)
        select (campaign, adSet, ad);

    private string CampaignId(int campaign) => $"{Number}{campaign:00}";

    private string AdSetId(int campaign, int adSet) => $"{CampaignId(campaign)}{adSet}";

    private JsonObject Campaign(int campaign) =>
        new()
        {
            ["id"] = CampaignId(campaign),
            ["account_id"] = Id[4..],
            ["name"] = $"Campaign {campaign}",
            ["status"] = "ACTIVE",
            ["effective_status"] = "ACTIVE",
            ["objective"] = Objectives[campaign % Objectives.Length],
            ["daily_budget"] = Text(5000L * campaign),
        };

    private JsonObject AdSet((int Campaign, int AdSet, int Ad) ad) =>
        new()
        {
            ["id"] = AdSetId(ad.Campaign, ad.AdSet),
            ["campaign_id"] = CampaignId(ad.Campaign),
            ["name"] = $"Ad set {ad.AdSet} of campaign {ad.Campaign}",
            ["status"] = "ACTIVE",
            ["effective_status"] = "ACTIVE",
        };

    private JsonObject Ad((int Campaign, int AdSet, int Ad) ad) =>
        new()
        {
            ["id"] = $"{AdSetId(ad.Campaign, ad.AdSet)}{ad.Ad}",
            ["campaign_id"] = CampaignId(ad.Campaign),
            ["adset_id"] = AdSetId(ad.Campaign, ad.AdSet),
            ["name"] = $"Ad {ad.Ad} of ad set {ad.AdSet} of campaign {ad.Campaign}",
            ["status"] = "ACTIVE",
            ["effective_status"] = "ACTIVE",
        };

    private JsonObject Insight((int Campaign, int AdSet, int Ad) ad, DateOnly day, int age)
    {
        var id = $"{AdSetId(ad.Campaign, ad.AdSet)}{ad.Ad}";
        var dice = new Random(HashOf(id, day));
        var impressions = (long)(
            1000 * ad.Campaign * (0.7 + (0.6 * dice.NextDouble())) * (1 + (0.3 * Math.Sin(day.DayNumber * 2 * Math.PI / 7)))
        );
        var clicks = (long)(impressions * (0.008 + (0.012 * dice.NextDouble())));
        var spend = decimal.Round(clicks * (decimal)(0.4 + (0.5 * dice.NextDouble())), 2);
        var final = clicks * (0.03 + (0.05 * dice.NextDouble()));
        var known = age >= FinalDays ? 1 : 1 - Math.Exp(-(age + 1) / UsualDelay);
        var conversions = (long)(final * known);
        var shown = age >= CorrectedDays ? spend : decimal.Round(spend * 1.01m, 2);
        var row = new JsonObject
        {
            ["account_currency"] = "USD",
            ["campaign_id"] = CampaignId(ad.Campaign),
            ["campaign_name"] = $"Campaign {ad.Campaign}",
            ["adset_id"] = AdSetId(ad.Campaign, ad.AdSet),
            ["adset_name"] = $"Ad set {ad.AdSet} of campaign {ad.Campaign}",
            ["ad_id"] = id,
            ["ad_name"] = $"Ad {ad.Ad} of ad set {ad.AdSet} of campaign {ad.Campaign}",
            ["impressions"] = Text(impressions),
            ["clicks"] = Text(clicks),
            ["spend"] = shown.ToString(CultureInfo.InvariantCulture),
            ["reach"] = Text(impressions * 4 / 5),
            ["date_start"] = Text(day),
            ["date_stop"] = Text(day),
        };
        if (conversions > 0)
        {
            // The same purchases under three names, as the API gives them: to add them up would count each three times.
            row["actions"] = Actions(conversions, 1);
            row["action_values"] = Actions(conversions, 25);
        }

        return row;
    }

    private static JsonArray Actions(long count, int each) =>
        [
            .. new[] { "link_click", "purchase", "omni_purchase", "offsite_conversion.fb_pixel_purchase" }.Select(
                JsonNode (kind) =>
                    new JsonObject { ["action_type"] = kind, ["value"] = Text(kind == "link_click" ? count * 20 : count * each) }
            ),
        ];

    private int HashOf(string id, DateOnly day)
    {
        var hash = unchecked((uint)Seed * 2_654_435_761);
        foreach (var letter in id)
        {
            hash = unchecked((hash ^ letter) * 16_777_619);
        }

        return (int)(unchecked((hash ^ (uint)day.DayNumber) * 16_777_619) & int.MaxValue);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
