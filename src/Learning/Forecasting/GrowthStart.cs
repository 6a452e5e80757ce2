using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>Rate and offset of the trend through the first and the last row, in scaled units, as Prophet starts from them.</summary>
internal static class GrowthStart
{
    private const double LeastShare = 0.01;
    private const double GreatestShare = 0.99;

    public static (double K, double M) Of(MapProblem problem)
    {
        var (t, y) = (problem.T, problem.Y);
        var length = t[^1] - t[0];
        switch (problem.Growth)
        {
            case Growth.Flat:
                return (0, Sums.Mean(y));
            case Growth.Linear:
                var k = (y[^1] - y[0]) / length;
                return (k, y[0] - (k * t[0]));
            default:
                var first = Ratio(problem.Caps![0], y[0]);
                var last = Ratio(problem.Caps[^1], y[^1]);
                if (Math.Abs(first - last) <= 0.01)
                {
                    first *= 1.05;
                }

                var (l0, l1) = (Math.Log(first - 1), Math.Log(last - 1));
                return ((l0 - l1) / length, l0 * length / (l0 - l1));
        }
    }

    private static double Ratio(double cap, double y) => cap / Math.Clamp(y, LeastShare * cap, GreatestShare * cap);
}
