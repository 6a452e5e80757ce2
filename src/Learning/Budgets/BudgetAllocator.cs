using Tradepost.Learning.Budgets.Solving;

namespace Tradepost.Learning.Budgets;

/// <summary>
/// Divides a budget among channels so that they bring most together: exactly on the grid of steps, whatever the shapes of the curves, with the proof of it.
/// Concave curves by a price that all channels with room share (water filling); S-shaped ones by branch and bound on their envelopes. The plan depends on
/// what the channels are and not on their order. Thread safe.
/// </summary>
public static class BudgetAllocator
{
    /// <summary>Plans.</summary>
    /// <param name="problem">What is asked.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">A field has a value that it cannot have; the message names it as in JSON.</exception>
    /// <exception cref="InfeasibleBudgetException">No division keeps every bound, or none meets the target.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static BudgetPlan Allocate(BudgetProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        cancellationToken.ThrowIfCancellationRequested();
        var grid = BudgetGrid.Of(problem);
        Feasibility.Check(problem, grid);
        if (problem.Target is { } target)
        {
            var (total, result) = TargetSearch.Run(target, grid, cancellationToken);
            return new PlanOutline(problem, grid, grid.With(total), result).Write();
        }

        var found = new GlobalSearch(grid.Solved, cancellationToken).Run(grid.Current);
        return new PlanOutline(problem, grid, grid.Solved, found).Write();
    }
}
