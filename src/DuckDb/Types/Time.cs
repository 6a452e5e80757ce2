using System.Globalization;

namespace Tradepost.DuckDb.Types;

/// <summary>DuckDB's dates and times (counted from 1970) and .NET's.</summary>
internal static class Time
{
    private const long MicrosPerDay = 86_400_000_000;
    private static readonly int epochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static DateOnly Date(int days)
    {
        if (days is int.MaxValue or -int.MaxValue)
            throw new OverflowException($"The date {(days > 0 ? "infinity" : "-infinity")} has no DateOnly or DateTime; cast it to VARCHAR in SQL.");
        var number = (long)days + epochDay;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number)
            : throw new OverflowException($"A date {days.ToString(CultureInfo.InvariantCulture)} days from 1970-01-01 lies outside the years 1 to 9999; cast it to VARCHAR in SQL.");
    }

    public static int Days(DateOnly date) => date.DayNumber - epochDay;

    /// <summary>A count of units since 1970, of 100 ns each times <paramref name="ticksPerUnit"/>.</summary>
    public static DateTime Timestamp(long units, long ticksPerUnit, DateTimeKind kind)
    {
        if (units is long.MaxValue or -long.MaxValue)
            throw new OverflowException($"The timestamp {(units > 0 ? "infinity" : "-infinity")} has no DateTime; cast it to VARCHAR in SQL.");
        var ticks = ((Int128)units * ticksPerUnit) + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, kind)
            : throw new OverflowException($"A timestamp {units.ToString(CultureInfo.InvariantCulture)} units from 1970-01-01 lies outside the years 1 to 9999; cast it to VARCHAR in SQL.");
    }

    /// <summary>Nanoseconds since 1970, cut to the 100 ns of a DateTime towards the past.</summary>
    public static DateTime TimestampOfNanoseconds(long nanoseconds) =>
        nanoseconds is long.MaxValue or -long.MaxValue
            ? Timestamp(nanoseconds, 1, DateTimeKind.Unspecified)
            : Timestamp((nanoseconds >= 0 ? nanoseconds : nanoseconds - 99) / 100, 1, DateTimeKind.Unspecified);

    /// <summary>Microseconds since 1970; a local time is taken at its instant, in UTC. Digits below a microsecond are cut towards the past.</summary>
    public static long Micros(DateTime value)
    {
        var ticks = (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks - DateTime.UnixEpoch.Ticks;
        return (ticks >= 0 ? ticks : ticks - 9) / TimeSpan.TicksPerMicrosecond;
    }

    public static TimeSpan OfDay(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static TimeOnly TimeOfDay(long micros) => micros < MicrosPerDay
        ? new TimeOnly(micros * TimeSpan.TicksPerMicrosecond)
        : throw new OverflowException("The time 24:00:00 has no TimeOnly; read it as TimeSpan.");
}
