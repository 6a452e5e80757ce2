namespace Tradepost.Learning.Budgets;

/// <summary>No division of the budget keeps every bound.</summary>
/// <param name="constraint">
/// The bound that cannot be kept: <c>lower</c>, <c>upper</c>, <c>max_change</c>, <c>step</c>, <c>target</c>, or <c>group</c> and its name.
/// </param>
/// <param name="message">One sentence with the figures.</param>
public sealed class InfeasibleBudgetException(string constraint, string message) : Exception(message)
{
    /// <summary>The bound that cannot be kept.</summary>
    public string Constraint { get; } = constraint;
}
