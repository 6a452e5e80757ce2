namespace Tradepost.Learning.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).
/// </summary>
internal sealed class SymmetricEigen
{
    private const int MaximumSweeps = 60;

    private readonly int size;
    private readonly double[] values;

    /// <summary>Eigenvectors in rows.</summary>
    private readonly double[] vectors;

    private SymmetricEigen(int size, double[] values, double[] vectors) => (this.size, this.values, this.vectors) = (size, values, vectors);

    public ReadOnlySpan<double> Values => values;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">Row by row; stays as it is.</param>
    /// <param name="size">Rows and columns.</param>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int size, CancellationToken cancellationToken)
    {
        var a = matrix.ToArray();
        var rotations = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            rotations[(i * size) + i] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && !IsDiagonal(a, size); sweep++)
        {
            for (var p = 0; p < size - 1; p++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var q = p + 1; q < size; q++)
                {
                    Rotate(a, rotations, size, p, q);
                }
            }
        }

        var diagonal = new double[size];
        for (var i = 0; i < size; i++)
        {
            diagonal[i] = a[(i * size) + i];
        }

        return new SymmetricEigen(size, diagonal, rotations);
    }

    /// <summary>
    /// The shortest x that minimises ‖Ax − b‖; directions whose eigenvalue is under a share of the greatest count as none.
    /// </summary>
    public double[] SolveShortest(ReadOnlySpan<double> b, double share)
    {
        var greatest = 0.0;
        foreach (var value in values)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        var x = new double[size];
        for (var i = 0; i < size; i++)
        {
            if (values[i] > share * greatest)
            {
                var vector = vectors.AsSpan(i * size, size);
                Kernels.AddScaled(Kernels.Dot(vector, b) / values[i], vector, x);
            }
        }

        return x;
    }

    private static bool IsDiagonal(double[] a, int size)
    {
        var (off, on) = (0.0, 0.0);
        for (var i = 0; i < size; i++)
        {
            on += a[(i * size) + i] * a[(i * size) + i];
            for (var j = 0; j < i; j++)
            {
                off += a[(i * size) + j] * a[(i * size) + j];
            }
        }

        return off <= 1e-32 * on;
    }

    private static void Rotate(double[] a, double[] rotations, int size, int p, int q)
    {
        var between = a[(p * size) + q];
        if (between == 0)
        {
            return;
        }

        var theta = (a[(q * size) + q] - a[(p * size) + p]) / (2 * between);
        var t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < size; k++)
        {
            var (kp, kq) = (a[(k * size) + p], a[(k * size) + q]);
            (a[(k * size) + p], a[(k * size) + q]) = ((c * kp) - (s * kq), (s * kp) + (c * kq));
        }

        for (var k = 0; k < size; k++)
        {
            var (pk, qk) = (a[(p * size) + k], a[(q * size) + k]);
            (a[(p * size) + k], a[(q * size) + k]) = ((c * pk) - (s * qk), (s * pk) + (c * qk));
            var (vp, vq) = (rotations[(p * size) + k], rotations[(q * size) + k]);
            (rotations[(p * size) + k], rotations[(q * size) + k]) = ((c * vp) - (s * vq), (s * vp) + (c * vq));
        }
    }
}
