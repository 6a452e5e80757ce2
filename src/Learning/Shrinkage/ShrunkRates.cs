using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Shrinkage;

/// <summary>
/// Rates of groups, drawn to the rate of what they belong to: events are Poisson with mean θ·exposure, θ is Gamma with the parent's rate m as
/// mean and shape m·k. The posterior mean is then (events + k·m) / (exposure + k): k is how much exposure the parent's rate is worth
/// (C. Morris, "Parametric Empirical Bayes Inference", JASA 78, 1983). Thread safe.
/// </summary>
public static class ShrunkRates
{
    /// <summary>The least and the greatest strength that is looked for, in units of exposure.</summary>
    public const double LeastStrength = 1,
        GreatestStrength = 1e6;

    private const int Steps = 32;

    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>The posterior mean of a group's rate.</summary>
    /// <param name="counts">Of the group; with no exposure the rate is the parent's.</param>
    /// <param name="parent">The rate of what it belongs to, at least 0.</param>
    /// <param name="strength">How much exposure the parent's rate is worth, above 0.</param>
    public static double Mean(RateCounts counts, double parent, double strength) =>
        (counts.Events + (strength * parent)) / (counts.Exposure + strength);

    /// <summary>
    /// The strength under which the counts are likeliest: their marginal distribution is negative binomial. By golden-section search on a
    /// logarithmic scale; groups without exposure say nothing, and without any that says something there is no strength to learn.
    /// </summary>
    /// <param name="groups">Counts of groups.</param>
    /// <param name="parents">For each group the rate of what it belongs to, above 0.</param>
    /// <returns>Between <see cref="LeastStrength"/> and <see cref="GreatestStrength"/>; null when fewer than two groups have exposure.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static double? Strength(ReadOnlySpan<RateCounts> groups, ReadOnlySpan<double> parents)
    {
        if (groups.Length != parents.Length)
        {
            throw new ArgumentException($"There are {groups.Length} groups and {parents.Length} rates of parents.", nameof(parents));
        }

        var exposed = 0;
        foreach (var group in groups)
        {
            exposed += group.Exposure > 0 ? 1 : 0;
        }

        if (exposed < 2)
        {
            return null;
        }

        var (low, high) = (Math.Log(LeastStrength), Math.Log(GreatestStrength));
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (atLeft, atRight) = (Likelihood(groups, parents, Math.Exp(left)), Likelihood(groups, parents, Math.Exp(right)));
        for (var step = 0; step < Steps; step++)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Golden * (high - low));
                atLeft = Likelihood(groups, parents, Math.Exp(left));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Golden * (high - low));
                atRight = Likelihood(groups, parents, Math.Exp(right));
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>The logarithm of the marginal likelihood, without what does not depend on the strength.</summary>
    internal static double Likelihood(ReadOnlySpan<RateCounts> groups, ReadOnlySpan<double> parents, double strength)
    {
        var sum = 0.0;
        for (var i = 0; i < groups.Length; i++)
        {
            var (events, exposure) = (groups[i].Events, groups[i].Exposure);
            if (exposure <= 0)
            {
                continue;
            }

            var shape = parents[i] * strength;
            sum +=
                GammaFunction.Log(events + shape)
                - GammaFunction.Log(shape)
                + (shape * Math.Log(strength / (strength + exposure)))
                - (events * Math.Log(strength + exposure));
        }

        return sum;
    }
}
