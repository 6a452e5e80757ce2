using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Sums of gradients per bin. Gradient and second derivative are whole numbers in one word (Y. Shi and others, "Quantized training of
/// gradient boosting decision trees", NeurIPS 2022): one addition does both, and sums do not depend on the order of rows.
/// </summary>
internal static class HistogramKernel
{
    public const int Bins = 256;
    public const int GroupSize = BinnedTable.GroupWidth * Bins;

    /// <summary>Adds all rows to the eight histograms of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAll(ReadOnlySpan<ulong> bins, ReadOnlySpan<long> gradients, Span<long> histogram)
    {
        ref var sums = ref MemoryMarshal.GetReference(histogram[..GroupSize]);
        for (var row = 0; row < bins.Length; row++)
        {
            Add(ref sums, bins[row], gradients[row]);
        }
    }

    /// <summary>Adds some of the rows to the eight histograms of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<ulong> bins, ReadOnlySpan<long> gradients, ReadOnlySpan<int> rows, Span<long> histogram)
    {
        ref var sums = ref MemoryMarshal.GetReference(histogram[..GroupSize]);
        ref var words = ref MemoryMarshal.GetReference(bins);
        ref var values = ref MemoryMarshal.GetReference(gradients);
        foreach (var row in rows)
        {
            Add(ref sums, Unsafe.Add(ref words, row), Unsafe.Add(ref values, row));
        }
    }

    /// <summary>parent −= child.</summary>
    public static void Subtract(Span<long> parent, ReadOnlySpan<long> child)
    {
        ref var to = ref MemoryMarshal.GetReference(parent);
        ref var from = ref MemoryMarshal.GetReference(child[..parent.Length]);
        for (nuint i = 0; i < (nuint)parent.Length; i += 8)
        {
            (Vector512.LoadUnsafe(ref to, i) - Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref long sums, ulong word, long gradient)
    {
        Unsafe.Add(ref sums, (nint)(byte)word) += gradient;
        Unsafe.Add(ref sums, (nint)(byte)(word >> 8) + Bins) += gradient;
        Unsafe.Add(ref sums, (nint)(byte)(word >> 16) + (2 * Bins)) += gradient;
        Unsafe.Add(ref sums, (nint)(byte)(word >> 24) + (3 * Bins)) += gradient;
        Unsafe.Add(ref sums, (nint)(byte)(word >> 32) + (4 * Bins)) += gradient;
        Unsafe.Add(ref sums, (nint)(byte)(word >> 40) + (5 * Bins)) += gradient;
        Unsafe.Add(ref sums, (nint)(byte)(word >> 48) + (6 * Bins)) += gradient;
        Unsafe.Add(ref sums, (nint)(word >> 56) + (7 * Bins)) += gradient;
    }
}
