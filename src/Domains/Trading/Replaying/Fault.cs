using System.Globalization;

namespace Tradepost.Trading.Replaying;

/// <summary>A fault that a replay is to have.</summary>
/// <param name="AfterFrames">How many frames of the recording come before it.</param>
/// <param name="Duration">How long it lasts, where it lasts.</param>
/// <param name="Stream">The stream that it befalls; empty for any.</param>
internal sealed record Fault(FaultKind Kind, long AfterFrames, TimeSpan Duration = default, string Stream = "")
{
    /// <summary>Whether it is there for a while, so that without a time it would do nothing.</summary>
    private bool NeedsDuration => Kind is FaultKind.Stall or FaultKind.Silence or FaultKind.Unserved or FaultKind.LateSnapshot;

    /// <summary>Why it would never do anything; null where it would.</summary>
    /// <param name="summary">What it would befall; null while that is not known.</param>
    public string? Idle(RecordingSummary? summary) =>
        NeedsDuration && Duration <= TimeSpan.Zero ? "lasts for no time; give it seconds, as in stall@3000:2.5"
        : Kind == FaultKind.Silence && Stream.Length == 0 ? "names no stream, as in silence@3000:2.5:btcusdt@bookTicker"
        : summary is null ? null
        : AfterFrames >= summary.Frames ? $"comes after {AfterFrames} frames, and the recording has {summary.Frames}"
        : Stream.Length > 0 && !summary.Streams.Contains(Stream)
            ? $"befalls {Stream}, and the recording has {string.Join(", ", summary.Streams.Order(StringComparer.Ordinal))}"
        : Kind is FaultKind.LateSnapshot or FaultKind.TooMany && !summary.HasDepth
            ? "befalls snapshots of order books, and the recording has no changes of any"
        : null;

    /// <summary>Reads <c>kind@frames</c>, <c>kind@frames:seconds</c> or <c>kind@frames:seconds:stream</c>.</summary>
    public static Fault? Parse(string text)
    {
        var parts = text.Split('@', 2) is [var name, var rest] ? [name, .. rest.Split(':', 3)] : Array.Empty<string>();
        return
            parts.Length >= 2
            && !char.IsAsciiDigit(parts[0].FirstOrDefault('0'))
            && Enum.TryParse<FaultKind>(parts[0].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            && double.TryParse(
                parts.ElementAtOrDefault(2) ?? "0",
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var seconds
            )
            ? new Fault(kind, after, TimeSpan.FromSeconds(seconds), parts.ElementAtOrDefault(3) ?? "")
            : null;
    }
}
