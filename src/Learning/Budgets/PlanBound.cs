namespace Tradepost.Learning.Budgets;

/// <summary>A bound that the plan stands at.</summary>
/// <param name="Constraint"><c>budget</c>, <c>lower</c>, <c>upper</c>, <c>max_change</c>, <c>group_lower</c> or <c>group_upper</c>.</param>
/// <param name="Name">Of the channel or the group; null for the budget.</param>
/// <param name="Amount">The bound.</param>
/// <param name="Marginal">What each unit of currency by which it is loosened would bring, at first.</param>
public sealed record PlanBound(string Constraint, string? Name, decimal Amount, double Marginal);
