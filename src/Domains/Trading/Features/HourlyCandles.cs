using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Trading.Candles;

namespace Tradepost.Trading.Features;

/// <summary>The hourly candles that features are made of: one exchange for each symbol, prices of files before quoted ones.</summary>
internal static class HourlyCandles
{
    /// <summary>The better ones first.</summary>
    private static readonly string[] Sources = [CandleKey.File, CandleKey.Minutes, CandleKey.Quotes];

    /// <summary>Later than any candle, and a time in every store.</summary>
    private static readonly long LastMoment = Moment.Of(new DateTime(9999, 1, 1));

    /// <summary>
    /// The exchange of each symbol: the one whose candles begin first, which stays the same however long the data go on; of several the
    /// first by name.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> ExchangesAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        var all = await connection.ReadAsync(
            $"SELECT symbol, exchange, min(open_time) FROM {CandleTable.Name} WHERE timeframe = @hour AND is_whole GROUP BY symbol, exchange",
            new { hour = Timeframe.Hour.Name },
            row => (Symbol: row.GetString(0), Exchange: row.GetString(1), First: row.GetDateTime(2)),
            cancellationToken
        );
        return all.GroupBy(one => one.Symbol, StringComparer.Ordinal)
            .ToDictionary(
                symbol => symbol.Key,
                symbol => symbol.OrderBy(one => one.First).ThenBy(one => one.Exchange, StringComparer.Ordinal).First().Exchange,
                StringComparer.Ordinal
            );
    }

    /// <summary>Series from a moment on, in the order of their symbols; symbols without a whole candle there are left out.</summary>
    public static async Task<IReadOnlyList<HourlySeries>> ReadAsync(
        DbConnection connection,
        IReadOnlyDictionary<string, string> exchanges,
        DateTime from,
        CancellationToken cancellationToken
    )
    {
        var series = new List<HourlySeries>();
        foreach (var (symbol, exchange) in exchanges.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var hours = new SortedDictionary<long, Candle>();
            foreach (var source in Sources)
            {
                var key = new CandleKey(exchange, symbol, Timeframe.Hour, source);
                Merge(hours, await CandleTable.ReadAsync(connection, key, Moment.Of(from), LastMoment, cancellationToken));
            }

            if (hours.Count > 0)
            {
                series.Add(HourlySeries.Of(symbol, [.. hours.Values]));
            }
        }

        HourlySeries.Join(series);
        return series;
    }

    /// <summary>An hour keeps the whole candle that it has; what only quotes know is theirs.</summary>
    private static void Merge(SortedDictionary<long, Candle> hours, IReadOnlyList<Candle> candles)
    {
        foreach (var candle in candles.Where(candle => candle.IsWhole))
        {
            hours[candle.OpenTime] = hours.TryGetValue(candle.OpenTime, out var better)
                ? better with
                {
                    Spread = candle.Spread,
                    Imbalance = candle.Imbalance,
                }
                : candle;
        }
    }
}
