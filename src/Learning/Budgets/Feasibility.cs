using Tradepost.Learning.Budgets.Solving;

namespace Tradepost.Learning.Budgets;

/// <summary>Names the bound that leaves no division.</summary>
internal static class Feasibility
{
    /// <summary>Checks that some division keeps every bound.</summary>
    /// <exception cref="InfeasibleBudgetException">None does.</exception>
    public static void Check(BudgetProblem problem, BudgetGrid grid)
    {
        var (lower, upper) = GroupSums(grid.Solved);
        var groups = problem.Groups.OrderBy(group => group.Name, StringComparer.Ordinal).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            CheckGroup(groups[i], grid, grid.Solved.Groups[i], lower[i], upper[i]);
        }

        var (least, most) = Range(grid.Solved);
        if (least > grid.Solved.Total)
        {
            var isOfChange = grid.Limits.Any(limits => limits.IsLowerOfChange) && SumOfLowers(problem) <= problem.Budget;
            throw new InfeasibleBudgetException(
                StepSum.Of(lower) <= grid.Solved.Total ? Names(groups, i => grid.Solved.Groups[i].Lower > lower[i])
                    : isOfChange ? "max_change"
                    : "lower",
                $"The least amounts of channels and groups add up to {Show(least, grid)}, more than the budget of {problem.Budget}."
            );
        }

        if (most < grid.Solved.Total && problem.Target is null)
        {
            var isOfChange = grid.Limits.Any(limits => limits.IsUpperOfChange) && SumOfUppers(problem) >= problem.Budget;
            throw new InfeasibleBudgetException(
                StepSum.Of(upper) >= grid.Solved.Total ? Names(groups, i => grid.Solved.Groups[i].Upper < upper[i])
                    : isOfChange ? "max_change"
                    : "upper",
                $"The greatest amounts of channels and groups add up to {Show(most, grid)}, less than the budget of {problem.Budget}."
            );
        }
    }

    /// <summary>The fewest and the most steps that can be given away.</summary>
    public static (long Least, long Most) Range(GridProblem solved)
    {
        var (lower, upper) = GroupSums(solved);
        return (
            StepSum.Of(lower.Select((sum, group) => Math.Max(sum, solved.Groups[group].Lower))),
            StepSum.Of(upper.Select((sum, group) => Math.Min(sum, solved.Groups[group].Upper)))
        );
    }

    private static void CheckGroup(BudgetGroup group, BudgetGrid grid, GridGroup bounds, long lower, long upper)
    {
        var constraint = $"group {group.Name}";
        if (bounds.Lower > bounds.Upper)
        {
            throw new InfeasibleBudgetException(
                constraint,
                $"Group '{group.Name}' is from {group.Lower} to {group.Upper}, and there is no multiple of step, {grid.Step}, within the budget."
            );
        }

        if (lower > bounds.Upper)
        {
            throw new InfeasibleBudgetException(
                constraint,
                $"The channels of group '{group.Name}' get at least {Show(lower, grid)}, more than its upper bound of {group.Upper}."
            );
        }

        if (upper < bounds.Lower)
        {
            throw new InfeasibleBudgetException(
                constraint,
                $"The channels of group '{group.Name}' get at most {Show(upper, grid)}, less than its lower bound of {group.Lower}."
            );
        }
    }

    private static (long[] Lower, long[] Upper) GroupSums(GridProblem solved)
    {
        var (lower, upper) = (new long[solved.Groups.Length], new long[solved.Groups.Length]);
        foreach (var channel in solved.Channels)
        {
            lower[channel.Group] = StepSum.Add(lower[channel.Group], channel.Lower);
            upper[channel.Group] = StepSum.Add(upper[channel.Group], channel.Upper);
        }

        return (lower, upper);
    }

    private static string Names(IEnumerable<BudgetGroup> groups, Func<int, bool> isMeant) =>
        $"group {string.Join(", ", groups.Where((_, i) => isMeant(i)).Select(group => group.Name))}";

    private static decimal SumOfLowers(BudgetProblem problem) => problem.Channels.Sum(one => Math.Min(one.Lower, problem.Budget + 1));

    private static decimal SumOfUppers(BudgetProblem problem) =>
        problem.Channels.Sum(one => Math.Min(one.Upper ?? problem.Budget, problem.Budget));

    private static string Show(long units, BudgetGrid grid) => $"{units * grid.Step:0.############}";
}
