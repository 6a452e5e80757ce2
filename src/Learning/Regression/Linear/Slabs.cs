using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Sums over rows that are taken slab by slab, several at a time, and added in the order of the slabs: they do not depend on the number of
/// threads. Where what a slab adds is large, no more of it is held than there are threads.
/// </summary>
internal static class Slabs
{
    /// <summary>Up to so many numbers all slabs are held, and nobody waits for the slowest of a few.</summary>
    private const long MostAtOnce = 1 << 24;

    /// <summary>Adds up what each slab computes from zeros, in order.</summary>
    /// <param name="count">How many slabs.</param>
    /// <param name="size">Numbers that a slab computes.</param>
    public static void Sum(int count, int size, ParallelOptions parallel, Span<double> total, Action<int, double[]> action)
    {
        total.Clear();
        var together = (long)count * size <= MostAtOnce ? count : Math.Max(1, parallel.MaxDegreeOfParallelism);
        var parts = new double[Math.Min(count, together)][];
        for (var from = 0; from < count; from += together)
        {
            var some = Math.Min(together, count - from);
            Parallel.For(0, some, parallel, slab => action(from + slab, parts[slab] = new double[size]));
            for (var slab = 0; slab < some; slab++)
            {
                Kernels.AddScaled(1, parts[slab], total);
            }
        }
    }
}
