namespace Tradepost.Retail.Generation;

/// <summary>Times as row batches keep them: microseconds since 1970-01-01T00:00:00, UTC.</summary>
internal static class Moment
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
        new((moment + (EpochDay * Day)) * TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified);

    public static DateOnly DayOf(long moment) => DateOnly.FromDayNumber((int)((moment / Day) + EpochDay));
}
