using System.Globalization;
using System.Text.Json.Nodes;

namespace Tradepost.Jobs;

/// <summary>The two arguments by which a job takes an interval of days, so that it can be backfilled.</summary>
/// <param name="From">JSON key of the first day.</param>
/// <param name="To">JSON key of the day after the last.</param>
public sealed record JobInterval(string From, string To)
{
    /// <summary>
    /// Arguments of which any makes a run do less than all days before it; a run without them has done them all. Null: no run does.
    /// </summary>
    public IReadOnlyList<string>? NarrowedBy { get; init; }

    /// <summary>The days that arguments name; null when they do not name both ends, each as a whole day.</summary>
    internal (DateOnly From, DateOnly To)? Of(JsonObject arguments) =>
        Day(arguments[From]) is { } from && Day(arguments[To]) is { } to && to > from ? (from, to) : null;

    private static DateOnly? Day(JsonNode? value) =>
        value is JsonValue text
        && DateTime.TryParse(
            text.ToString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
        && moment.TimeOfDay == TimeSpan.Zero
            ? DateOnly.FromDateTime(moment)
            : null;
}
