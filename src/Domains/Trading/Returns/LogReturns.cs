using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns;

/// <summary>
/// The labels <c>log_return_{h}h</c>: ln(C[t+h] / C[t]), said at the close of t and known at that of t+h. NaN for the last h rows, and
/// where any candle from t to t+h is missing.
/// </summary>
internal static class LogReturns
{
    /// <summary>A label for each row.</summary>
    public static double[] Of(FeatureSeries series, int horizon)
    {
        var (labels, missing) = (new double[series.Times.Count], MissingUpTo(series));
        labels.AsSpan().Fill(double.NaN);
        for (var t = 0; t + horizon < labels.Length; t++)
        {
            if (missing[t + horizon + 1] == missing[t])
            {
                labels[t] = Math.Log(series.Closes[t + horizon] / series.Closes[t]);
            }
        }

        return labels;
    }

    /// <summary>The return of the last h hours at each row; 0 where a candle of them is missing.</summary>
    public static double[] Before(FeatureSeries series, int horizon)
    {
        var (returns, missing) = (new double[series.Times.Count], MissingUpTo(series));
        for (var t = horizon; t < returns.Length; t++)
        {
            if (missing[t + 1] == missing[t - horizon])
            {
                returns[t] = Math.Log(series.Closes[t] / series.Closes[t - horizon]);
            }
        }

        return returns;
    }

    /// <summary>How many of the first candles are missing, for each number of them.</summary>
    private static int[] MissingUpTo(FeatureSeries series)
    {
        var counts = new int[series.Whole.Count + 1];
        for (var t = 0; t < series.Whole.Count; t++)
        {
            counts[t + 1] = counts[t] + (series.Whole[t] ? 0 : 1);
        }

        return counts;
    }
}
