using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// Finds the most probable parameters by turns: σ in closed form, then all others at that σ. The second is a least-squares problem with an
/// L1 term in δ; the smooth variables are eliminated by Cholesky and the remaining small problem is solved to its optimality conditions.
/// Where the model is not linear in its parameters, it is linearised again and again with Levenberg's damping (proximal Gauss–Newton).
/// </summary>
/// <remarks>
/// σ starts large and only falls, so of several optima the one with the greatest σ is found; with as many features as rows the posterior
/// has no maximum (σ → 0), and that is the sensible answer.
/// </remarks>
internal sealed class ExactSolver
{
    private const int MostRounds = 400;
    private const double Tolerance = 1e-11;

    private readonly MapProblem problem;
    private readonly MapState state;
    private readonly LassoQuadratic lasso;
    private readonly double[] jacobian;
    private readonly double[] gram;
    private readonly double[] matrix;
    private readonly double[] pull;
    private readonly double[] right;
    private readonly double[] next;

    private ExactSolver(MapProblem problem)
    {
        this.problem = problem;
        var size = problem.Size;
        state = new MapState(problem.Rows);
        lasso = new LassoQuadratic(size - problem.SmoothSize);
        jacobian = new double[problem.Rows * size];
        (gram, matrix) = (new double[size * size], new double[size * size]);
        (pull, right, next) = (new double[size], new double[size], new double[size]);
    }

    public static (ProphetParameters Parameters, double Objective) Solve(MapProblem problem, CancellationToken cancellationToken) =>
        new ExactSolver(problem).Descend(problem.Start(), cancellationToken);

    private (ProphetParameters Parameters, double Objective) Descend(double[] theta, CancellationToken cancellationToken)
    {
        var rss = problem.Evaluate(theta, state);
        var variance = problem.BestVariance(rss);
        var value = problem.Objective(theta, rss, variance);
        var (damping, quiet) = (problem.IsConvex ? 0 : 1e-4, 0);
        for (var round = 0; round < MostRounds && quiet < 2; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (round == 0 || !problem.IsConvex)
            {
                problem.Jacobian(theta, state, jacobian);
                Kernels.Gram(jacobian, problem.Rows, problem.Size, gram, cancellationToken);
            }

            problem.TransposedProduct(theta, state, pull);
            if (!TryImprove(theta, variance, ref rss, ref damping, cancellationToken))
            {
                break;
            }

            variance = problem.BestVariance(rss);
            var after = problem.Objective(theta, rss, variance);
            quiet = value - after <= Tolerance * (1 + Math.Abs(after)) ? quiet + 1 : 0;
            value = after;
        }

        return (problem.Parameters(theta, variance), value);
    }

    /// <summary>One step at fixed σ, damped more until it does not lead up; false when none does.</summary>
    private bool TryImprove(double[] theta, double variance, ref double rss, ref double damping, CancellationToken cancellationToken)
    {
        var value = problem.Objective(theta, rss, variance);
        for (var attempt = 0; attempt < 40; attempt++)
        {
            if (TryStep(theta, variance, damping, cancellationToken))
            {
                var after = problem.Evaluate(next, state);
                var change = problem.Objective(next, after, variance) - value;
                if (change <= 1e-13 * Math.Abs(value))
                {
                    next.CopyTo(theta, 0);
                    rss = after;
                    damping = damping < 1e-9 ? 0 : damping / 8;
                    return true;
                }
            }

            damping = Math.Max(damping * 6, 1e-9);
        }

        rss = problem.Evaluate(theta, state);
        return false;
    }

    /// <summary>Minimises the quadratic model around θ with all priors into <see cref="next"/>.</summary>
    private bool TryStep(double[] theta, double variance, double damping, CancellationToken cancellationToken)
    {
        var (size, smooth) = (problem.Size, problem.SmoothSize);
        gram.CopyTo(matrix, 0);
        for (var i = 0; i < size; i++)
        {
            var extra = damping * (gram[(i * size) + i] + 1e-9);
            right[i] = Kernels.Dot(gram.AsSpan(i * size, size), theta) + pull[i] + (extra * theta[i]);
            matrix[(i * size) + i] += extra + (i < smooth ? variance * problem.Precision(i) : 0);
        }

        if (!Cholesky.TryFactor(matrix, size, smooth, cancellationToken))
        {
            return false;
        }

        Cholesky.SolveLower(matrix, size, smooth, right);
        var count = size - smooth;
        var step = next.AsSpan();
        theta.CopyTo(next, 0);
        if (count > 0)
        {
            var schur = new double[count * count];
            for (var i = 0; i < count; i++)
            {
                var row = matrix.AsSpan((smooth + i) * size, size);
                row.Slice(smooth, count).CopyTo(schur.AsSpan(i * count, count));
                right[smooth + i] -= Kernels.Dot(row[..smooth], right.AsSpan(0, smooth));
            }

            if (!lasso.TrySolve(schur, right.AsSpan(smooth, count), variance / problem.Tau, step[smooth..], cancellationToken))
            {
                return false;
            }
        }

        right.AsSpan(0, smooth).CopyTo(step);
        for (var i = smooth; i < size; i++)
        {
            Kernels.AddScaled(-next[i], matrix.AsSpan(i * size, smooth), step[..smooth]);
        }

        Cholesky.SolveUpper(matrix, size, smooth, step);
        return true;
    }
}
