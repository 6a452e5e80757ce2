using System.Runtime.CompilerServices;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// The posterior of <see cref="MapProblem"/> over [k, m, δ, ln σ, β], its value and gradient computed operation by operation in the order
/// that Stan 2.21 takes for prophet.stan: where L-BFGS stops short depends on the last bit.
/// </summary>
internal sealed class StanPosterior
{
    private const double TrendScale = 5;
    private const double SigmaScale = 0.5;

    private readonly MapProblem problem;
    private readonly double[] changepoints;
    private readonly StanTrend trend;
    private readonly SeasonalityMode[] modes;
    private readonly double[] features;
    private readonly double[] columnSums;
    private readonly double[] level;
    private readonly double[] factor;
    private readonly double[] added;
    private readonly double[] pull;
    private readonly double[] product;

    /// <summary>
    /// Changepoints are in scaled time. Stan has a variable for each under flat growth too, and for one at the start where there is none.
    /// </summary>
    public StanPosterior(MapProblem problem, double[] changepoints)
    {
        this.problem = problem;
        this.changepoints = changepoints.Length > 0 ? changepoints : [0];
        trend = StanTrend.Of(problem, this.changepoints);
        modes = [.. problem.Columns.Select(column => column.Mode)];
        columnSums = new double[BlockedSums.StrideOf(modes.Length)];
        features = RowAfterRow(problem, columnSums.Length);
        (level, factor, added, pull, product) = (Rows(), Rows(), Rows(), Rows(), Rows());
        double[] Rows() => new double[problem.Rows];
    }

    private int SigmaIndex => 2 + changepoints.Length;

    private int BetaIndex => SigmaIndex + 1;

    public double[] Start()
    {
        // Without features Stan has one that is 0 in every row.
        var x = new double[BetaIndex + Math.Max(1, modes.Length)];
        (x[0], x[1]) = GrowthStart.Of(problem);
        return x;
    }

    public ProphetParameters Parameters(double[] x)
    {
        var (delta, beta, sigma) = (x[2..SigmaIndex], x[BetaIndex..(BetaIndex + modes.Length)], Math.Exp(x[SigmaIndex]));
        return problem.Changepoints.Length == 0
            ? new ProphetParameters(x[0] + delta.Sum(), x[1], [], beta, sigma)
            : new ProphetParameters(x[0], x[1], delta, beta, sigma);
    }

    /// <summary>Minus the logarithm of the density without its constants, and the gradient of that.</summary>
    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var sigma = Math.Exp(x[SigmaIndex]);
        EvaluateFeatures(x[BetaIndex..]);
        trend.Evaluate(x, level);
        var logDensity = Priors(x, sigma, gradient) + Likelihood(sigma, out var sigmaPull);
        gradient[SigmaIndex] = (sigmaPull + gradient[SigmaIndex]) * sigma;
        AddFeatureGradient(gradient[BetaIndex..]);
        Kernels.Multiply(factor, pull, pull);
        trend.AddGradient(x, pull, gradient);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = -gradient[i];
        }

        return sigma > 0 ? -logDensity : double.NaN;
    }

    /// <summary>The density of the priors, and its gradient by the parameters: by σ, not yet by ln σ.</summary>
    private double Priors(ReadOnlySpan<double> x, double sigma, Span<double> gradient)
    {
        var trends = Normal(x[0], 1 / TrendScale, out gradient[0]) + Normal(x[1], 1 / TrendScale, out gradient[1]);
        var (deltas, betas, inverseTau) = (0.0, 0.0, 1 / problem.Tau);
        for (var i = 2; i < SigmaIndex; i++)
        {
            deltas -= Math.Abs(x[i]) * inverseTau;
            gradient[i] = -(Math.Sign(x[i]) * inverseTau);
        }

        gradient[BetaIndex..].Clear();
        for (var j = 0; j < modes.Length; j++)
        {
            betas += Normal(x[BetaIndex + j], 1 / problem.Columns[j].PriorScale, out gradient[BetaIndex + j]);
        }

        return trends + deltas + Normal(sigma, 1 / SigmaScale, out gradient[SigmaIndex]) + betas;
    }

    private static double Normal(double value, double inverseScale, out double derivative)
    {
        var scaled = value * inverseScale;
        derivative = -(inverseScale * scaled);
        return -0.5 * (scaled * scaled);
    }

    /// <summary>
    /// The density of y around level · factor + added, and its derivatives: by the mean of each row into <see cref="pull"/>, and by σ.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Likelihood(double sigma, out double sigmaPull)
    {
        var (inverse, logSigma, y) = (1 / sigma, Math.Log(sigma), problem.Y);
        var (logDensity, sigmaSum) = (0.0, 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            var scaled = (y[i] - ((level[i] * factor[i]) + added[i])) * inverse;
            var square = scaled * scaled;
            logDensity -= logSigma;
            logDensity += -0.5 * square;
            pull[i] = inverse * scaled;
            sigmaSum += -inverse + (inverse * square);
        }

        sigmaPull = sigmaSum;
        return logDensity;
    }

    /// <summary>Xβ of the additive features, and 1 + Xβ of the multiplicative ones.</summary>
    private void EvaluateFeatures(ReadOnlySpan<double> beta)
    {
        added.AsSpan().Clear();
        factor.AsSpan().Clear();
        for (var j = 0; j < modes.Length; j++)
        {
            Kernels.AddScaled(
                beta[j],
                problem.Features.AsSpan(j * problem.Rows, problem.Rows),
                modes[j] == SeasonalityMode.Additive ? added : factor
            );
        }

        for (var i = 0; i < factor.Length; i++)
        {
            factor[i] = 1 + factor[i];
        }
    }

    private void AddFeatureGradient(Span<double> gradient)
    {
        AddFeatureGradient(SeasonalityMode.Additive, pull, gradient);
        Kernels.Multiply(level, pull, product);
        AddFeatureGradient(SeasonalityMode.Multiplicative, product, gradient);
    }

    private void AddFeatureGradient(SeasonalityMode mode, double[] meanPull, Span<double> gradient)
    {
        if (!modes.Contains(mode))
        {
            return;
        }

        BlockedSums.TransposedProduct(features, meanPull, columnSums);
        for (var j = 0; j < modes.Length; j++)
        {
            if (modes[j] == mode)
            {
                gradient[j] += columnSums[j];
            }
        }
    }

    private static double[] RowAfterRow(MapProblem problem, int stride)
    {
        var rows = new double[problem.Rows * stride];
        for (var j = 0; j < problem.Columns.Count; j++)
        {
            for (var i = 0; i < problem.Rows; i++)
            {
                rows[(i * stride) + j] = problem.Features[(j * problem.Rows) + i];
            }
        }

        return rows;
    }
}
