namespace Tradepost.Trading.Candles;

/// <summary>What a time is written in.</summary>
internal enum TimeUnit
{
    /// <summary>As a date with a time of the day.</summary>
    Text,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}
