using System.Runtime.InteropServices;

namespace Tradepost.DuckDb;

/// <summary>An INTERVAL: months, days and microseconds are kept apart, because their lengths vary.</summary>
/// <param name="Months">Whole months, years included.</param>
/// <param name="Days">Whole days, weeks included.</param>
/// <param name="Micros">Microseconds, hours and minutes included.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbInterval(int Months, int Days, long Micros)
{
    /// <summary>The interval of a time span, in days of 24 hours; digits below a microsecond are cut off.</summary>
    public static DuckDbInterval FromTimeSpan(TimeSpan value) =>
        new(0, value.Days, (value - TimeSpan.FromDays(value.Days)).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The time span, with days of 24 hours.</summary>
    /// <exception cref="InvalidCastException">The interval has months.</exception>
    /// <exception cref="OverflowException">It is longer than a <see cref="TimeSpan"/> can be.</exception>
    public TimeSpan ToTimeSpan() => Months == 0
        ? TimeSpan.FromTicks(checked((Days * TimeSpan.TicksPerDay) + (Micros * TimeSpan.TicksPerMicrosecond)))
        : throw new InvalidCastException($"An interval of {Months} months has no fixed length; read it as DuckDbInterval.");
}
