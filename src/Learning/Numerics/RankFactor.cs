namespace Tradepost.Learning.Numerics;

/// <summary>
/// The shortest solution of Ax = b for a large symmetric matrix without negative eigenvalues whose columns depend on each other: Cholesky
/// with pivots gives A = LLᵀ with as many columns of L as are independent, and A⁺ = L(LᵀL)⁻²Lᵀ (P. Courrieu, "Fast computation of
/// Moore-Penrose inverse matrices", 2005). Time grows with size · rank², where eigenvalues by rotations take many times size³.
/// </summary>
internal sealed class RankFactor
{
    private readonly int size;

    /// <summary>The columns of L, one after another.</summary>
    private readonly List<double[]> columns;

    /// <summary>The factor of LᵀL.</summary>
    private readonly double[] inner;

    private RankFactor(int size, List<double[]> columns, double[] inner) => (this.size, this.columns, this.inner) = (size, columns, inner);

    public int Rank => columns.Count;

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">Both triangles; stays as it is.</param>
    /// <param name="share">What is left of a column, those before taken out, counts as rounding below this share of it.</param>
    public static RankFactor Of(ReadOnlySpan<double> matrix, int size, double share, CancellationToken cancellationToken)
    {
        var factor = Columns(matrix, size, share, cancellationToken);
        var rank = factor.Count;
        var products = new double[rank * rank];
        for (var i = 0; i < rank; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var j = 0; j <= i; j++)
            {
                products[(i * rank) + j] = Kernels.Dot(factor[i], factor[j]);
            }
        }

        return Cholesky.TryFactor(products, rank, rank, cancellationToken)
            ? new RankFactor(size, factor, products)
            : throw new InvalidOperationException("The columns that were found to be independent are not.");
    }

    /// <summary>The shortest x that minimises ‖Ax − b‖.</summary>
    public double[] SolveShortest(ReadOnlySpan<double> b)
    {
        var small = new double[Rank];
        for (var i = 0; i < small.Length; i++)
        {
            small[i] = Kernels.Dot(columns[i], b);
        }

        for (var twice = 0; twice < 2; twice++)
        {
            Cholesky.SolveLower(inner, Rank, Rank, small);
            Cholesky.SolveUpper(inner, Rank, Rank, small);
        }

        var x = new double[size];
        for (var i = 0; i < small.Length; i++)
        {
            Kernels.AddScaled(small[i], columns[i], x);
        }

        return x;
    }

    private static List<double[]> Columns(ReadOnlySpan<double> matrix, int size, double share, CancellationToken cancellationToken)
    {
        var found = new List<double[]>();
        var (left, isTaken) = (new double[size], new bool[size]);
        for (var i = 0; i < size; i++)
        {
            left[i] = matrix[(i * size) + i];
        }

        while (found.Count < size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pivot = MostIndependent(matrix, left, isTaken, share);
            if (pivot < 0)
            {
                break;
            }

            var column = matrix.Slice(pivot * size, size).ToArray();
            foreach (var before in found)
            {
                Kernels.AddScaled(-before[pivot], before, column);
            }

            var root = Math.Sqrt(left[pivot]);
            isTaken[pivot] = true;
            for (var i = 0; i < size; i++)
            {
                column[i] =
                    i == pivot ? root
                    : isTaken[i] ? 0
                    : column[i] / root;
                left[i] -= column[i] * column[i];
            }

            found.Add(column);
        }

        return found;
    }

    /// <summary>The variable of which the greatest share is left; -1 when of none more is left than rounding.</summary>
    private static int MostIndependent(ReadOnlySpan<double> matrix, double[] left, bool[] isTaken, double share)
    {
        var (most, greatest) = (-1, share);
        for (var i = 0; i < left.Length; i++)
        {
            if (!isTaken[i] && left[i] > greatest * matrix[(i * left.Length) + i])
            {
                (most, greatest) = (i, left[i] / matrix[(i * left.Length) + i]);
            }
        }

        return most;
    }
}
