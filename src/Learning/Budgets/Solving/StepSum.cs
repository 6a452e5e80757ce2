namespace Tradepost.Learning.Budgets.Solving;

/// <summary>Sums of steps that stay at a limit far above every total: bounds of many channels may sum to more than 64 bits hold.</summary>
internal static class StepSum
{
    /// <summary>Where sums stay, and the bound of what has none.</summary>
    public const long Most = 4_000_000_000_000_000_000;

    /// <summary>A sum and one more number of at most 10¹⁸.</summary>
    public static long Add(long sum, long units) => Math.Min(Most, sum + Math.Min(units, Most));

    /// <summary>The sum of numbers of at most 10¹⁸.</summary>
    public static long Of(IEnumerable<long> units) => units.Aggregate(0L, Add);
}
