using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// C = A·B or C += A·B in single precision, where an element of A is found by two steps, so that A may be transposed. Tiles of C are kept
/// in registers over the whole depth (K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34, 2008):
/// eight rows by 48 columns with 512-bit vectors, four by 16 otherwise. Nothing is packed or allocated: operands are as small as a block of
/// a batch and a layer, and stay in the cache of the core.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Rows of C must be a multiple of this.</summary>
    public const int RowMultiple = 8;

    /// <summary>Columns of C must be a multiple of this.</summary>
    public const int ColumnMultiple = 16;

    /// <summary>C (rows × columns) from A (rows × depth) and B (depth × columns).</summary>
    /// <param name="rowStep">How far apart neighbours in a column of A are; 1 when A is transposed.</param>
    /// <param name="step">How far apart neighbours in a row of A are.</param>
    /// <param name="bStep">Length of a row of B in its buffer.</param>
    /// <param name="cStep">Length of a row of C in its buffer.</param>
    /// <param name="adds">Whether C keeps what it holds and the product is added.</param>
    public static void Multiply(
        int rows,
        int columns,
        int depth,
        ReadOnlySpan<float> a,
        int rowStep,
        int step,
        ReadOnlySpan<float> b,
        int bStep,
        Span<float> c,
        int cStep,
        bool adds
    )
    {
        Debug.Assert(rows % RowMultiple == 0 && columns % ColumnMultiple == 0, "whole tiles");
        if (rows == 0 || columns == 0)
        {
            return;
        }

        // The kernels read and write without checks, so the corners that they reach are checked here.
        if (depth > 0)
        {
            _ = a[checked(((rows - 1) * rowStep) + ((depth - 1) * step))];
            _ = b[checked(((depth - 1) * bStep) + columns - 1)];
        }

        _ = c[checked(((rows - 1) * cStep) + columns - 1)];
        ref var firstA = ref MemoryMarshal.GetReference(a);
        ref var firstB = ref MemoryMarshal.GetReference(b);
        ref var firstC = ref MemoryMarshal.GetReference(c);
        var height = Vector512.IsHardwareAccelerated ? 8 : 4;
        for (var column = 0; column < columns; )
        {
            // One panel of B is used by all rows before the next, so that it is read from a near cache.
            var width = Vector512.IsHardwareAccelerated ? Math.Min(48, columns - column) : 16;
            ref var panel = ref Unsafe.Add(ref firstB, column);
            for (var row = 0; row < rows; row += height)
            {
                ref var block = ref Unsafe.Add(ref firstA, (nint)row * rowStep);
                ref var tile = ref Unsafe.Add(ref firstC, ((nint)row * cStep) + column);
                switch (width)
                {
                    case 48:
                        EightByFortyEight(ref block, rowStep, step, ref panel, bStep, depth, ref tile, cStep, adds);
                        break;
                    case 32:
                        EightByThirtyTwo(ref block, rowStep, step, ref panel, bStep, depth, ref tile, cStep, adds);
                        break;
                    case var _ when height == 8:
                        EightBySixteen(ref block, rowStep, step, ref panel, bStep, depth, ref tile, cStep, adds);
                        break;
                    default:
                        FourBySixteen(ref block, rowStep, step, ref panel, bStep, depth, ref tile, cStep, adds);
                        break;
                }
            }

            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByFortyEight(
        ref float a,
        nint rowStep,
        nint step,
        ref float b,
        nint bStep,
        int depth,
        ref float c,
        nint cStep,
        bool adds
    )
    {
        var (c00, c01, c02) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c10, c11, c12) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c20, c21, c22) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c30, c31, c32) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c40, c41, c42) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c50, c51, c52) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c60, c61, c62) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c70, c71, c72) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (two, three) = (2 * rowStep, 3 * rowStep);
        ref var lower = ref Unsafe.Add(ref a, 4 * rowStep);
        for (; depth > 0; depth--)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, 16);
            var b2 = Vector512.LoadUnsafe(ref b, 32);
            Vector512<float> x;
            x = Vector512.Create(a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            x = Vector512.Create(Unsafe.Add(ref a, rowStep));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            x = Vector512.Create(Unsafe.Add(ref a, two));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            x = Vector512.Create(Unsafe.Add(ref a, three));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            x = Vector512.Create(lower);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            c42 = Vector512.FusedMultiplyAdd(x, b2, c42);
            x = Vector512.Create(Unsafe.Add(ref lower, rowStep));
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            c52 = Vector512.FusedMultiplyAdd(x, b2, c52);
            x = Vector512.Create(Unsafe.Add(ref lower, two));
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            c62 = Vector512.FusedMultiplyAdd(x, b2, c62);
            x = Vector512.Create(Unsafe.Add(ref lower, three));
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            c72 = Vector512.FusedMultiplyAdd(x, b2, c72);
            a = ref Unsafe.Add(ref a, step);
            lower = ref Unsafe.Add(ref lower, step);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Store(ref c, c00, c01, c02, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c10, c11, c12, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c20, c21, c22, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c30, c31, c32, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c40, c41, c42, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c50, c51, c52, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c60, c61, c62, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c70, c71, c72, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightByThirtyTwo(
        ref float a,
        nint rowStep,
        nint step,
        ref float b,
        nint bStep,
        int depth,
        ref float c,
        nint cStep,
        bool adds
    )
    {
        var (c00, c01) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c10, c11) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c20, c21) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c30, c31) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c40, c41) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c50, c51) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c60, c61) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c70, c71) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (two, three) = (2 * rowStep, 3 * rowStep);
        ref var lower = ref Unsafe.Add(ref a, 4 * rowStep);
        for (; depth > 0; depth--)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, 16);
            Vector512<float> x;
            x = Vector512.Create(a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(Unsafe.Add(ref a, rowStep));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(Unsafe.Add(ref a, two));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(Unsafe.Add(ref a, three));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(lower);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(Unsafe.Add(ref lower, rowStep));
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(Unsafe.Add(ref lower, two));
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(Unsafe.Add(ref lower, three));
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            a = ref Unsafe.Add(ref a, step);
            lower = ref Unsafe.Add(ref lower, step);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Store(ref c, c00, c01, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c10, c11, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c20, c21, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c30, c31, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c40, c41, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c50, c51, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c60, c61, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c70, c71, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightBySixteen(
        ref float a,
        nint rowStep,
        nint step,
        ref float b,
        nint bStep,
        int depth,
        ref float c,
        nint cStep,
        bool adds
    )
    {
        var c00 = Vector512<float>.Zero;
        var c10 = Vector512<float>.Zero;
        var c20 = Vector512<float>.Zero;
        var c30 = Vector512<float>.Zero;
        var c40 = Vector512<float>.Zero;
        var c50 = Vector512<float>.Zero;
        var c60 = Vector512<float>.Zero;
        var c70 = Vector512<float>.Zero;
        var (two, three) = (2 * rowStep, 3 * rowStep);
        ref var lower = ref Unsafe.Add(ref a, 4 * rowStep);
        for (; depth > 0; depth--)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            Vector512<float> x;
            x = Vector512.Create(a);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            x = Vector512.Create(Unsafe.Add(ref a, rowStep));
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            x = Vector512.Create(Unsafe.Add(ref a, two));
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            x = Vector512.Create(Unsafe.Add(ref a, three));
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            x = Vector512.Create(lower);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            x = Vector512.Create(Unsafe.Add(ref lower, rowStep));
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            x = Vector512.Create(Unsafe.Add(ref lower, two));
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            x = Vector512.Create(Unsafe.Add(ref lower, three));
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            a = ref Unsafe.Add(ref a, step);
            lower = ref Unsafe.Add(ref lower, step);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Store(ref c, c00, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c10, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c20, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c30, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c40, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c50, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c60, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c70, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourBySixteen(
        ref float a,
        nint rowStep,
        nint step,
        ref float b,
        nint bStep,
        int depth,
        ref float c,
        nint cStep,
        bool adds
    )
    {
        var (c00, c01) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (c10, c11) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (c20, c21) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (c30, c31) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (two, three) = (2 * rowStep, 3 * rowStep);
        for (; depth > 0; depth--)
        {
            var b0 = Vector256.LoadUnsafe(ref b);
            var b1 = Vector256.LoadUnsafe(ref b, 8);
            Vector256<float> x;
            x = Vector256.Create(a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(Unsafe.Add(ref a, rowStep));
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(Unsafe.Add(ref a, two));
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(Unsafe.Add(ref a, three));
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            a = ref Unsafe.Add(ref a, step);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Store(ref c, c00, c01, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c10, c11, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c20, c21, adds);
        c = ref Unsafe.Add(ref c, cStep);
        Store(ref c, c30, c31, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, Vector512<float> first, Vector512<float> second, Vector512<float> third, bool adds)
    {
        Store(ref c, first, second, adds);
        Store(ref Unsafe.Add(ref c, 32), third, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, Vector512<float> first, Vector512<float> second, bool adds)
    {
        Store(ref c, first, adds);
        Store(ref Unsafe.Add(ref c, 16), second, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, Vector512<float> sum, bool adds) =>
        (adds ? sum + Vector512.LoadUnsafe(ref c) : sum).StoreUnsafe(ref c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, Vector256<float> first, Vector256<float> second, bool adds)
    {
        (adds ? first + Vector256.LoadUnsafe(ref c) : first).StoreUnsafe(ref c);
        (adds ? second + Vector256.LoadUnsafe(ref c, 8) : second).StoreUnsafe(ref c, 8);
    }
}
