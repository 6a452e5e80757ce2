namespace Tradepost.Learning.Budgets.Curves;

/// <summary>Geometric adstock: what is spent in a period goes on working, each period by a share θ of the one before.</summary>
public static class Adstock
{
    /// <summary>Replaces spending by what works of it: x′ₜ = xₜ + θ x′ₜ₋₁.</summary>
    /// <param name="spending">One amount per period, oldest first; replaced.</param>
    /// <param name="share">θ, at least 0 and below 1.</param>
    /// <param name="before">x′ of the period before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share out of its range.</exception>
    public static void Apply(Span<double> spending, double share, double before = 0)
    {
        Check(share);
        foreach (ref var amount in spending)
        {
            amount += share * before;
            before = amount;
        }
    }

    internal static double Check(double share) =>
        share is >= 0 and < 1
            ? share
            : throw new ArgumentOutOfRangeException(
                nameof(share),
                share,
                $"The share of adstock is {share}; expected is at least 0 and below 1."
            );
}
