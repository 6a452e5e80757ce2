namespace Tradepost.Marketplace.Loading;

/// <summary>Units as marketplaces show them: exact up to 9, then in steps ("100+ bought").</summary>
internal static class UnitSteps
{
    private const double LeastStep = 10;

    private static readonly double[] Steps = [10, 50, 100, 1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000];

    /// <summary>The most that there can be behind a step; null where it is exact.</summary>
    public static double? Most(double units) =>
        Array.IndexOf(Steps, units) is >= 0 and var at && at + 1 < Steps.Length ? Steps[at + 1] - 1 : null;

    /// <summary>Whether a number is one of those that are shown.</summary>
    public static bool IsShown(double units) => units < LeastStep || Steps.Contains(units);
}
