using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>Solves (ZᵀZ + D) u = Zᵀy for a diagonal D.</summary>
internal static class RidgeSolver
{
    /// <summary>Below this share of a column's size what is left of it, the columns before taken out, is rounding.</summary>
    private const double Dependent = 1e-11;

    /// <summary>Above this share rounding in the normal equations is beyond what anybody reads, and no correction is needed.</summary>
    public const double Independent = 1e-3;

    /// <summary>Up to so many variables those that depend on each other are told apart by eigenvalues.</summary>
    private const int MostByEigenvalues = 256;

    private const int Corrections = 2;

    public static double[] Solve(LeastSquares problem, ReadOnlySpan<double> penalty, CancellationToken cancellationToken)
    {
        var p = problem.Columns;
        var gram = new double[p * p];
        problem.Scaled.Gram(gram);
        var u = Solve(gram, problem.Pull, penalty, problem.Scaled.IsConstant, cancellationToken, out var solver, out _);
        var residual = new double[problem.Scaled.Stride];
        var gradient = new double[p];
        for (var round = 0; round < Corrections; round++)
        {
            problem.Scaled.Residual(problem.Target, u, residual);
            problem.Scaled.TransposedProduct(residual, gradient);
            for (var j = 0; j < p; j++)
            {
                gradient[j] -= penalty[j] * u[j];
            }

            var step = solver(gradient);
            for (var j = 0; j < p; j++)
            {
                u[j] += step[j];
            }
        }

        return u;
    }

    /// <summary>Solves it once, and gives what solves it for other right-hand sides, and how independent the columns are.</summary>
    public static double[] Solve(
        double[] gram,
        ReadOnlySpan<double> pull,
        ReadOnlySpan<double> penalty,
        ReadOnlySpan<bool> isConstant,
        CancellationToken cancellationToken,
        out Func<double[], double[]> solver,
        out double share
    )
    {
        var p = pull.Length;
        for (var j = 0; j < p; j++)
        {
            gram[(j * p) + j] = isConstant[j] ? 1 : gram[(j * p) + j] + penalty[j];
        }

        var factor = gram.AsSpan().ToArray();
        share = Cholesky.TryFactor(factor, p, p, cancellationToken) ? LeastShare(factor, gram, p) : 0;
        if (share >= Dependent)
        {
            solver = right =>
            {
                var u = right.AsSpan().ToArray();
                Cholesky.SolveLower(factor, p, p, u);
                Cholesky.SolveUpper(factor, p, p, u);
                return u;
            };
        }
        else if (p <= MostByEigenvalues)
        {
            var eigen = SymmetricEigen.Of(gram, p, cancellationToken);
            solver = right => eigen.SolveShortest(right, Dependent);
        }
        else
        {
            var rank = RankFactor.Of(gram, p, Dependent, cancellationToken);
            solver = right => rank.SolveShortest(right);
        }

        return solver(pull.ToArray());
    }

    /// <summary>The least share of a column that is not in those before it.</summary>
    private static double LeastShare(double[] factor, double[] gram, int size)
    {
        var least = 1.0;
        for (var j = 0; j < size; j++)
        {
            var pivot = factor[(j * size) + j];
            least = Math.Min(least, pivot * pivot / gram[(j * size) + j]);
        }

        return least;
    }
}
