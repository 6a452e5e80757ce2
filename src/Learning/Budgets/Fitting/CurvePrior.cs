namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>
/// What is believed of a channel before the series are seen, in the units of the chain: κ as a share of mean spending and α log-normal, β half normal with
/// 1 where the channel alone, by a curve in the middle of all this, would vary as much as the response does; the share of adstock Beta(2, 2).
/// </summary>
internal static class CurvePrior
{
    /// <summary>ln β, ln κ, ln α and the logit of the share.</summary>
    public const int Size = 4;

    public const double KappaSpread = 0.7;
    public const double AlphaMean = 0.2;
    public const double AlphaSpread = 0.5;

    private const double MostShare = 1 - 1e-9;

    /// <summary>The logarithm of its density at a point, but for a constant.</summary>
    public static double LogDensity(ReadOnlySpan<double> point)
    {
        var beta = Math.Exp(point[0]);
        var (kappa, alpha) = (point[1] / KappaSpread, (point[2] - AlphaMean) / AlphaSpread);
        return point[0] - (((beta * beta) + (kappa * kappa) + (alpha * alpha)) / 2) - (2 * Softplus(point[3])) - (2 * Softplus(-point[3]));
    }

    /// <summary>The share of a logit; below 1 also where rounding would make it that.</summary>
    public static double Share(double logit) => Math.Min(1 / (1 + Math.Exp(-logit)), MostShare);

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
