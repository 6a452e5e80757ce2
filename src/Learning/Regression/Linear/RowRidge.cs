using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Least squares and ridge regression with more columns than rows, by the system that has an unknown per row: w = Xᵀ(XXᵀ + alpha I)⁻¹y (C.
/// Saunders, A. Gammerman, V. Vovk, "Ridge regression learning algorithm in dual variables", ICML 1998). Of least squares this is the
/// shortest solution, in units of the columns' deviations as where columns are fewer.
/// </summary>
internal static class RowRidge
{
    private const int Corrections = 2;
    private const int Padding = 8;
    private const int MaximumSlabs = 32;
    private const int LeastSlab = 2048;

    public static LinearModel Fit(
        string model,
        FeatureTable features,
        ReadOnlySpan<double> target,
        double alpha,
        bool intercept,
        int? threads,
        CancellationToken cancellationToken
    )
    {
        var problem = LeastSquares.Of(features, target, intercept, threads, cancellationToken);
        var scaled = problem.Scaled;
        var greatest = alpha == 0 ? 1 : Greatest(scaled);
        double[] shares =
        [
            .. scaled.Scales.Select(
                (scale, column) =>
                    scaled.IsConstant[column] ? 0
                    : alpha == 0 ? 1
                    : scale / greatest
            ),
        ];
        var gram = Products(scaled, shares, cancellationToken);
        var n = scaled.Rows;
        if (intercept)
        {
            Lift(gram, n);
        }

        var penalty = new double[n];
        penalty.AsSpan().Fill(alpha / (greatest * greatest));
        var weights = RidgeSolver.Solve(gram, problem.Target.AsSpan(0, n), penalty, new bool[n], cancellationToken, out var solver, out _);
        Correct(problem, shares, penalty[0], weights, solver);
        return problem.Model(model, Coefficients(scaled, shares, weights), 0, null);
    }

    /// <summary>XXᵀ of columns in units of which each is a share.</summary>
    internal static double[] Products(ScaledColumns scaled, double[] shares, CancellationToken cancellationToken)
    {
        var (n, p) = (scaled.Rows, scaled.Columns);
        var stride = (p + Padding - 1) / Padding * Padding;
        var across = new double[n * stride];
        for (var column = 0; column < p; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = scaled.Column(column);
            for (var row = 0; row < n; row++)
            {
                across[(row * stride) + column] = shares[column] * values[row];
            }
        }

        var gram = new double[n * n];
        var slabs = Math.Clamp(stride / LeastSlab, 1, MaximumSlabs);
        int Border(int slab) => slab == slabs ? stride : (int)((long)stride * slab / slabs) / Padding * Padding;
        Slabs.Sum(slabs, gram.Length, scaled.Threads, gram, (slab, sums) =>
            GramKernel.Add(across.AsSpan(Border(slab)), stride, n, Border(slab + 1) - Border(slab), [], sums, cancellationToken)
        );
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                gram[(i * n) + j] = gram[(j * n) + i];
            }
        }

        return gram;
    }

    private static double Greatest(ScaledColumns scaled)
    {
        var greatest = 0.0;
        for (var column = 0; column < scaled.Columns; column++)
        {
            greatest = scaled.IsConstant[column] ? greatest : Math.Max(greatest, scaled.Scales[column]);
        }

        return greatest > 0 ? greatest : 1;
    }

    /// <summary>
    /// Rows of centred columns add up to nothing, so one direction is lost, along which the centred target is nothing either. It is lifted
    /// to the size of the others, which changes no solution and leaves a matrix that can be factored.
    /// </summary>
    private static void Lift(double[] gram, int n)
    {
        var trace = 0.0;
        for (var i = 0; i < n; i++)
        {
            trace += gram[(i * n) + i];
        }

        var lift = trace / ((double)n * n);
        for (var i = 0; i < gram.Length; i++)
        {
            gram[i] += lift;
        }
    }

    /// <summary>With residuals from the columns themselves, which gives back the digits that squaring took.</summary>
    private static void Correct(LeastSquares problem, double[] shares, double penalty, double[] weights, Func<double[], double[]> solver)
    {
        var residual = new double[problem.Scaled.Stride];
        for (var round = 0; round < Corrections; round++)
        {
            problem.Scaled.Residual(problem.Target, Coefficients(problem.Scaled, shares, weights), residual);
            var left = residual[..weights.Length];
            Kernels.AddScaled(-penalty, weights, left);
            Kernels.AddScaled(1, solver(left), weights);
        }
    }

    private static double[] Coefficients(ScaledColumns scaled, double[] shares, double[] weights)
    {
        var padded = new double[scaled.Stride];
        weights.CopyTo(padded, 0);
        var coefficients = new double[scaled.Columns];
        scaled.TransposedProduct(padded, coefficients);
        for (var column = 0; column < coefficients.Length; column++)
        {
            coefficients[column] *= shares[column] * shares[column];
        }

        return coefficients;
    }
}
