using Tradepost.Storage;

namespace Tradepost.Trading.Candles;

/// <summary>How long a candle is.</summary>
/// <param name="Name">As the table and traders write it.</param>
/// <param name="Length">In microseconds.</param>
internal sealed record Timeframe(string Name, long Length)
{
    public static readonly Timeframe Minute = new("1m", Moment.Minute);
    public static readonly Timeframe Hour = new("1h", Moment.Hour);

    public static IReadOnlyList<Timeframe> All { get; } = [Minute, Hour];

    /// <summary>The one of this length; null where there is none.</summary>
    public static Timeframe? Of(long length) => All.FirstOrDefault(one => one.Length == length);

    /// <summary>Where the candle begins that a moment is in.</summary>
    public long Floor(long moment) => moment - (moment % Length);
}
