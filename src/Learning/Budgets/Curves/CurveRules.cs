namespace Tradepost.Learning.Budgets.Curves;

/// <summary>The parameters that curves can have; beyond them numbers of 64 bits do not hold what a curve says.</summary>
public static class CurveRules
{
    /// <summary>The greatest β and κ.</summary>
    public const double Greatest = 1e15;

    /// <summary>The least κ.</summary>
    public const double LeastKappa = 1e-15;

    /// <summary>The least α.</summary>
    public const double LeastAlpha = 0.01;

    /// <summary>The greatest α.</summary>
    public const double GreatestAlpha = 100;

    /// <summary>What is expected of a parameter, such as <c>a number from 0 to 1e15</c>; null when it has that.</summary>
    /// <param name="name"><c>beta</c>, <c>kappa</c> or <c>alpha</c>.</param>
    /// <param name="value">What it is.</param>
    public static string? Expected(string name, double value)
    {
        var (least, greatest) = name switch
        {
            "beta" => (0, Greatest),
            "kappa" => (LeastKappa, Greatest),
            _ => (LeastAlpha, GreatestAlpha),
        };
        return value >= least && value <= greatest ? null : FormattableString.Invariant($"a number from {least} to {greatest}");
    }

    internal static double Check(string name, double value) =>
        Expected(name, value) is { } expected
            ? throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected is {expected}.")
            : value;
}
