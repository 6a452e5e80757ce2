using Tradepost.Learning.Evaluation;

namespace Tradepost.Learning.Clicks.Calibrating;

/// <summary>A function from logits to probabilities that never falls. Immutable, so safe for use by several threads.</summary>
public sealed class Calibration
{
    /// <summary>Fewer clicks than this make too few steps for <see cref="Isotonic"/>.</summary>
    public const int LeastClicksForIsotonic = 1000;

    private readonly double slope;
    private readonly double intercept;

    /// <summary>Logits and probabilities of an isotonic calibration; empty for a sigmoid.</summary>
    private readonly double[] knots;
    private readonly double[] rates;

    private Calibration(double slope, double intercept, double[] knots, double[] rates) =>
        (this.slope, this.intercept, this.knots, this.rates) = (slope, intercept, knots, rates);

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    public static Calibration None { get; } = new(1, 0, [], []);

    /// <summary>What a logit is multiplied with before the sigmoid; 1 for an isotonic calibration.</summary>
    public double Slope => slope;

    internal double Intercept => intercept;

    internal double[] Knots => knots;

    internal double[] Rates => rates;

    /// <summary>
    /// 1 / (1 + e⁻⁽ᵃᶻ⁺ᵇ⁾) by maximum likelihood on targets (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2) (J. Platt, "Probabilistic outputs for support
    /// vector machines", 1999), found by Newton's method with step halving (H. Lin, C. Lin, R. Weng 2007).
    /// </summary>
    /// <param name="labels">0 or 1.</param>
    /// <param name="logits">One per label, of rows that the model was not trained on.</param>
    /// <exception cref="ArgumentException">Nothing to fit, different lengths, or values that are not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Calibration Platt(ReadOnlySpan<double> labels, ReadOnlySpan<double> logits, CancellationToken cancellationToken = default)
    {
        Pairs.Check(labels, logits, nameof(logits));
        var (a, b) = PlattFit.Solve(labels, logits, cancellationToken);
        return new Calibration(a, b, [], []);
    }

    /// <summary>
    /// The non-falling rates closest to the labels, by pooling adjacent violators (M. Ayer and others, Annals of Mathematical Statistics
    /// 26, 1955), linear between the mean logits of the pools and constant outside. No rate is nearer to 0 or 1 than half a row.
    /// </summary>
    /// <param name="labels">0 or 1.</param>
    /// <param name="logits">One per label, of rows that the model was not trained on.</param>
    /// <exception cref="ArgumentException">Nothing to fit, different lengths, or values that are not finite.</exception>
    public static Calibration Isotonic(ReadOnlySpan<double> labels, ReadOnlySpan<double> logits)
    {
        Pairs.Check(labels, logits, nameof(logits));
        var (knots, rates) = PoolAdjacentViolators.Solve(labels, logits);
        return new Calibration(1, 0, knots, rates);
    }

    /// <summary>The probability that belongs to a logit.</summary>
    public double Probability(double logit) => knots.Length == 0 ? Sigmoid((slope * logit) + intercept) : Interpolate(logit);

    internal static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    internal static double Logit(double probability) => Math.Log(probability / (1 - probability));

    internal static Calibration Of(double slope, double intercept, double[] knots, double[] rates) => new(slope, intercept, knots, rates);

    private double Interpolate(double logit)
    {
        var found = Array.BinarySearch(knots, logit);
        if (found >= 0)
        {
            return rates[found];
        }

        var above = ~found;
        if (above == 0 || above == knots.Length)
        {
            return rates[Math.Min(above, knots.Length - 1)];
        }

        var share = (logit - knots[above - 1]) / (knots[above] - knots[above - 1]);
        return rates[above - 1] + (share * (rates[above] - rates[above - 1]));
    }
}
