using Tradepost.Advertising.Events;
using Tradepost.Storage;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>Events made from a seed, with a direct count of them.</summary>
internal static class SampleEvents
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static List<AdEvent> Make(int count, int seed = 1)
    {
        var dice = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new AdEvent(
                    $"event-{i}",
                    dice.Next(100) switch
                    {
                        < 80 => AdEventType.Impression,
                        < 97 => AdEventType.Click,
                        _ => AdEventType.Conversion,
                    },
                    Moment.Of(Start.AddMinutes(-dice.Next(5 * 24 * 60))),
                    $"campaign-{dice.Next(7)}",
                    $"ad-{dice.Next(20)}",
                    $"user-{dice.Next(3)}",
                    dice.Next(1_000_000) / 1_000_000m,
                    "USD",
                    Moment.Of(Start)
                )),
        ];
    }

    /// <summary>The daily sums as <see cref="Query"/> gives them.</summary>
    public static IReadOnlyList<string> Count(IEnumerable<AdEvent> events) =>
        [
            .. events
                .GroupBy(one => (one.UserId, one.CampaignId, Day: Moment.DayOf(one.At)))
                .Select(group =>
                    string.Join(
                        ' ',
                        group.Key.UserId,
                        group.Key.CampaignId,
                        group.Key.Day.ToString("yyyy-MM-dd"),
                        group.Count(one => one.Type == AdEventType.Impression),
                        group.Count(one => one.Type == AdEventType.Click),
                        group.Where(one => one.Type != AdEventType.Conversion).Sum(one => one.Value).ToString("0.#########"),
                        group.Count(one => one.Type == AdEventType.Conversion)
                    )
                )
                .Order(StringComparer.Ordinal),
        ];

    public const string Query =
        "SELECT user_id, campaign_id, \"date\", total_impressions, total_clicks, total_spend, total_conversions FROM daily_campaign_summary";
}
