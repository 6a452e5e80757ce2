namespace Tradepost.Learning.Numerics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    private static readonly double[] A =
    [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];
    private static readonly double[] B =
    [
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
    ];
    private static readonly double[] C =
    [
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00,
    ];
    private static readonly double[] D = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00];

    /// <summary>
    /// The value that a standard normal number is below with the given probability; relative error below 1.2·10⁻⁹ (P. J. Acklam 2003).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A probability that is not between 0 and 1, both excluded.</exception>
    public static double Quantile(double probability)
    {
        const double Low = 0.02425;
        if (!(probability is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1, both excluded.");
        }

        if (probability is < Low or > 1 - Low)
        {
            var tail = Math.Sqrt(-2 * Math.Log(Math.Min(probability, 1 - probability)));
            var value = Polynomial(C, tail) / ((Polynomial(D, tail) * tail) + 1);
            return probability < 0.5 ? value : -value;
        }

        var q = probability - 0.5;
        var r = q * q;
        return Polynomial(A, r) * q / ((Polynomial(B, r) * r) + 1);
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }
}
