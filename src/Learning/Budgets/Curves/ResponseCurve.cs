using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Curves;

/// <summary>
/// What a channel brings as a function of what is spent on it: nothing at 0 and never less for more. Hill and power curves as in Robyn
/// (Meta, <c>transformation.R</c>) and Meridian (Google, <c>adstock_hill.py</c>); the logarithmic curve of L. Lodish, "CALLPLAN" (1971).
/// A curve is concave from its inflexion on, and convex before. Immutable, for use by any threads.
/// </summary>
/// <remarks>Amounts are in units of currency, values in those of the response; derivatives are value per unit of currency.</remarks>
public sealed record ResponseCurve
{
    private const int MostSteps = 60;
    private const double Precision = 1e-15;

    private readonly double height;
    private readonly double least;

    private ResponseCurve(CurveKind kind, double beta, double kappa, double alpha)
    {
        (Kind, Beta, Kappa, Alpha, Inflexion) = (kind, beta, kappa, alpha, InflexionOf(kind, kappa, alpha));
        height = Math.Log(beta / kappa) + Math.Log(alpha);
        least = kind == CurveKind.Hill && alpha > 1 ? Math.Log((alpha - 1) / (alpha + 1)) / alpha : double.NegativeInfinity;
    }

    /// <summary>Its formula.</summary>
    public CurveKind Kind { get; }

    /// <summary>The limit of a Hill curve, the factor of the others; 0 or more.</summary>
    public double Beta { get; }

    /// <summary>Where a Hill curve is at half its limit, the scale of a logarithmic one; above 0. A power curve has none: 1.</summary>
    public double Kappa { get; }

    /// <summary>The exponent of a Hill or power curve; above 0. A logarithmic curve has none: 1.</summary>
    public double Alpha { get; }

    /// <summary>Where it turns from convex to concave: 0 for concave curves, infinity for convex ones.</summary>
    public double Inflexion { get; }

    /// <summary>Whether each further unit brings no more than the one before, everywhere.</summary>
    public bool IsConcave => Inflexion == 0;

    /// <summary>β xᵅ / (xᵅ + κᵅ).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter out of the range of <see cref="CurveRules"/>.</exception>
    public static ResponseCurve Hill(double beta, double kappa, double alpha) =>
        new(
            CurveKind.Hill,
            CurveRules.Check(nameof(beta), beta),
            CurveRules.Check(nameof(kappa), kappa),
            CurveRules.Check(nameof(alpha), alpha)
        );

    /// <summary>β ln(1 + x/κ).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter out of the range of <see cref="CurveRules"/>.</exception>
    public static ResponseCurve Log(double beta, double kappa) =>
        new(CurveKind.Log, CurveRules.Check(nameof(beta), beta), CurveRules.Check(nameof(kappa), kappa), 1);

    /// <summary>β xᵅ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter out of the range of <see cref="CurveRules"/>.</exception>
    public static ResponseCurve Power(double beta, double alpha) =>
        new(CurveKind.Power, CurveRules.Check(nameof(beta), beta), 1, CurveRules.Check(nameof(alpha), alpha));

    /// <summary>The curve of steady spending where each period keeps a share of what worked in the one before: x becomes x / (1 − share).</summary>
    /// <param name="share">θ of <see cref="Adstock"/>, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share out of its range.</exception>
    public ResponseCurve Steady(double share)
    {
        var rest = 1 - Adstock.Check(share);
        return Kind == CurveKind.Power ? Power(Beta * Math.Pow(rest, -Alpha), Alpha) : new(Kind, Beta, Kappa * rest, Alpha);
    }

    /// <summary>The response to an amount of 0 or more.</summary>
    public double Value(double amount) =>
        amount <= 0
            ? 0
            : Kind switch
            {
                CurveKind.Hill => Beta * Logistic(Alpha * Math.Log(amount / Kappa)),
                CurveKind.Log => Beta * Accurate.LogOnePlus(amount / Kappa),
                _ => Beta * Math.Pow(amount, Alpha),
            };

    /// <summary>Its derivative; infinite at 0 where α is below 1.</summary>
    public double Marginal(double amount)
    {
        if (amount <= 0)
        {
            return Kind == CurveKind.Log || Alpha == 1 ? Beta / Kappa
                : Beta == 0 || Alpha > 1 ? 0
                : double.PositiveInfinity;
        }

        switch (Kind)
        {
            case CurveKind.Hill:
                var place = Alpha * Math.Log(amount / Kappa);
                return Beta * Alpha / amount * Logistic(place) * Logistic(-place);
            case CurveKind.Log:
                return Beta / (Kappa + amount);
            default:
                return Beta * Alpha * Math.Pow(amount, Alpha - 1);
        }
    }

    /// <summary>What more spending adds, with all its digits however little more it is.</summary>
    public double Gain(double amount, double more)
    {
        if (amount <= 0 || more <= 0)
        {
            return more <= 0 ? 0 : Value(more);
        }

        switch (Kind)
        {
            case CurveKind.Hill:
                var (before, after) = (Alpha * Math.Log(amount / Kappa), Alpha * Math.Log((amount + more) / Kappa));
                return Beta * Logistic(after) * Logistic(-before) * -Accurate.ExpMinusOne(-Alpha * Accurate.LogOnePlus(more / amount));
            case CurveKind.Log:
                return Beta * Accurate.LogOnePlus(more / (Kappa + amount));
            default:
                return Value(amount + more) * -Accurate.ExpMinusOne(-Alpha * Accurate.LogOnePlus(more / amount));
        }
    }

    /// <summary>
    /// The amount beyond the inflexion where the derivative has come down to a price: the inflexion where it is lower everywhere, infinity where it
    /// never comes down to it.
    /// </summary>
    internal double AmountAt(double price)
    {
        if (Beta == 0 || double.IsPositiveInfinity(Inflexion))
        {
            return Inflexion;
        }

        if (price <= 0)
        {
            return double.PositiveInfinity;
        }

        switch (Kind)
        {
            case CurveKind.Hill:
                return HillAmountAt(price);
            case CurveKind.Log:
                return Math.Max(0, (Beta / price) - Kappa);
            default:
                return Alpha < 1 ? Math.Pow(Beta * Alpha / price, 1 / (1 - Alpha))
                    : price <= Beta ? double.PositiveInfinity
                    : 0;
        }
    }

    /// <summary>Where the line from a point of the convex part touches the concave part, so that it lies above the curve between.</summary>
    internal double Touching(double from)
    {
        if (from <= 0 && Kind == CurveKind.Hill)
        {
            return Kappa * Math.Pow(Alpha - 1, 1 / Alpha);
        }

        var (low, high) = (Inflexion, Inflexion);
        do
        {
            high *= 2;
        } while (IsBelowTangent(from, high) && high < double.MaxValue / 4);

        for (var step = 0; step < MostSteps && high - low > Precision * high; step++)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = IsBelowTangent(from, middle) ? (middle, high) : (low, middle);
        }

        return high;
    }

    private bool IsBelowTangent(double from, double at) => Marginal(at) * (at - from) > Gain(from, at - from);

    /// <summary>
    /// By Newton's method in v = ln(x/κ), where ln f′ = ln(βα/κ) − v − |αv| − 2 ln(1 + e^−|αv|) is concave: from the right, where its asymptotes begin,
    /// each step stays on the right.
    /// </summary>
    private double HillAmountAt(double price)
    {
        var drop = height - Math.Log(price);
        if (Alpha == 1)
        {
            return Math.Max(0, Kappa * Accurate.ExpMinusOne(drop / 2));
        }

        var v =
            drop >= 0 ? drop / (1 + Alpha)
            : Alpha < 1 ? drop / (1 - Alpha)
            : 0;
        for (var step = 0; step < MostSteps && v > least; step++)
        {
            var bend = Math.Abs(Alpha * v);
            var rest = Math.Exp(-bend);
            var excess = drop - v - bend - (2 * Accurate.LogOnePlus(rest));

            // tanh(αv/2) = ±(1 − e^−|αv|) / (1 + e^−|αv|)
            var change = excess / (1 + (Alpha * Math.CopySign((1 - rest) / (1 + rest), v)));
            v += change;
            if (Math.Abs(change) <= Precision * Math.Max(1, Math.Abs(v)))
            {
                break;
            }
        }

        return v > least ? Kappa * Math.Exp(v) : Inflexion;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double InflexionOf(CurveKind kind, double kappa, double alpha) =>
        alpha <= 1 ? 0
        : kind == CurveKind.Hill ? kappa * Math.Pow((alpha - 1) / (alpha + 1), 1 / alpha)
        : double.PositiveInfinity;
}
