using System.Runtime.CompilerServices;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// A trend over k, m and δ, which start a point of <see cref="StanPosterior"/>, computed in the order in which Stan computes it and its
/// derivatives.
/// </summary>
internal abstract class StanTrend
{
    public static StanTrend Of(MapProblem problem, double[] changepoints) =>
        problem.Growth switch
        {
            Growth.Flat => new StanFlatTrend(),
            Growth.Linear => new StanLinearTrend(problem.T, changepoints),
            _ => new StanLogisticTrend(problem.T, problem.Caps!, changepoints),
        };

    public abstract void Evaluate(ReadOnlySpan<double> x, Span<double> trend);

    /// <summary>Adds Σ pullᵢ ∂trendᵢ/∂x to the gradient of the priors, at the point that was evaluated last.</summary>
    public abstract void AddGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> pull, Span<double> gradient);

    /// <summary>Onto a sum, from the last value to the first: a program is differentiated backwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected static double AddBackwards(double sum, ReadOnlySpan<double> values)
    {
        for (var i = values.Length - 1; i >= 0; i--)
        {
            sum += values[i];
        }

        return sum;
    }
}
