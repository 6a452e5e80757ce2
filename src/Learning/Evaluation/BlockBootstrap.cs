using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Evaluation;

/// <summary>
/// The stationary bootstrap (D. Politis, J. Romano, JASA 89, 1994): resamples of a series made of blocks of random length that begin
/// anywhere and wrap around, which keep what neighbours have to do with each other.
/// </summary>
public static class BlockBootstrap
{
    /// <summary>One resample, as indices of the rows.</summary>
    /// <param name="rows">How many; at least 1.</param>
    /// <param name="meanBlock">Mean length of a block in rows; at least 1, which is the ordinary bootstrap.</param>
    /// <param name="random">Where the choice comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows, or blocks under 1.</exception>
    public static int[] Resample(int rows, double meanBlock, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(meanBlock, 1);
        ArgumentNullException.ThrowIfNull(random);
        var sample = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            sample[i] = i == 0 || random.NextDouble() < 1 / meanBlock ? random.NextInt(rows) : (sample[i - 1] + 1) % rows;
        }

        return sample;
    }

    /// <summary>A percentile interval of a statistic.</summary>
    /// <param name="values">The series, in order.</param>
    /// <param name="statistic">What is computed from a resample.</param>
    /// <param name="meanBlock">Mean length of a block in rows; at least 1.</param>
    /// <param name="level">Probability of the interval; above 0, under 1.</param>
    /// <param name="samples">Resamples; at least 1.</param>
    /// <param name="seed">The same gives the same interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting out of its range, or no values.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is looked at between two resamples.</exception>
    public static (double Lower, double Upper) Interval(
        double[] values,
        Func<double[], double> statistic,
        double meanBlock,
        double level = 0.9,
        int samples = 1000,
        long seed = 0,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is a probability above 0 and under 1.");
        }

        var random = new RandomStream(seed);
        var results = new double[samples];
        for (var s = 0; s < samples; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results[s] = statistic(Array.ConvertAll(Resample(values.Length, meanBlock, random), i => values[i]));
        }

        Array.Sort(results);
        return (Quantiles.OfSorted(results, (1 - level) / 2), Quantiles.OfSorted(results, (1 + level) / 2));
    }
}
