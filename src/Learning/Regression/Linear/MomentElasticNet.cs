using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>
/// Elastic net from means and products alone: coordinate descent with covariance updates (J. Friedman and others, Journal of Statistical
/// Software 33, 2010) finds which coefficients are not zero, and the linear equations of these give them to the last digits.
/// </summary>
internal static class MomentElasticNet
{
    private const int MostSweeps = 10_000;
    private const double Settled = 1e-12;

    /// <summary>Minimises ‖y − Xw‖²/2n + alpha l1_ratio ‖w‖₁ + alpha (1 − l1_ratio)/2 ‖w‖².</summary>
    /// <param name="features">The columns' names.</param>
    /// <param name="rows">How many rows the products are of.</param>
    /// <param name="means">Of the columns and, last, the target.</param>
    /// <param name="products">About the means, row by row; the lower triangle is read.</param>
    /// <param name="alpha">Weight of the penalty; above 0.</param>
    /// <param name="l1Ratio">Share of the absolute coefficients in it; above 0, at most 1.</param>
    public static LinearModel Solve(
        IReadOnlyList<string> features,
        long rows,
        double[] means,
        double[] products,
        double alpha,
        double l1Ratio,
        CancellationToken cancellationToken
    )
    {
        var (p, size) = (features.Count, features.Count + 1);
        var (a, b, x) = (new double[p * p], new double[p], new double[p]);
        var (absolute, squared) = (alpha * l1Ratio, alpha * (1 - l1Ratio));
        for (var i = 0; i < p; i++)
        {
            b[i] = products[(p * size) + i] / rows;
            for (var j = 0; j <= i; j++)
            {
                a[(i * p) + j] = a[(j * p) + i] = products[(i * size) + j] / rows;
            }

            a[(i * p) + i] += squared;
        }

        var sweeps = Descend(a, b, absolute, x, cancellationToken);
        var exact = x.AsSpan().ToArray();
        if (new LassoQuadratic(p).TrySolve(a, b, absolute, exact, cancellationToken))
        {
            x = exact;
        }

        var intercept = means[p];
        for (var i = 0; i < p; i++)
        {
            intercept -= x[i] * means[i];
        }

        return new LinearModel(l1Ratio == 1 ? "lasso" : "elastic_net", features, intercept, x, sweeps, null);
    }

    private static int Descend(double[] a, double[] b, double weight, double[] x, CancellationToken cancellationToken)
    {
        var gradient = b.AsSpan().ToArray();
        var greatest = double.PositiveInfinity;
        var sweeps = 0;
        for (; sweeps < MostSweeps && greatest > Settled * weight; sweeps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            greatest = 0;
            for (var j = 0; j < x.Length; j++)
            {
                var curvature = a[(j * x.Length) + j];
                var free = gradient[j] + (curvature * x[j]);
                var shrunk = Math.Abs(free) - weight;
                var next = shrunk > 0 ? Math.CopySign(shrunk, free) / curvature : 0;
                if (next != x[j])
                {
                    greatest = Math.Max(greatest, curvature * Math.Abs(next - x[j]));
                    Kernels.AddScaled(x[j] - next, a.AsSpan(j * x.Length, x.Length), gradient);
                    x[j] = next;
                }
            }
        }

        return sweeps;
    }
}
