namespace Tradepost.Learning.Budgets;

/// <summary>A division of a budget, with the proof of how good it is.</summary>
public sealed record BudgetPlan
{
    /// <summary>What is spent: the problem's budget, or less where a target asks for less.</summary>
    public required decimal Budget { get; init; }

    /// <summary>In the order of the problem; the amounts sum to the budget exactly.</summary>
    public required IReadOnlyList<PlannedChannel> Channels { get; init; }

    /// <summary>What the plan brings.</summary>
    public required double Value { get; init; }

    /// <summary>What today's amounts bring under the same curves; null where one is not known.</summary>
    public required double? CurrentValue { get; init; }

    /// <summary>What the last unit of currency brings: the multiplier of the budget.</summary>
    public required double Lambda { get; init; }

    /// <summary>How much more any division within the bounds can bring at most; 0 for concave curves.</summary>
    public required double Gap { get; init; }

    /// <summary>Whether no division brings more, but for rounding: the gap is at most 10⁻⁹ of the value.</summary>
    public required bool IsOptimal { get; init; }

    /// <summary>What would change the plan: the bounds that it stands at, the most valuable first.</summary>
    public required IReadOnlyList<PlanBound> Bounds { get; init; }
}
