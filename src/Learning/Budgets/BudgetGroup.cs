namespace Tradepost.Learning.Budgets;

/// <summary>Bounds of what some channels get together. A channel is in one group at most.</summary>
public sealed record BudgetGroup
{
    /// <summary>Told apart by it; not empty, and no two are the same.</summary>
    public required string Name { get; init; }

    /// <summary>Names of its channels, at least one.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>The least that they get together, 0 or more.</summary>
    public decimal Lower { get; init; }

    /// <summary>The most that they get together; null without a limit.</summary>
    public decimal? Upper { get; init; }
}
