namespace Tradepost.Learning.Numerics;

/// <summary>Functions of small numbers that keep all their digits, which the plain formulas lose.</summary>
internal static class Accurate
{
    private const double SmallExponent = 1e-5;

    /// <summary>ln(1 + x) for x above −1 (W. Kahan's way, by the error of 1 + x).</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x
            : double.IsPositiveInfinity(sum) ? sum
            : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ − 1.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) < SmallExponent)
        {
            return x * (1 + (x / 2 * (1 + (x / 3))));
        }

        var power = Math.Exp(x);
        var difference = power - 1;
        return difference == -1 || double.IsInfinity(power) || Math.Abs(x) > 1 ? difference : difference * (x / Math.Log(power));
    }
}
