namespace Tradepost.Marketplace.Sales;

/// <summary>
/// Units as a gamma distribution around their mean, by the cube root of which is nearly normal (E. Wilson, M. Hilferty, PNAS 17, 1931). Its
/// relative variance has three parts: the units' own Poisson one, that of the reviews they were reckoned from, and that of the share of
/// buyers who write one.
/// </summary>
/// <param name="Mean">Of the units, above 0.</param>
/// <param name="Shape">One over the relative variance.</param>
internal readonly record struct CountInterval(double Mean, double Shape)
{
    /// <summary>The standard normal number below which 90 % lie: an interval of 80 % reaches as far to both sides.</summary>
    public const double Reach = 1.2815515655446004;

    /// <summary>The distribution of units.</summary>
    /// <param name="mean">Expected units.</param>
    /// <param name="reviews">That they were reckoned from.</param>
    /// <param name="drift">The relative standard deviation of the share.</param>
    public static CountInterval Of(double mean, double reviews, double drift) =>
        new(mean, 1 / ((1 / mean) + (1 / reviews) + (drift * drift)));

    /// <summary>The units at a standard normal number.</summary>
    public double At(double z)
    {
        var root = 1 - (1 / (9 * Shape)) + (z / Math.Sqrt(9 * Shape));
        return root <= 0 ? 0 : Mean * root * root * root;
    }

    /// <summary>Whole units so far to both sides.</summary>
    public (double Lower, double Upper) Bounds(double reach) => (Math.Round(At(-reach)), Math.Round(At(reach)));

    /// <summary>How far the bounds have to reach to hold units that came; 0 where the middle rounds to them.</summary>
    public double ReachTo(double units)
    {
        var middle = At(0);
        return middle > units + 0.5 ? -ZOf(units + 0.5)
            : middle < units - 0.5 ? ZOf(units - 0.5)
            : 0;
    }

    private double ZOf(double units) => (Math.Cbrt(units / Mean) - 1 + (1 / (9 * Shape))) * Math.Sqrt(9 * Shape);
}
