using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// The best split of a histogram: GL²/(HL + λ) + GR²/(HR + λ) − G²/(H + λ) (T. Chen, C. Guestrin, KDD 2016, equation 7), for all borders
/// eight at a time. Categories are sorted by gradient over second derivative first (W. Fisher 1958): the best division is among the borders
/// then.
/// </summary>
/// <remarks>One per worker: it keeps buffers.</remarks>
internal sealed class SplitFinder
{
    private const double CategorySmoothing = 10;
    private const int Lanes = 8;

    private readonly long[] prefix = new long[HistogramKernel.Bins];
    private readonly double[] order = new double[HistogramKernel.Bins];
    private readonly int[] sorted = new int[HistogramKernel.Bins];

    /// <summary>The best split on a feature, or one whose gain is 0 when none is better than not to split.</summary>
    /// <param name="histogram">256 sums.</param>
    /// <param name="total">Of all bins.</param>
    /// <param name="lambda">Added to second derivatives.</param>
    /// <param name="least">A side's second derivative is at least this; above 0.</param>
    /// <param name="smoothingUnit">What a row's second derivative is on average.</param>
    public Split Find(
        ReadOnlySpan<long> histogram,
        int feature,
        FeatureBins bins,
        long total,
        double lambda,
        double least,
        double smoothingUnit
    )
    {
        if (bins.IsCategorical)
        {
            return FindCategories(histogram, feature, total, lambda, least, smoothingUnit);
        }

        var missing = histogram[FeatureBins.Missing];
        var borders = missing == 0 ? bins.Count - 1 : bins.Count;
        if (borders < 1)
        {
            return Split.None;
        }

        var sum = 0L;
        for (var bin = 0; bin < borders; bin++)
        {
            prefix[bin] = sum += histogram[bin];
        }

        var padded = (borders + Lanes - 1) / Lanes * Lanes;
        for (var bin = borders; bin < padded; bin++)
        {
            prefix[bin] = total;
        }

        var parent = Score(total, lambda);
        var (at, gain) = Best(prefix.AsSpan(0, padded), total, 0, lambda, least);
        var best = at < 0 || gain <= parent ? Split.None : new Split(feature, at, gain - parent, false, prefix[at], null);
        if (missing == 0)
        {
            return best.Feature < 0 ? best : best with { MissingLeft = PackedSum.Second(best.Left) * 2 > PackedSum.Second(total) };
        }

        (at, gain) = Best(prefix.AsSpan(0, padded), total, missing, lambda, least);
        return at >= 0 && gain - parent > best.Gain ? new Split(feature, at, gain - parent, true, prefix[at] + missing, null) : best;
    }

    /// <summary>The first border of the greatest GL²/(HL + λ) + GR²/(HR + λ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int At, double Gain) Best(ReadOnlySpan<long> prefix, long total, long shift, double lambda, double least)
    {
        ref var first = ref MemoryMarshal.GetReference(prefix);
        var (g, h) = (Vector512.Create(PackedSum.Gradient(total)), Vector512.Create(PackedSum.Second(total)));
        var (lambdas, leasts, shifts, low) = (
            Vector512.Create(lambda),
            Vector512.Create(least),
            Vector512.Create(shift),
            Vector512.Create(0xffffffffL)
        );
        var best = Vector512.Create(double.NegativeInfinity);
        var where = Vector512.Create(-1L);
        var here = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        for (nuint i = 0; i < (nuint)prefix.Length; i += Lanes)
        {
            var sums = Vector512.LoadUnsafe(ref first, i) + shifts;
            var gl = Vector512.ConvertToDouble(sums >> 32);
            var hl = Vector512.ConvertToDouble(sums & low);
            var gr = g - gl;
            var hr = h - hl;
            var (dl, dr) = (hl + lambdas, hr + lambdas);
            var gain = ((gl * gl * dr) + (gr * gr * dl)) / (dl * dr);
            var better =
                Vector512.GreaterThanOrEqual(hl, leasts) & Vector512.GreaterThanOrEqual(hr, leasts) & Vector512.GreaterThan(gain, best);
            best = Vector512.ConditionalSelect(better, gain, best);
            where = Vector512.ConditionalSelect(better.AsInt64(), here, where);
            here += Vector512.Create((long)Lanes);
        }

        var (at, greatest) = (-1L, double.NegativeInfinity);
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (where[lane] >= 0 && (best[lane] > greatest || (best[lane] == greatest && where[lane] < at)))
            {
                (at, greatest) = (where[lane], best[lane]);
            }
        }

        return ((int)at, greatest);
    }

    private Split FindCategories(ReadOnlySpan<long> histogram, int feature, long total, double lambda, double least, double smoothingUnit)
    {
        var count = 0;
        for (var bin = 0; bin < HistogramKernel.Bins; bin++)
        {
            var second = PackedSum.Second(histogram[bin]);
            if (second > 0)
            {
                order[count] = PackedSum.Gradient(histogram[bin]) / (second + (CategorySmoothing * smoothingUnit));
                sorted[count++] = bin;
            }
        }

        Array.Sort(order, sorted, 0, count);
        var (best, at, leftSum, left) = (Score(total, lambda), -1, 0L, 0L);
        var parent = best;
        for (var i = 0; i < count - 1; i++)
        {
            left += histogram[sorted[i]];
            var right = total - left;
            if (
                PackedSum.Second(left) >= least
                && PackedSum.Second(right) >= least
                && Score(left, lambda) + Score(right, lambda) is var score
                && score > best
            )
            {
                (best, at, leftSum) = (score, i, left);
            }
        }

        if (at < 0)
        {
            return Split.None;
        }

        var goesLeft = new byte[HistogramKernel.Bins];
        foreach (var bin in sorted.AsSpan(0, at + 1))
        {
            goesLeft[bin] = 1;
        }

        var missingLeft =
            histogram[FeatureBins.Missing] != 0
                ? goesLeft[FeatureBins.Missing] == 1
                : PackedSum.Second(leftSum) * 2 > PackedSum.Second(total);
        return new Split(feature, at, best - parent, missingLeft, leftSum, goesLeft);
    }

    private static double Score(long sum, double lambda)
    {
        var gradient = PackedSum.Gradient(sum);
        return gradient * gradient / (PackedSum.Second(sum) + lambda);
    }
}
