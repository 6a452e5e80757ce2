namespace Tradepost.Trading.Watching;

/// <summary>Moments of the tables, as they are shown.</summary>
internal static class Moments
{
    /// <summary>UTC, from microseconds since 1970.</summary>
    public static DateTime Of(long microseconds) =>
        DateTime.SpecifyKind(DateTime.UnixEpoch.AddMicroseconds(microseconds), DateTimeKind.Unspecified);
}
