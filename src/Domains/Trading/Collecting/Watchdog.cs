using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Collecting;

/// <summary>
/// Three things that a connection can suffer from without ending: nothing comes at all, nothing came after the acknowledgement, one feed
/// fell silent.
/// </summary>
internal sealed class Watchdog(WatchdogOptions options)
{
    /// <summary>What is wrong with the whole connection; null when nothing is.</summary>
    public string? Judge(FeedConnection connection, long now) =>
        connection is { HasData: false, Acknowledged: > 0 and var acknowledged } && now - acknowledged > options.Unserved.TotalMicroseconds
            ? GapReason.Unserved
        : now - connection.LastReceived > options.Idle.TotalMicroseconds ? GapReason.Idle
        : null;

    /// <summary>The feeds that the exchange acknowledged and never served, while it serves others. Trades may be far between.</summary>
    public IReadOnlyList<Feed> Unheard(FeedConnection connection, IEnumerable<Feed> feeds, long now) =>
        connection is { HasData: true, Acknowledged: > 0 and var acknowledged } && now - acknowledged > options.Unheard.TotalMicroseconds
            ? [.. feeds.Where(feed => feed.Kind != Subscription.Trades && !connection.HasHeard([feed]))]
            : [];

    /// <summary>The feeds that are silent against their own rate while the others of the connection go on.</summary>
    public IReadOnlyList<Feed> Silent(FeedConnection connection, IEnumerable<Feed> feeds, long now) =>
        now - connection.LastReceived > options.Silent.TotalMicroseconds / 2
            ? []
            : [.. feeds.Where(feed => feed.IsSilent(now, (long)options.Silent.TotalMicroseconds))];
}
