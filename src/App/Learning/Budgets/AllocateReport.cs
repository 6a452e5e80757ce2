using System.Text.Json.Serialization;
using Tradepost.Learning.Budgets;

namespace Tradepost.App.Learning.Budgets;

/// <summary>What <c>allocate --json</c> prints: <see cref="BudgetPlan"/> by the names that others rely on.</summary>
/// <param name="Budget">What is spent, where a target may ask for less than all.</param>
/// <param name="Bounds">What would change the plan, on request.</param>
internal sealed record AllocateReport(
    IReadOnlyList<PlannedChannel> Channels,
    double Value,
    double? CurrentValue,
    double Lambda,
    double Gap,
    bool Optimal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Budget,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PlanBound>? Bounds
)
{
    public static AllocateReport Of(BudgetPlan plan, bool hasTarget, bool isExplained) =>
        new(
            plan.Channels,
            plan.Value,
            plan.CurrentValue,
            plan.Lambda,
            plan.Gap,
            plan.IsOptimal,
            hasTarget ? plan.Budget : null,
            isExplained ? plan.Bounds : null
        );
}
