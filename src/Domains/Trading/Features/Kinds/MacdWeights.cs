namespace Tradepost.Trading.Features.Kinds;

/// <summary>
/// Moving average convergence and divergence as weights of closes: exponential means are sums with fixed weights, and so is an exponential
/// mean of their difference. Weights of closes older than the memory are left out; they are below 1e-3 of all.
/// </summary>
internal static class MacdWeights
{
    /// <summary>Hours before the newest that the line needs.</summary>
    public const int LineMemory = Closes - 1;

    /// <summary>Hours before the newest that the histogram needs.</summary>
    public const int HistogramMemory = Closes + Signals - 2;

    private const int Fast = 12;
    private const int Slow = 26;
    private const int Signal = 9;
    private const int Closes = 104;
    private const int Signals = 36;

    /// <summary>Of EMA 12 less EMA 26, the newest close first.</summary>
    public static readonly double[] Line =
    [
        .. Averages.Exponential(2.0 / (Fast + 1), Closes).Zip(Averages.Exponential(2.0 / (Slow + 1), Closes), (fast, slow) => fast - slow),
    ];

    /// <summary>Of the line less its EMA 9, the newest close first.</summary>
    public static readonly double[] Histogram = HistogramOf(Averages.Exponential(2.0 / (Signal + 1), Signals));

    private static double[] HistogramOf(double[] signal)
    {
        var weights = new double[Closes + Signals - 1];
        Line.CopyTo(weights, 0);
        for (var i = 0; i < Signals; i++)
        {
            for (var j = 0; j < Closes; j++)
            {
                weights[i + j] -= signal[i] * Line[j];
            }
        }

        return weights;
    }
}
