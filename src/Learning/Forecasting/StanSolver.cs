using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>Stan's way to the parameters: L-BFGS over k, m, δ, ln σ and β from Prophet's start, with at most 10,000 steps.</summary>
internal static class StanSolver
{
    /// <summary>Rows under which Prophet turns to Newton's method, which does not stop short of the optimum.</summary>
    public const int LeastRows = 100;

    private static readonly LbfgsOptions Settings = new() { MaximumIterations = 10_000 };

    /// <summary>Finds them; the changepoints are in scaled time and given under flat growth too.</summary>
    public static (ProphetParameters Parameters, double Objective) Solve(
        MapProblem problem,
        double[] changepoints,
        CancellationToken cancellationToken
    )
    {
        var posterior = new StanPosterior(problem, changepoints);
        var result = Lbfgs.Minimise(posterior.Evaluate, posterior.Start(), Settings, cancellationToken);
        var parameters = posterior.Parameters(result.X);
        return (parameters, problem.Objective(parameters));
    }
}
