using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Numerics;

/// <summary>
/// Inner loops over dense columns of doubles, by the widest vectors that the processor's <see cref="Vector{T}"/> offers.
/// They are compiled to their best at once: a command that fits one model would end before the runtime found them hot. Nothing is
/// allocated; spans of one call have one length. Sums are taken in a fixed order: the same input gives the same bits on one machine.
/// </summary>
internal static class Kernels
{
    /// <summary>Σ aᵢbᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var width = Vector<double>.Count;
        b = b[..a.Length];
        var (first, second) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= a.Length - (2 * width); i += 2 * width)
        {
            first += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
            second += new Vector<double>(a[(i + width)..]) * new Vector<double>(b[(i + width)..]);
        }

        var sum = Vector.Sum(first + second);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Σ aᵢbᵢ in the same order on every machine: that of Eigen 3.3 with vectors of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double PairedDot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var (first, second) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            first += Vector128.Create(a[i..]) * Vector128.Create(b[i..]);
            second += Vector128.Create(a[(i + 2)..]) * Vector128.Create(b[(i + 2)..]);
        }

        first += second;
        for (; i <= a.Length - 2; i += 2)
        {
            first += Vector128.Create(a[i..]) * Vector128.Create(b[i..]);
        }

        var sum = first[0] + first[1];
        return i < a.Length ? sum + (a[i] * b[i]) : sum;
    }

    /// <summary>y += factor · x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        var width = Vector<double>.Count;
        x = x[..y.Length];
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= y.Length - width; i += width)
        {
            (new Vector<double>(y[i..]) + (factors * new Vector<double>(x[i..]))).CopyTo(y[i..]);
        }

        for (; i < y.Length; i++)
        {
            y[i] += factor * x[i];
        }
    }

    /// <summary>target = a ∘ b, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= target.Length - width; i += width)
        {
            (new Vector<double>(a[i..]) * new Vector<double>(b[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = a[i] * b[i];
        }
    }

    /// <summary>
    /// G = XᵀX for <paramref name="columns"/> columns of <paramref name="rows"/> values, one after another in <paramref name="x"/>.
    /// Both triangles of the row-major <paramref name="gram"/> are written.
    /// </summary>
    public static void Gram(ReadOnlySpan<double> x, int rows, int columns, Span<double> gram, CancellationToken cancellationToken)
    {
        for (var i = 0; i < columns; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var column = x.Slice(i * rows, rows);
            var j = 0;
            for (; j + 3 <= i; j += 4)
            {
                FourDots(column, x.Slice(j * rows, 4 * rows), gram.Slice((i * columns) + j, 4));
            }

            for (; j <= i; j++)
            {
                gram[(i * columns) + j] = Dot(column, x.Slice(j * rows, rows));
            }
        }

        for (var i = 0; i < columns; i++)
        {
            for (var j = i + 1; j < columns; j++)
            {
                gram[(i * columns) + j] = gram[(j * columns) + i];
            }
        }
    }

    /// <summary>One column against four neighbours: its values are loaded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourDots(ReadOnlySpan<double> a, ReadOnlySpan<double> four, Span<double> dots)
    {
        var n = a.Length;
        var width = Vector<double>.Count;
        var b = four[..n];
        var c = four.Slice(n, n);
        var d = four.Slice(2 * n, n);
        var e = four.Slice(3 * n, n);
        var (sb, sc, sd, se) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= n - width; i += width)
        {
            var values = new Vector<double>(a[i..]);
            sb += values * new Vector<double>(b[i..]);
            sc += values * new Vector<double>(c[i..]);
            sd += values * new Vector<double>(d[i..]);
            se += values * new Vector<double>(e[i..]);
        }

        (dots[0], dots[1], dots[2], dots[3]) = (Vector.Sum(sb), Vector.Sum(sc), Vector.Sum(sd), Vector.Sum(se));
        for (; i < n; i++)
        {
            dots[0] += a[i] * b[i];
            dots[1] += a[i] * c[i];
            dots[2] += a[i] * d[i];
            dots[3] += a[i] * e[i];
        }
    }
}
