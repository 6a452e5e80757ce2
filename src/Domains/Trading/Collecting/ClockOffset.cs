namespace Tradepost.Trading.Collecting;

/// <summary>
/// How far this machine's clock is from the exchange's: the least difference between arrival and the exchange's time over the last
/// messages. It holds the way through the network too, so only a negative or a very long one tells that a clock is wrong.
/// </summary>
internal sealed class ClockOffset
{
    private const int Window = 10_000;
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(-50);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private long least = long.MaxValue;
    private int count;

    /// <summary>The estimate of the last full window; null before there is one.</summary>
    public TimeSpan? Estimate { get; private set; }

    public bool IsSuspicious => Estimate is { } estimate && (estimate < Early || estimate > Late);

    /// <summary>Notes a message; true when the estimate is new.</summary>
    public bool Add(long timestamp, long local)
    {
        least = Math.Min(least, local - timestamp);
        if (++count < Window)
        {
            return false;
        }

        Estimate = TimeSpan.FromMicroseconds(least);
        (least, count) = (long.MaxValue, 0);
        return true;
    }
}
