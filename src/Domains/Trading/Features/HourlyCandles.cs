using Tradepost.Storage;
using Tradepost.Trading.Candles;

namespace Tradepost.Trading.Features;

/// <summary>The hourly candles that features are made of: one exchange for each symbol, prices of files before quoted ones.</summary>
internal static class HourlyCandles
{
    /// <summary>Later than any candle, and a time in every store.</summary>
    private static readonly long LastMoment = Moment.Of(new DateTime(9999, 1, 1));

    /// <summary>
    /// Series from a moment on, in the order of their symbols; symbols without a whole candle there are left out. They are read on
    /// connections of their own, several at a time: what is to be seen has to be committed.
    /// </summary>
    public static async Task<IReadOnlyList<HourlySeries>> ReadAsync(
        Store store,
        IReadOnlyDictionary<string, string> exchanges,
        DateTime from,
        CancellationToken cancellationToken
    )
    {
        var symbols = exchanges.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var read = new HourlySeries?[symbols.Length];
        await Parallel.ForAsync(
            0,
            symbols.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (i, token) => read[i] = await ReadAsync(store, symbols[i].Key, symbols[i].Value, from, token)
        );
        var series = read.OfType<HourlySeries>().ToList();
        HourlySeries.Join(series);
        return series;
    }

    private static async Task<HourlySeries?> ReadAsync(
        Store store,
        string symbol,
        string exchange,
        DateTime from,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var hours = new SortedDictionary<long, Candle>();
        foreach (var source in CandleKey.Sources)
        {
            var key = new CandleKey(exchange, symbol, Timeframe.Hour, source);
            Merge(hours, await CandleTable.ReadAsync(connection, key, Moment.Of(from), LastMoment, cancellationToken));
        }

        return hours.Count == 0 ? null : HourlySeries.Of(symbol, [.. hours.Values]);
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
