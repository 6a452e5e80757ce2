using Tradepost.Storage;

namespace Tradepost.Trading.Coverage;

/// <summary>The seconds of a symbol's day, each with why it cannot be trusted.</summary>
internal sealed class DayOfSeconds(long start)
{
    public const int Seconds = 86_400;
    private const string Unrecorded = "unrecorded";

    private readonly string?[] reasons = new string?[Seconds];

    public int Trusted => reasons.Count(reason => reason is null);

    public int UnrecordedSeconds => reasons.Count(reason => reason == Unrecorded);

    /// <summary>Every second that a gap touches; the reason that came first stays.</summary>
    public void AddGap(long from, long to, string reason) =>
        Mark(
            Math.Clamp((from - start) / Moment.Second, 0, Seconds),
            Math.Clamp(((to - start) / Moment.Second) + (to >= start ? 1 : 0), 0, Seconds),
            reason
        );

    /// <summary>Nothing is known before the first quote and after the last; without quotes of the whole day.</summary>
    public void SetRecorded(long? first, long? last)
    {
        Mark(0, first is { } from ? (from - start) / Moment.Second : Seconds, Unrecorded);
        Mark(last is { } to ? ((to - start) / Moment.Second) + 1 : Seconds, Seconds, Unrecorded);
    }

    /// <summary>Runs of seconds that have the same reason.</summary>
    public IEnumerable<(int From, int To, string Reason)> Doubts()
    {
        for (var from = 0; from < Seconds; )
        {
            var to = from + 1;
            while (to < Seconds && reasons[to] == reasons[from])
            {
                to++;
            }

            if (reasons[from] is { } reason)
            {
                yield return (from, to, reason);
            }

            from = to;
        }
    }

    private void Mark(long from, long to, string reason)
    {
        for (var second = from; second < to; second++)
        {
            reasons[second] ??= reason;
        }
    }
}
