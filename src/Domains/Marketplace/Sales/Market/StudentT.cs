using Tradepost.Learning.Numerics;

namespace Tradepost.Marketplace.Sales.Market;

/// <summary>How many standard errors an interval of 80 % reaches to both sides.</summary>
internal static class StudentT
{
    private static readonly double Normal = NormalDistribution.Quantile(0.9);

    /// <summary>
    /// The 90 % quantile of Student's distribution (M. Abramowitz, I. Stegun, 26.7.5); off by less than 0.007 from 2 degrees of freedom on, and by 4 % at 1.
    /// </summary>
    /// <param name="degrees">Degrees of freedom; fewer than 1 count as 1.</param>
    public static double Reach(double degrees)
    {
        var (z, n) = (Normal, Math.Max(degrees, 1));
        var (z3, z5, z7) = (Math.Pow(z, 3), Math.Pow(z, 5), Math.Pow(z, 7));
        return z
            + ((z3 + z) / (4 * n))
            + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * n * n))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * n * n * n));
    }
}
