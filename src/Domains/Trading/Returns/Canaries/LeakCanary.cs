namespace Tradepost.Trading.Returns.Canaries;

/// <summary>A check for leaks in a walk.</summary>
/// <param name="Name">Which check, such as <c>shuffled_labels</c>.</param>
/// <param name="Symbol">Whose walk.</param>
/// <param name="Horizon">Hours ahead.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Most">What it may be at most.</param>
public sealed record LeakCanary(string Name, string Symbol, int Horizon, CanaryVerdict Verdict, double Value, double Most)
{
    /// <summary>A check whose value may be no greater than a limit.</summary>
    internal static LeakCanary Of(string name, ReturnWalkName walk, double value, double most) =>
        new(name, walk.Symbol, walk.Horizon, value <= most ? CanaryVerdict.Passed : CanaryVerdict.Leak, value, most);
}
