using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Intervals;

/// <summary>The intervals of a walk's forecasts, each from what was known when it was made, and the reach of the one to come.</summary>
/// <param name="Reach">The half width of the next interval, in units of volatility times the root of the horizon.</param>
internal sealed record WalkIntervals(double[] Lower, double[] Upper, double Reach)
{
    /// <summary>
    /// Goes through a walk. Before the first fold the errors are those of forecasting no change on its training rows: nothing was fitted
    /// to make them.
    /// </summary>
    /// <param name="walk">With at least one row.</param>
    /// <param name="forecast">Of one method.</param>
    /// <param name="volatility">Of each row of the series, as known at it.</param>
    /// <param name="labels">Of each row of the series.</param>
    /// <param name="width">The share that intervals are to hold.</param>
    public static WalkIntervals Of(ReturnWalk walk, double[] forecast, double[] volatility, double[] labels, double width)
    {
        var (root, rows) = (Math.Sqrt(walk.Horizon), walk.Rows);
        var window = walk.Folds[0].Window;
        double[] before =
        [
            .. Enumerable
                .Range(window.TrainFrom, window.TrainTo - window.TrainFrom)
                .Where(row => double.IsFinite(labels[row]))
                .Select(row => Math.Abs(labels[row]) / (root * volatility[row])),
        ];
        var conformal = new RollingConformal(width, before);
        var (lower, upper, reaches) = (new double[rows.Length], new double[rows.Length], new double[rows.Length]);
        var learned = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            LearnUntil(rows[i]);
            reaches[i] = conformal.Reach;
            var half = reaches[i] * root * volatility[rows[i]];
            (lower[i], upper[i]) = (forecast[i] - half, forecast[i] + half);
        }

        LearnUntil(walk.Series.Times.Count);
        return new WalkIntervals(lower, upper, conformal.Reach);

        // The outcome of a row is known a horizon later.
        void LearnUntil(int row)
        {
            for (; learned < rows.Length && rows[learned] + walk.Horizon <= row; learned++)
            {
                var error = Math.Abs(walk.Actual[learned] - forecast[learned]);
                conformal.Learn(error / (root * volatility[rows[learned]]), reaches[learned]);
            }
        }
    }
}
