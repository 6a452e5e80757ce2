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

    /// <summary>Of each row.</summary>
    public static double[] Of(FeatureSeries series)
    {
        var (squares, result) = (Squares(series, 0, series.Closes.Count), new double[series.Closes.Count]);
        for (var t = 0; t < result.Length; t++)
        {
            result[t] = Of(squares.AsSpan(Math.Max(0, t - LookBack + 1)..(t + 1)));
        }

        return result;
    }

    /// <summary>Of one row: the same bits.</summary>
    public static double At(FeatureSeries series, int row) => Of(Squares(series, Math.Max(0, row - LookBack + 1), row + 1));

    /// <summary>The squared returns of rows; NaN beside a missing candle.</summary>
    private static double[] Squares(FeatureSeries series, int from, int to)
    {
        var squares = new double[to - from];
        for (var t = from; t < to; t++)
        {
            var isKnown = t > 0 && series.Whole[t] && series.Whole[t - 1];
            var change = isKnown ? Math.Log(series.Closes[t] / series.Closes[t - 1]) : double.NaN;
            squares[t - from] = change * change;
        }

        return squares;
    }

    // Every row adds up its own window from its oldest hour on: what was before it does not change a bit of it.
    private static double Of(ReadOnlySpan<double> squares)
    {
        var (ofMonth, ofDay) = (Mean(squares), Mean(squares[Math.Max(0, squares.Length - Short)..]));
        var variance = double.IsNaN(ofDay) ? ofMonth : 0.5 * (ofMonth + ofDay);
        return double.IsNaN(variance) ? Least : Math.Max(Least, Math.Sqrt(variance));
    }

    private static double Mean(ReadOnlySpan<double> squares)
    {
        var (sum, count) = (0.0, 0);
        foreach (var square in squares)
        {
            if (!double.IsNaN(square))
            {
                (sum, count) = (sum + square, count + 1);
            }
        }

        return sum / count;
    }
}
