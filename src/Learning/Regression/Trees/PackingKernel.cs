using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>Derivatives to whole numbers.</summary>
internal static class PackingKernel
{
    /// <summary>Σ |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSizes(ReadOnlySpan<double> x)
    {
        var total = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            total += Vector.Abs(new Vector<double>(x[i..]));
        }

        var sum = Vector.Sum(total);
        for (; i < x.Length; i++)
        {
            sum += Math.Abs(x[i]);
        }

        return sum;
    }

    /// <summary>Rounds and packs; without second derivatives each is 1.</summary>
    /// <returns>The sum of what was packed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Pack(ReadOnlySpan<double> first, ReadOnlySpan<double> second, GradientScale scale, Span<long> packed)
    {
        // Adding 1.5 · 2⁵² to a double leaves the nearest whole number in its lower bits.
        const double Rounder = 6755399441055744.0;
        var sum = 0L;
        for (var i = 0; i < packed.Length; i++)
        {
            long gradient = (int)BitConverter.DoubleToInt64Bits((first[i] * scale.Gradient) + Rounder);
            long weight = second.IsEmpty ? 1 : (uint)BitConverter.DoubleToInt64Bits((second[i] * scale.Second) + Rounder);
            packed[i] = (gradient << 32) + weight;
            sum += packed[i];
        }

        return sum;
    }
}
