using System.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Sums and rows per bin of one column of one node. Only bins that have rows are looked at, so a node of ten rows costs ten steps.
/// </summary>
internal sealed class NodeHistogram
{
    /// <summary>Gains under this share of the node's score are rounding.</summary>
    private const double Rounding = 1e-12;

    private readonly long[] sums = new long[HistogramKernel.Bins];
    private readonly int[] counts = new int[HistogramKernel.Bins];
    private readonly ulong[] occupied = new ulong[HistogramKernel.Bins / 64];
    private readonly int[] present = new int[HistogramKernel.Bins];
    private readonly double[] order = new double[HistogramKernel.Bins];
    private int presentCount;

    public void Fill(ReadOnlySpan<byte> bins, ReadOnlySpan<long> packed, ReadOnlySpan<int> rows)
    {
        foreach (var bin in present.AsSpan(0, presentCount))
        {
            (sums[bin], counts[bin]) = (0, 0);
        }

        occupied.AsSpan().Clear();
        foreach (var row in rows)
        {
            var bin = bins[row];
            sums[bin] += packed[row];
            counts[bin]++;
            occupied[bin >> 6] |= 1UL << bin;
        }

        presentCount = 0;
        for (var word = 0; word < occupied.Length; word++)
        {
            for (var bits = occupied[word]; bits != 0; bits &= bits - 1)
            {
                present[presentCount++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }
    }

    /// <summary>The best split, or one whose gain is 0.</summary>
    public Split Find(int feature, bool isCategorical, GrowingNode node, int leastRows)
    {
        if (isCategorical)
        {
            return FindCategories(feature, node, leastRows);
        }

        var hasMissing = presentCount > 0 && present[presentCount - 1] == FeatureBins.Missing;
        var numbers = hasMissing ? presentCount - 1 : presentCount;
        var best = Scan(feature, node, leastRows, numbers, hasMissing, 0, 0);
        if (
            hasMissing
            && Scan(feature, node, leastRows, numbers, false, sums[FeatureBins.Missing], counts[FeatureBins.Missing]) is var other
            && other.Gain > best.Gain
        )
        {
            return other with { MissingLeft = true };
        }

        return hasMissing || best.Feature < 0
            ? best
            : best with
            {
                MissingLeft = PackedSum.Second(best.Left) * 2 > PackedSum.Second(node.Sum),
            };
    }

    private Split Scan(int feature, GrowingNode node, int leastRows, int numbers, bool missingRight, long left, int leftRows)
    {
        var parent = Score(node.Sum);
        var best = Split.None with { Gain = parent * Rounding };
        for (var i = 0; i < (missingRight ? numbers : numbers - 1); i++)
        {
            var bin = present[i];
            left += sums[bin];
            leftRows += counts[bin];
            if (leftRows < leastRows || node.Count - leftRows < leastRows)
            {
                continue;
            }

            var gain = Score(left) + Score(node.Sum - left) - parent;
            if (gain > best.Gain)
            {
                // Half way to the next bin that has rows.
                var border = i + 1 < numbers ? bin + ((present[i + 1] - 1 - bin) / 2) : bin;
                best = new Split(feature, border, gain, false, left, null);
            }
        }

        return best.Feature < 0 ? Split.None : best;
    }

    private Split FindCategories(int feature, GrowingNode node, int leastRows)
    {
        for (var i = 0; i < presentCount; i++)
        {
            order[i] = PackedSum.Gradient(sums[present[i]]) / PackedSum.Second(sums[present[i]]);
        }

        Array.Sort(order, present, 0, presentCount);
        var split = Scan(feature, node, leastRows, presentCount, false, 0, 0);
        if (split.Feature < 0)
        {
            return split;
        }

        var (goesLeft, sum) = (new byte[HistogramKernel.Bins], 0L);
        for (var i = 0; sum != split.Left || goesLeft[present[0]] == 0; i++)
        {
            goesLeft[present[i]] = 1;
            sum += sums[present[i]];
        }

        var missing =
            counts[FeatureBins.Missing] > 0
                ? goesLeft[FeatureBins.Missing] == 1
                : PackedSum.Second(split.Left) * 2 > PackedSum.Second(node.Sum);
        return split with { Categories = goesLeft, MissingLeft = missing };
    }

    private static double Score(long sum)
    {
        var gradient = PackedSum.Gradient(sum);
        return gradient * gradient / PackedSum.Second(sum);
    }
}
