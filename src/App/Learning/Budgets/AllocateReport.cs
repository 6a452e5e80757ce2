using System.Text.Json.Serialization;
using Tradepost.Learning.Budgets;

namespace Tradepost.App.Learning.Budgets;

/// <summary>
/// What <c>allocate --json</c> prints: <see cref="BudgetPlan"/> by the names that others rely on. Amounts are numbers, as in the problem.
/// </summary>
/// <param name="Budget">What is spent, where a target may ask for less than all.</param>
/// <param name="Bounds">What would change the plan, on request.</param>
internal sealed record AllocateReport(
    IReadOnlyList<AllocateReport.Channel> Channels,
    double Value,
    double? CurrentValue,
    double Lambda,
    double Gap,
    bool Optimal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Budget,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AllocateReport.Bound>? Bounds
)
{
    public static AllocateReport Of(BudgetPlan plan, bool hasTarget, bool isExplained) =>
        new(
            [.. plan.Channels.Select(one => new Channel(one.Name, (double)one.Amount, one.Value, one.Marginal, one.HeldBy))],
            plan.Value,
            plan.CurrentValue,
            plan.Lambda,
            plan.Gap,
            plan.IsOptimal,
            hasTarget ? (double)plan.Budget : null,
            isExplained ? [.. plan.Bounds.Select(one => new Bound(one.Constraint, one.Name, (double)one.Amount, one.Marginal))] : null
        );

    /// <summary>As <see cref="PlannedChannel"/>.</summary>
    internal sealed record Channel(string Name, double Amount, double Value, double Marginal, HeldBy HeldBy);

    /// <summary>As <see cref="PlanBound"/>.</summary>
    internal sealed record Bound(string Constraint, string? Name, double Amount, double Marginal);
}
