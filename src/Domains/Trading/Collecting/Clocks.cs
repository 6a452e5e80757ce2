namespace Tradepost.Trading.Collecting;

/// <summary>Moments in the unit of the tables.</summary>
internal static class Clocks
{
    /// <summary>A moment of UTC.</summary>
    public static long Microseconds(DateTime moment) => (moment.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Microseconds(this TimeProvider clock) =>
        clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);
}
