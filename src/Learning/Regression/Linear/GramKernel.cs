using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// ZᵀWZ by tiles of four by four columns, whose sixteen sums stay in registers, over runs of rows that stay in the cache.
/// </summary>
internal static class GramKernel
{
    private const int Tile = 4;
    private const int Run = 512;

    /// <summary>Adds the lower triangle to <paramref name="gram"/>, row by row.</summary>
    /// <param name="z">The first value of the first column; the columns follow <paramref name="stride"/> apart.</param>
    /// <param name="length">Rows; a multiple of 8.</param>
    /// <param name="weights">One per row, or none.</param>
    public static void Add(
        ReadOnlySpan<double> z,
        int stride,
        int columns,
        int length,
        ReadOnlySpan<double> weights,
        Span<double> gram,
        CancellationToken cancellationToken
    )
    {
        var weighted = weights.IsEmpty ? [] : new double[Tile * Run];
        for (var from = 0; from < length; from += Run)
        {
            var run = Math.Min(Run, length - from);
            for (var i = 0; i < columns; i += Tile)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!weights.IsEmpty)
                {
                    Weigh(z[from..], stride, columns, i, run, weights.Slice(from, run), weighted);
                }

                for (var j = 0; j <= i; j += Tile)
                {
                    AddTile(z[from..], stride, columns, i, j, run, weights.IsEmpty ? [] : weighted, gram);
                }
            }
        }
    }

    private static void Weigh(
        ReadOnlySpan<double> z,
        int stride,
        int columns,
        int i,
        int run,
        ReadOnlySpan<double> weights,
        Span<double> weighted
    )
    {
        for (var k = 0; k < Tile; k++)
        {
            Numerics.Kernels.Multiply(z.Slice(Math.Min(i + k, columns - 1) * stride, run), weights, weighted.Slice(k * Run, run));
        }
    }

    /// <summary>Columns beyond the last are the last again, whose sums are not used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(
        ReadOnlySpan<double> z,
        int stride,
        int columns,
        int i,
        int j,
        int run,
        ReadOnlySpan<double> weighted,
        Span<double> gram
    )
    {
        ref var first = ref MemoryMarshal.GetReference(z);
        ref var left = ref weighted.IsEmpty ? ref first : ref MemoryMarshal.GetReference(weighted);
        nuint At(int column) => (nuint)(Math.Min(column, columns - 1) * (long)stride);
        var (a0, a1, a2, a3) = weighted.IsEmpty
            ? (At(i), At(i + 1), At(i + 2), At(i + 3))
            : (0, (nuint)Run, (nuint)(2 * Run), (nuint)(3 * Run));
        var (b0, b1, b2, b3) = (At(j), At(j + 1), At(j + 2), At(j + 3));
        var (s00, s01, s02, s03) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s10, s11, s12, s13) = (s00, s00, s00, s00);
        var (s20, s21, s22, s23) = (s00, s00, s00, s00);
        var (s30, s31, s32, s33) = (s00, s00, s00, s00);
        for (nuint row = 0; row < (nuint)run; row += 8)
        {
            var x0 = Vector512.LoadUnsafe(ref first, b0 + row);
            var x1 = Vector512.LoadUnsafe(ref first, b1 + row);
            var x2 = Vector512.LoadUnsafe(ref first, b2 + row);
            var x3 = Vector512.LoadUnsafe(ref first, b3 + row);
            var y = Vector512.LoadUnsafe(ref left, a0 + row);
            (s00, s01, s02, s03) = (
                Vector512.FusedMultiplyAdd(y, x0, s00),
                Vector512.FusedMultiplyAdd(y, x1, s01),
                Vector512.FusedMultiplyAdd(y, x2, s02),
                Vector512.FusedMultiplyAdd(y, x3, s03)
            );
            y = Vector512.LoadUnsafe(ref left, a1 + row);
            (s10, s11, s12, s13) = (
                Vector512.FusedMultiplyAdd(y, x0, s10),
                Vector512.FusedMultiplyAdd(y, x1, s11),
                Vector512.FusedMultiplyAdd(y, x2, s12),
                Vector512.FusedMultiplyAdd(y, x3, s13)
            );
            y = Vector512.LoadUnsafe(ref left, a2 + row);
            (s20, s21, s22, s23) = (
                Vector512.FusedMultiplyAdd(y, x0, s20),
                Vector512.FusedMultiplyAdd(y, x1, s21),
                Vector512.FusedMultiplyAdd(y, x2, s22),
                Vector512.FusedMultiplyAdd(y, x3, s23)
            );
            y = Vector512.LoadUnsafe(ref left, a3 + row);
            (s30, s31, s32, s33) = (
                Vector512.FusedMultiplyAdd(y, x0, s30),
                Vector512.FusedMultiplyAdd(y, x1, s31),
                Vector512.FusedMultiplyAdd(y, x2, s32),
                Vector512.FusedMultiplyAdd(y, x3, s33)
            );
        }

        Put(gram, columns, i, j, s00, s01, s02, s03);
        Put(gram, columns, i + 1, j, s10, s11, s12, s13);
        Put(gram, columns, i + 2, j, s20, s21, s22, s23);
        Put(gram, columns, i + 3, j, s30, s31, s32, s33);
    }

    private static void Put(
        Span<double> gram,
        int columns,
        int i,
        int j,
        Vector512<double> s0,
        Vector512<double> s1,
        Vector512<double> s2,
        Vector512<double> s3
    )
    {
        if (i >= columns)
        {
            return;
        }

        var row = gram.Slice(i * columns, columns);
        Put(row, i, j, s0);
        Put(row, i, j + 1, s1);
        Put(row, i, j + 2, s2);
        Put(row, i, j + 3, s3);
    }

    private static void Put(Span<double> row, int i, int j, Vector512<double> sum)
    {
        if (j <= i)
        {
            row[j] += Vector512.Sum(sum);
        }
    }
}
