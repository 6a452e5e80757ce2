using Tradepost.Learning.Budgets.Curves;

namespace Tradepost.Learning.Budgets;

/// <summary>Something that money can be spent on: a campaign, a medium.</summary>
public sealed record BudgetChannel
{
    /// <summary>Told apart by it; not empty, and no two are the same.</summary>
    public required string Name { get; init; }

    /// <summary>What spending brings.</summary>
    public required ResponseCurve Curve { get; init; }

    /// <summary>The least that is spent, 0 or more.</summary>
    public decimal Lower { get; init; }

    /// <summary>The most that is spent; null without a limit.</summary>
    public decimal? Upper { get; init; }

    /// <summary>What is spent now; null when that is not known.</summary>
    public decimal? Current { get; init; }

    /// <summary>
    /// By how much of <see cref="Current"/> the amount may differ from it: 0.3 is 30 % up or down; null as the problem says. What is at 0 stays there.
    /// </summary>
    public decimal? MaximumChange { get; init; }
}
