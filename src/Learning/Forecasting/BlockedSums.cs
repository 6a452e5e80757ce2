using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// Products with the transpose of a matrix whose sums over the rows are taken as Eigen 3.3 takes them: row after row within blocks that fit
/// the first cache, and the blocks' sums one after another.
/// </summary>
internal static class BlockedSums
{
    /// <summary>What fits 48 KiB of first cache, which the machine of the reference results has.</summary>
    private const int MostRows = 760;

    private const int Step = 8;

    /// <summary>Rows of a block: as many blocks as <see cref="MostRows"/> asks for, the last one as large as it can be.</summary>
    public static int BlockOf(int rows)
    {
        var rest = rows % MostRows;
        return rows <= MostRows ? rows
            : rest == 0 ? MostRows
            : MostRows - (Step * ((MostRows - 1 - rest) / (Step * ((rows / MostRows) + 1))));
    }

    /// <summary>How many values a row takes up, so that vectors do not reach over its end.</summary>
    public static int StrideOf(int columns) => (columns + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>target = Mᵀv, for rows that follow each other and are as long as the target.</summary>
    public static void TransposedProduct(ReadOnlySpan<double> matrix, ReadOnlySpan<double> v, Span<double> target)
    {
        target.Clear();
        var stride = target.Length;
        var block = BlockOf(v.Length);
        for (var first = 0; first < v.Length; first += block)
        {
            var rows = Math.Min(block, v.Length - first);
            AddBlock(matrix.Slice(first * stride, rows * stride), v.Slice(first, rows), target);
        }
    }

    /// <summary>Four vectors of columns at a time, so that four sums grow side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(ReadOnlySpan<double> matrix, ReadOnlySpan<double> v, Span<double> target)
    {
        var stride = target.Length;
        var width = Vector<double>.Count;
        var column = 0;
        for (; column <= stride - (4 * width); column += 4 * width)
        {
            var (a, b, c, d) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
            for (var i = 0; i < v.Length; i++)
            {
                var row = matrix.Slice((i * stride) + column, 4 * width);
                var factor = new Vector<double>(v[i]);
                a += new Vector<double>(row) * factor;
                b += new Vector<double>(row[width..]) * factor;
                c += new Vector<double>(row[(2 * width)..]) * factor;
                d += new Vector<double>(row[(3 * width)..]) * factor;
            }

            Add(a, target[column..]);
            Add(b, target[(column + width)..]);
            Add(c, target[(column + (2 * width))..]);
            Add(d, target[(column + (3 * width))..]);
        }

        for (; column < stride; column += width)
        {
            var sum = Vector<double>.Zero;
            for (var i = 0; i < v.Length; i++)
            {
                sum += new Vector<double>(matrix[((i * stride) + column)..]) * new Vector<double>(v[i]);
            }

            Add(sum, target[column..]);
        }
    }

    private static void Add(Vector<double> sum, Span<double> target) => (new Vector<double>(target) + sum).CopyTo(target);
}
