using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>Divides rows by the bin of a column, in order, without a branch that could be mispredicted.</summary>
internal static class PartitionKernel
{
    /// <summary>Writes each row to the left or the right.</summary>
    /// <param name="column">The bin of each row of the table.</param>
    /// <param name="goesLeft">1 for bins that go left, 256 of them.</param>
    /// <param name="rows">Those to divide.</param>
    /// <param name="left">As long as the rows; its beginning gets those that go left.</param>
    /// <param name="right">The same for the others.</param>
    /// <returns>How many went left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Divide(
        ReadOnlySpan<byte> column,
        ReadOnlySpan<byte> goesLeft,
        ReadOnlySpan<int> rows,
        Span<int> left,
        Span<int> right
    )
    {
        ref var bins = ref MemoryMarshal.GetReference(column);
        ref var sides = ref MemoryMarshal.GetReference(goesLeft[..HistogramKernel.Bins]);
        ref var lefts = ref MemoryMarshal.GetReference(left[..rows.Length]);
        ref var rights = ref MemoryMarshal.GetReference(right[..rows.Length]);
        var (l, r) = (0, 0);
        foreach (var row in rows)
        {
            int side = Unsafe.Add(ref sides, (nint)Unsafe.Add(ref bins, row));
            Unsafe.Add(ref lefts, l) = row;
            Unsafe.Add(ref rights, r) = row;
            l += side;
            r += 1 - side;
        }

        return l;
    }
}
