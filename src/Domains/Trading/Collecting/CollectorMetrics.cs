using System.Diagnostics.Metrics;

namespace Tradepost.Trading.Collecting;

/// <summary>What a collector counts, under the name <c>Tradepost.Trading</c>.</summary>
internal static class CollectorMetrics
{
    private static readonly Meter Meter = new("Tradepost.Trading");

    public static Counter<long> Received { get; } =
        Meter.CreateCounter<long>("tradepost.trading.quotes.received", "{quote}", "Quotes that came and were new.");

    public static Counter<long> Repeated { get; } =
        Meter.CreateCounter<long>("tradepost.trading.quotes.repeated", "{quote}", "Quotes that had come before.");

    public static Counter<long> Lost { get; } =
        Meter.CreateCounter<long>("tradepost.trading.quotes.lost", "{quote}", "Quotes that the log had no room for.");

    public static Counter<long> Reconnects { get; } =
        Meter.CreateCounter<long>("tradepost.trading.reconnects", "{connection}", "Connections that were made anew, by reason.");

    public static Counter<long> Gaps { get; } =
        Meter.CreateCounter<long>("tradepost.trading.gaps", "{gap}", "Gaps that were written to the ledger, by reason.");

    public static Counter<long> Malformed { get; } =
        Meter.CreateCounter<long>("tradepost.trading.frames.malformed", "{frame}", "Frames that could not be read.");

    public static Counter<long> DroppedChanges { get; } =
        Meter.CreateCounter<long>(
            "tradepost.trading.books.dropped",
            "{change}",
            "Changes of order books that were dropped while no snapshot came."
        );

    public static KeyValuePair<string, object?> Reason(string reason) => KeyValuePair.Create<string, object?>("reason", reason);
}
