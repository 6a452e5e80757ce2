namespace Tradepost.Storage;

/// <summary>Times as the stores keep them.</summary>
public static class TimeProviderExtensions
{
    /// <summary>Now, in UTC and without a kind, to the microsecond.</summary>
    public static DateTime UtcMoment(this TimeProvider time)
    {
        var ticks = time.GetUtcNow().UtcTicks;
        return new DateTime(ticks - (ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
    }
}
