using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Trading.Candles;

/// <summary>Makes hours of a symbol's minutes, so that files of minutes have features too.</summary>
internal static class HoursOfMinutes
{
    private const int MinutesOfHour = 60;
    private const int FewestMinutes = 54;

    /// <summary>
    /// Makes the hours anew that minutes of a file belong to, within the transaction of the connection. An hour is whole when nine of ten
    /// minutes are there, the last one among them; the last hour is one as soon as it has ended in the minutes.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="connection">In a transaction.</param>
    /// <param name="minutes">Whose minutes.</param>
    /// <param name="from">Where the first of them begins, in microseconds.</param>
    /// <param name="to">Where the last of them begins.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task MakeAsync(
        Store store,
        DbConnection connection,
        CandleKey minutes,
        long from,
        long to,
        CancellationToken cancellationToken
    )
    {
        var stored = await CandleTable.ReadAsync(
            connection,
            minutes,
            Timeframe.Hour.Floor(from),
            Timeframe.Hour.Floor(to) + Moment.Hour,
            cancellationToken
        );
        var last = stored[^1].OpenTime + Moment.Minute;
        var hours = stored
            .GroupBy(minute => Timeframe.Hour.Floor(minute.OpenTime))
            .Where(hour => hour.Key + Moment.Hour <= last || hour.Key != Timeframe.Hour.Floor(to))
            .Select(hour => HourOf(hour.Key, [.. hour]))
            .ToList();
        var key = minutes with { Timeframe = Timeframe.Hour, Source = CandleKey.Minutes };
        await CandleTable.WriteAsync(store, connection, key, hours, cancellationToken);
    }

    private static Candle HourOf(long time, List<Candle> minutes) =>
        new(time, minutes[0].Open, minutes.Max(minute => minute.High), minutes.Min(minute => minute.Low), minutes[^1].Close)
        {
            Volume = minutes.Sum(minute => minute.Volume),
            QuoteVolume = minutes.Sum(minute => minute.QuoteVolume),
            Trades = minutes.Sum(minute => minute.Trades),
            TakerBuyVolume = minutes.Sum(minute => minute.TakerBuyVolume),
            IsWhole = minutes.Count >= FewestMinutes && minutes[^1].OpenTime == time + ((MinutesOfHour - 1) * Moment.Minute),
        };
}
