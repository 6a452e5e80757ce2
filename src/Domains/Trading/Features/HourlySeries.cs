using Tradepost.Storage;
using Tradepost.Trading.Candles;

namespace Tradepost.Trading.Features;

/// <summary>
/// The hours of a symbol from its first candle to its last, without gaps. In an hour that is missing the price stands still, nothing is
/// traded, and <see cref="Whole"/> says so.
/// </summary>
internal sealed class HourlySeries
{
    /// <summary>Behind an outage of more hours everything begins anew: no feature looks across it.</summary>
    public const int LongestBridged = 6;

    private readonly long first;
    private readonly int[] starts;

    private HourlySeries(string symbol, long first, int count)
    {
        (Symbol, this.first, starts) = (symbol, first, new int[count]);
        (Open, High, Low, Close, LogClose) = (
            new double[count],
            new double[count],
            new double[count],
            new double[count],
            new double[count]
        );
        (Volume, TakerBuyVolume, Spread, Imbalance) = (new double[count], new double[count], new double[count], new double[count]);
        Whole = new bool[count];
    }

    public string Symbol { get; }

    public int Count => Whole.Length;

    public double[] Open { get; }

    public double[] High { get; }

    public double[] Low { get; }

    public double[] Close { get; }

    /// <summary>Natural logarithms of <see cref="Close"/>.</summary>
    public double[] LogClose { get; }

    /// <summary>NaN where it is not known.</summary>
    public double[] Volume { get; }

    /// <summary>NaN where it is not known.</summary>
    public double[] TakerBuyVolume { get; }

    /// <summary>NaN where it is not known.</summary>
    public double[] Spread { get; }

    /// <summary>NaN where it is not known.</summary>
    public double[] Imbalance { get; }

    /// <summary>Whether the hour's candle is there, and whole.</summary>
    public bool[] Whole { get; }

    /// <summary>The other symbols, whose hours may begin and end elsewhere.</summary>
    public IReadOnlyList<HourlySeries> Others { get; private set; } = [];

    /// <summary>When an hour ends, in microseconds: what its row says is known then.</summary>
    public long EndOf(int row) => first + ((row + 1L) * Moment.Hour);

    /// <summary>The row of the hour that ends at a moment; -1 where there is none.</summary>
    public int RowOf(long end) => end > first && end <= first + (Count * Moment.Hour) ? (int)((end - first) / Moment.Hour) - 1 : -1;

    /// <summary>Whether a row is whole and as many hours before it are of one stretch, without an outage that is not bridged.</summary>
    public bool Reaches(int row, int lookBack) => Whole[row] && row - starts[row] >= lookBack;

    /// <summary>The hours of candles in order of time. What comes behind the last whole candle is left out.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="candles">At least one is whole.</param>
    public static HourlySeries Of(string symbol, IReadOnlyList<Candle> candles)
    {
        var whole = candles.Where(candle => candle.IsWhole).ToList();
        var opened = whole[0].OpenTime;
        var series = new HourlySeries(symbol, opened, (int)((whole[^1].OpenTime - opened) / Moment.Hour) + 1);
        var (row, start) = (0, 0);
        foreach (var candle in whole)
        {
            var at = (int)((candle.OpenTime - opened) / Moment.Hour);
            start = at - row > LongestBridged ? at : start;
            for (; row < at; row++)
            {
                series.Fill(row);
            }

            series.Set(row, candle);
            series.starts[row++] = start;
        }

        return series;
    }

    /// <summary>Makes series each other's others.</summary>
    public static void Join(IReadOnlyList<HourlySeries> all)
    {
        foreach (var series in all)
        {
            series.Others = [.. all.Where(other => other != series)];
        }
    }

    private void Set(int row, in Candle candle)
    {
        (Open[row], High[row], Low[row], Close[row]) = (candle.Open, candle.High, candle.Low, candle.Close);
        LogClose[row] = Math.Log(candle.Close);
        (Volume[row], TakerBuyVolume[row]) = (candle.Volume, candle.TakerBuyVolume);
        (Spread[row], Imbalance[row], Whole[row]) = (candle.Spread, candle.Imbalance, true);
    }

    private void Fill(int row)
    {
        var close = Close[row - 1];
        (Open[row], High[row], Low[row], Close[row], LogClose[row]) = (close, close, close, close, LogClose[row - 1]);
        (Volume[row], TakerBuyVolume[row]) = (Volume[row - 1] * 0, TakerBuyVolume[row - 1] * 0); // NaN stays NaN
        (Spread[row], Imbalance[row]) = (double.NaN, double.NaN);
    }
}
