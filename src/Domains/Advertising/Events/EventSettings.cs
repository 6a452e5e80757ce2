using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Events;

/// <summary>The secrets that events and webhooks are signed with.</summary>
internal static class EventSettings
{
    public const string EventsSecret = "ADS_EVENTS_SECRET";
    public const string MetaSecret = "META_APP_SECRET";
    public const string MetaVerifyToken = "META_VERIFY_TOKEN";

    public static IReadOnlyList<Setting> All { get; } =
    [
        new(EventsSecret, "the secret that bodies of POST /api/v1/events are signed with", "a-long-random-text"),
        new(MetaSecret, "the secret of the app at Meta, which signs what /webhooks/meta gets", "a-long-random-text"),
        new(MetaVerifyToken, "what Meta sends to verify /webhooks/meta; any text that both sides know", "a-long-random-text"),
    ];

    /// <summary>A secret that is set; null where it is not.</summary>
    public static Secret? Find(Settings settings, string name) => settings.Find(name) is { Length: > 0 } secret ? new Secret(secret) : null;
}
