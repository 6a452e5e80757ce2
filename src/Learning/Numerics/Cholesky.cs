namespace Tradepost.Learning.Numerics;

/// <summary>The factor L of a symmetric positive definite matrix A = LLᵀ, row by row in one array.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 4.2. Only the lower triangle is read and written.</remarks>
internal static class Cholesky
{
    /// <summary>
    /// Eliminates the first <paramref name="count"/> of <paramref name="size"/> variables in place: their columns become those of L,
    /// and what remains of the lower triangle becomes the Schur complement. With all variables eliminated that is the whole factor.
    /// </summary>
    /// <returns>False when a pivot is not positive: the matrix is not positive definite, and <paramref name="a"/> is spoilt.</returns>
    public static bool TryFactor(Span<double> a, int size, int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = a.Slice(i * size, size);
            var columns = Math.Min(i, count);
            for (var j = 0; j < columns; j++)
            {
                var other = a.Slice(j * size, size);
                row[j] = (row[j] - Kernels.Dot(row[..j], other[..j])) / other[j];
            }

            if (i >= count)
            {
                for (var j = count; j <= i; j++)
                {
                    row[j] -= Kernels.Dot(row[..count], a.Slice(j * size, count));
                }

                continue;
            }

            var before = row[i];
            var pivot = before - Kernels.Dot(row[..i], row[..i]);
            if (!(pivot > before * 1e-15) || !double.IsFinite(pivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>
    /// Solves Lx = b in place for the first <paramref name="count"/> variables; <paramref name="stride"/> values are in each row of L.
    /// </summary>
    public static void SolveLower(ReadOnlySpan<double> l, int stride, int count, Span<double> b)
    {
        for (var i = 0; i < count; i++)
        {
            b[i] = (b[i] - Kernels.Dot(l.Slice(i * stride, i), b[..i])) / l[(i * stride) + i];
        }
    }

    /// <summary>Solves Lᵀx = b in place for the first <paramref name="count"/> variables.</summary>
    public static void SolveUpper(ReadOnlySpan<double> l, int stride, int count, Span<double> b)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            b[i] /= l[(i * stride) + i];
            Kernels.AddScaled(-b[i], l.Slice(i * stride, i), b[..i]);
        }
    }
}
