using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tradepost.Learning.Numerics;

/// <summary>Sums over and shifts of a column, by vectors, in a fixed order.</summary>
internal static class Sums
{
    public static double Of(ReadOnlySpan<double> x) => OfDifferences(x, 0);

    /// <summary>Σ x, rounded once but for rare ties.</summary>
    public static double Compensated(ReadOnlySpan<double> x)
    {
        var (sum, lost) = WithLoss(x);
        return sum + lost;
    }

    /// <summary>Σ x / n, rounded once but for rare ties.</summary>
    public static double Mean(ReadOnlySpan<double> x)
    {
        var (sum, lost) = WithLoss(x);
        var mean = sum / x.Length;
        return mean + ((Math.FusedMultiplyAdd(-mean, x.Length, sum) + lost) / x.Length);
    }

    /// <summary>The sum, and what its additions lost: A. Neumaier, ZAMM 54, 1974.</summary>
    private static (double Sum, double Lost) WithLoss(ReadOnlySpan<double> x)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in x)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return (sum, lost);
    }

    /// <summary>Σ (x − shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfDifferences(ReadOnlySpan<double> x, double shift)
    {
        var width = Vector<double>.Count;
        var shifts = new Vector<double>(shift);
        var (first, second) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= x.Length - (2 * width); i += 2 * width)
        {
            first += new Vector<double>(x[i..]) - shifts;
            second += new Vector<double>(x[(i + width)..]) - shifts;
        }

        var sum = Vector.Sum(first + second);
        for (; i < x.Length; i++)
        {
            sum += x[i] - shift;
        }

        return sum;
    }

    /// <summary>target = x − shift; gives the sum of its squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Subtract(ReadOnlySpan<double> x, double shift, Span<double> target)
    {
        var width = Vector<double>.Count;
        var shifts = new Vector<double>(shift);
        var (first, second) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= x.Length - (2 * width); i += 2 * width)
        {
            var (a, b) = (new Vector<double>(x[i..]) - shifts, new Vector<double>(x[(i + width)..]) - shifts);
            a.CopyTo(target[i..]);
            b.CopyTo(target[(i + width)..]);
            first += a * a;
            second += b * b;
        }

        var squares = Vector.Sum(first + second);
        for (; i < x.Length; i++)
        {
            target[i] = x[i] - shift;
            squares += target[i] * target[i];
        }

        return squares;
    }

    /// <summary>x *= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Span<double> x, double factor)
    {
        var width = Vector<double>.Count;
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= x.Length - width; i += width)
        {
            (new Vector<double>(x[i..]) * factors).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= factor;
        }
    }
}
