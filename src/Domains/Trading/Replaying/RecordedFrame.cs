namespace Tradepost.Trading.Replaying;

/// <summary>A frame as an exchange sent it, or its answer to a request for a snapshot.</summary>
/// <param name="LocalTimestamp">When it arrived, in microseconds since 1970.</param>
/// <param name="Stream">The stream that it belongs to; empty for a snapshot.</param>
/// <param name="Symbol">Whose it is; empty where that cannot be known.</param>
/// <param name="Frame">What it says.</param>
/// <param name="IsChange">Whether it changes an order book.</param>
internal readonly record struct RecordedFrame(long LocalTimestamp, string Stream, string Symbol, byte[] Frame, bool IsChange = false)
{
    public bool IsSnapshot => Stream.Length == 0;
}
