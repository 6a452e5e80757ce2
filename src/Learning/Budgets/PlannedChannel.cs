namespace Tradepost.Learning.Budgets;

/// <summary>What a plan gives to a channel.</summary>
/// <param name="Name">The channel's.</param>
/// <param name="Amount">What is spent on it.</param>
/// <param name="Value">What that brings.</param>
/// <param name="Marginal">
/// What one unit of currency more would bring: the derivative of its curve; where that is infinite, at 0, the first step's value per unit of currency.
/// </param>
/// <param name="HeldBy">What holds it.</param>
public sealed record PlannedChannel(string Name, decimal Amount, double Value, double Marginal, HeldBy HeldBy);
