using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns.Intervals;

/// <summary>
/// The standard deviation of hourly log returns as it is known at each row: half of the variance is that of the last day, half that of the
/// last 30 days. Hours beside a missing candle do not count.
/// </summary>
internal static class RealisedVolatility
{
    /// <summary>Rows before a row from which it is reckoned.</summary>
    public const int LookBack = 720;

    private const int Short = 24;
    private const double Least = 1e-6;

    /// <summary>Of each row from one on.</summary>
    public static double[] Of(FeatureSeries series, int from = 0)
    {
        var (squares, result) = (new double[series.Closes.Count], new double[series.Closes.Count]);
        squares.AsSpan().Fill(double.NaN);
        for (var t = Math.Max(1, from - LookBack); t < squares.Length; t++)
        {
            if (series.Whole[t] && series.Whole[t - 1])
            {
                var change = Math.Log(series.Closes[t] / series.Closes[t - 1]);
                squares[t] = change * change;
            }
        }

        // Every row adds up its own window from its oldest hour on: what was before it does not change a bit of it.
        for (var t = from; t < result.Length; t++)
        {
            var (ofMonth, ofDay) = (Mean(squares, t, LookBack), Mean(squares, t, Short));
            var variance = double.IsNaN(ofDay) ? ofMonth : 0.5 * (ofMonth + ofDay);
            result[t] = double.IsNaN(variance) ? Least : Math.Max(Least, Math.Sqrt(variance));
        }

        return result;
    }

    private static double Mean(double[] squares, int last, int hours)
    {
        var (sum, count) = (0.0, 0);
        for (var t = Math.Max(0, last - hours + 1); t <= last; t++)
        {
            if (!double.IsNaN(squares[t]))
            {
                (sum, count) = (sum + squares[t], count + 1);
            }
        }

        return sum / count;
    }
}
