using Tradepost.Jobs.Upkeep;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Rejects;

namespace Tradepost.Advertising;

/// <summary>
/// How long the domain keeps what grows by itself. What platforms report stays, and so do sums of events, consents and receipts of erasures.
/// </summary>
internal static class AdvertisingRetention
{
    public const string KeepEvents = "TRADEPOST_KEEP_AD_EVENTS";
    public const string KeepNotices = "TRADEPOST_KEEP_AD_NOTICES";
    public const string KeepRejects = "TRADEPOST_KEEP_AD_REJECTS";

    private const int EventDays = 1_100;
    private const int NoticeDays = 400;
    private const int RejectDays = 400;

    public static IReadOnlyList<Setting> All { get; } =
    [
        new(KeepEvents, "days for which events of advertisers are kept; older ones are not counted", $"{EventDays}")
        {
            Check = settings => OfEvents(settings),
        },
        new(KeepNotices, "days for which what ad platforms told by webhook is kept", $"{NoticeDays}")
        {
            Check = settings => settings.Days(KeepNotices, NoticeDays),
        },
        new(KeepRejects, "days for which rows of advertising that were kept aside are kept", $"{RejectDays}")
        {
            Check = settings => settings.Days(KeepRejects, RejectDays),
        },
    ];

    /// <summary>How long events are kept from when they happened. An older one may have been counted, and its id be forgotten.</summary>
    public static TimeSpan OfEvents(Settings settings) => settings.Days(KeepEvents, EventDays);

    /// <summary>The tables from which old rows go.</summary>
    public static IReadOnlyList<AgedTable> Of(Settings settings) =>
        [
            new("ad_events", ["id"], "happened_at", OfEvents(settings)),
            new("platform_notices", ["id"], "received_at", settings.Days(KeepNotices, NoticeDays)),
            new(
                RejectTable.Shared,
                ["run_id", "source_table", "natural_key", "rule", "rejected_at"],
                "rejected_at",
                settings.Days(KeepRejects, RejectDays)
            )
            {
                Condition = "source_table IN ('ad_events', 'ad_metrics')",
            },
        ];
}
