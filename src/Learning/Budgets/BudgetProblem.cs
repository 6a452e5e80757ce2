namespace Tradepost.Learning.Budgets;

/// <summary>How to divide an amount of money among channels so that they bring most together.</summary>
public sealed record BudgetProblem
{
    /// <summary>What is spent, all of it; with a <see cref="Target"/> the most that is spent. 0 or more.</summary>
    public required decimal Budget { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<BudgetChannel> Channels { get; init; }

    /// <summary>
    /// Amounts are multiples of it, such as 0.01; the budget is one. Null: amounts are as fine as a millionth of a millionth of the budget.
    /// </summary>
    public decimal? Step { get; init; }

    /// <summary>Bounds of sums.</summary>
    public IReadOnlyList<BudgetGroup> Groups { get; init; } = [];

    /// <summary>By how much amounts may differ from what is spent now, where a channel says nothing else.</summary>
    public decimal? MaximumChange { get; init; }

    /// <summary>Spends only as much as meets it; null: everything.</summary>
    public BudgetTarget? Target { get; init; }
}
