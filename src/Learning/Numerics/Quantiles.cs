namespace Tradepost.Learning.Numerics;

/// <summary>
/// Quantiles of samples, by linear interpolation between order statistics (R. Hyndman, Y. Fan 1996, type 7: the default of R and NumPy).
/// </summary>
public static class Quantiles
{
    /// <summary>The quantile of values that are sorted upwards.</summary>
    /// <exception cref="ArgumentException">No values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability outside 0 … 1.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("A quantile needs at least one value.", nameof(sorted));
        }

        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1.");
        }

        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The quantile of values in any order; they stay as they are.</summary>
    /// <exception cref="ArgumentException">No values.</exception>
    public static double Of(ReadOnlySpan<double> values, double probability)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted, probability);
    }

    /// <summary>The median of values in any order; they stay as they are.</summary>
    /// <exception cref="ArgumentException">No values.</exception>
    public static double Median(ReadOnlySpan<double> values) => Of(values, 0.5);

    /// <summary>The quantile of values that may be rearranged, in time proportional to their number.</summary>
    internal static double Select(Span<double> values, double probability)
    {
        var position = (values.Length - 1) * probability;
        var below = (int)position;
        Partition(values, below);
        if (below + 1 == values.Length)
        {
            return values[below];
        }

        var above = values[below + 1];
        foreach (var value in values[(below + 2)..])
        {
            above = Math.Min(above, value);
        }

        return values[below] + ((position - below) * (above - values[below]));
    }

    /// <summary>C. Hoare's selection: afterwards no value before the rank is greater, and none after it smaller.</summary>
    private static void Partition(Span<double> values, int rank)
    {
        var (first, last) = (0, values.Length - 1);
        while (first < last)
        {
            var pivot = values[(first + last) / 2];
            var (i, j) = (first, last);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    (i, j) = (i + 1, j - 1);
                }
            }

            (first, last) =
                rank <= j ? (first, j)
                : rank >= i ? (i, last)
                : (rank, rank);
        }
    }
}
