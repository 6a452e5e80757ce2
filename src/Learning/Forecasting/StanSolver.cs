using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>Stan's way to the parameters: L-BFGS over k, m, δ, ln σ and β from Prophet's start, with at most 10,000 steps.</summary>
internal static class StanSolver
{
    /// <summary>Rows under which Prophet turns to Newton's method, which does not stop short of the optimum.</summary>
    public const int LeastRows = 100;

    private static readonly LbfgsOptions Settings = new() { MaximumIterations = 10_000 };

    public static (ProphetParameters Parameters, double Objective) Solve(MapProblem problem, CancellationToken cancellationToken)
    {
        var state = new MapState(problem.Rows);
        var theta = new double[problem.Size];
        var pull = new double[problem.Size];
        var result = Lbfgs.Minimise(Posterior, [.. problem.Start(), 0], Settings, cancellationToken);
        return (problem.Parameters(result.X[..^1], Math.Exp(2 * result.X[^1])), result.Value);

        double Posterior(ReadOnlySpan<double> x, Span<double> gradient)
        {
            x[..^1].CopyTo(theta);
            var variance = Math.Exp(2 * x[^1]);
            var rss = problem.Evaluate(theta, state);
            problem.TransposedProduct(theta, state, pull);
            for (var i = 0; i < theta.Length; i++)
            {
                gradient[i] = (-pull[i] / variance) + (i < problem.SmoothSize ? theta[i] * problem.Precision(i) : Math.Sign(theta[i]) / problem.Tau);
            }

            gradient[^1] = problem.Rows - (rss / variance) + (4 * variance);
            return variance > 0 ? problem.Objective(theta, rss, variance) : double.NaN;
        }
    }
}
