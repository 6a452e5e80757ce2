using Tradepost.Advertising.Events;
using Tradepost.Advertising.Metrics;
using Tradepost.Storage;
using Tradepost.Storage.Loading;

namespace Tradepost.Advertising.Simulating;

/// <summary>An account with campaigns that a platform reports and restates: conversions of a day come in over four weeks.</summary>
internal sealed class SimulatedAccount(DateOnly last, int seed = 1)
{
    /// <summary>The account.</summary>
    public const string Id = "demo";

    /// <summary>Days that it has run for.</summary>
    public const int Days = 60;

    /// <summary>Days that each pull asks for anew.</summary>
    public const int Window = 28;

    private const int AdsOfCampaign = 3;
    private const double HalfOfConversions = 3.5; // days until half of what is late has come
    private const double KnownAtOnce = 0.6;

    private static readonly string[] Campaigns = ["Spring shoes", "Summer dresses", "Brand", "Retargeting", "New in town"];

    /// <summary>The first day.</summary>
    public DateOnly First => last.AddDays(1 - Days);

    /// <summary>How many campaigns it has.</summary>
    public static int CampaignCount => Campaigns.Length;

    /// <summary>What the platform reports of the last days when it is asked at the end of a day.</summary>
    public RowBatch Report(DateOnly asked)
    {
        var batch = new RowBatch(ReportedRows.All, Window * Campaigns.Length * AdsOfCampaign);
        for (var day = asked.AddDays(1 - Window); day <= asked; day = day.AddDays(1))
        {
            for (var campaign = 0; campaign < Campaigns.Length && day >= First; campaign++)
            {
                for (var ad = 0; ad < AdsOfCampaign; ad++)
                {
                    Add(batch, day, campaign, ad, asked.DayNumber - day.DayNumber);
                }
            }
        }

        return batch;
    }

    /// <summary>Events of an advertiser's own feed, of the last days.</summary>
    public IEnumerable<AdEvent> Events(int count)
    {
        var dice = new Random(seed);
        var end = Moment.Of(last);
        for (var i = 0; i < count; i++)
        {
            var at = end - dice.NextInt64(3 * Moment.Day);
            var type = dice.Next(100) switch
            {
                < 90 => AdEventType.Impression,
                < 99 => AdEventType.Click,
                _ => AdEventType.Conversion,
            };
            yield return new AdEvent(
                $"demo-{i}",
                type,
                at,
                "own-site",
                $"banner-{dice.Next(4)}",
                $"visitor-{dice.Next(500)}",
                type == AdEventType.Conversion ? 20 + dice.Next(80) : dice.Next(40) / 100m,
                "USD",
                at
            );
        }
    }

    private void Add(RowBatch batch, DateOnly day, int campaign, int ad, int age)
    {
        var dice = new Random(HashCode(day.DayNumber, campaign, ad));
        var weekday = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1.3 : 1.0;
        var impressions = (long)(weekday * (2_000 + (1_500 * campaign) + dice.Next(1_000)));
        var clicks = (long)(impressions * (0.008 + (0.004 * ad) + (0.002 * dice.NextDouble())));
        var spend = decimal.Round(clicks * (0.25m + (0.1m * campaign)), 2);
        var final = clicks * (0.03 + (0.01 * campaign));
        var known = KnownAtOnce + ((1 - KnownAtOnce) * (1 - Math.Pow(0.5, age / HalfOfConversions)));
        var row = new ReportedRow(batch, batch.Count++);
        row.Set(ReportedRows.Account, Id);
        row.Set(ReportedRows.Campaign, $"{campaign + 1}");
        row.Set(ReportedRows.AdSet, $"{campaign + 1}-1");
        row.Set(ReportedRows.Ad, $"{campaign + 1}-1-{ad + 1}");
        row.Set(ReportedRows.Day, Moment.Of(day));
        row.Set(ReportedRows.Breakdown, "");
        row.Set(ReportedRows.Segment, "");
        row.Set(ReportedRows.Impressions, impressions);
        row.Set(ReportedRows.Clicks, clicks);
        row.Set(ReportedRows.Spend, spend);
        row.Set(ReportedRows.Conversions, decimal.Floor((decimal)(final * known)));
        row.Set(ReportedRows.ApprovedConversions, (decimal?)null);
        row.Set(ReportedRows.Value, decimal.Floor((decimal)(final * known)) * 35);
        row.Set(ReportedRows.Reach, (long?)null);
        row.Set(ReportedRows.AccountName, "Demo account");
        row.Set(ReportedRows.Currency, "USD");
        row.Set(ReportedRows.CampaignName, Campaigns[campaign]);
        row.Set(ReportedRows.CampaignStatus, "ACTIVE");
        row.Set(ReportedRows.AdSetName, "All");
        row.Set(ReportedRows.AdName, $"Variant {(char)('A' + ad)}");
        row.Set(ReportedRows.Place, batch.Count);
    }

    // The same in every process, unlike System.HashCode.
    private int HashCode(int day, int campaign, int ad) => ((((seed * 31) + day) * 31) + campaign) * 31 + ad;
}
