namespace Tradepost.Storage;

/// <summary>
/// Moments of UTC as row batches and tables keep them: microseconds since 1970-01-01T00:00:00, or a time without a kind to the microsecond.
/// </summary>
public static class Moment
{
    public const long Second = 1_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    /// <summary>Later than anything.</summary>
    public const long Never = long.MaxValue;

    private const long EpochDay = 719_162;

    public static long Of(DateOnly day) => (day.DayNumber - EpochDay) * Day;

    public static long Of(DateTime time) => (time.Ticks / TimeSpan.TicksPerMicrosecond) - (EpochDay * Day);

    public static DateTime ToDateTime(long moment) =>
        new(checked((moment + (EpochDay * Day)) * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    public static DateOnly DayOf(long moment) => DateOnly.FromDayNumber((int)((moment / Day) + EpochDay));

    /// <summary>Now, in microseconds.</summary>
    public static long Microseconds(this TimeProvider clock) => Of(clock.GetUtcNow().UtcDateTime);

    /// <summary>Now, in UTC and without a kind, to the microsecond.</summary>
    public static DateTime UtcMoment(this TimeProvider clock) => clock.GetUtcNow().UtcMoment();

    /// <summary>A time in UTC and without a kind, to the microsecond.</summary>
    public static DateTime UtcMoment(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
}
