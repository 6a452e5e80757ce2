using Tradepost.Learning.Budgets.Solving;

namespace Tradepost.Learning.Budgets;

/// <summary>
/// The greatest total whose best division brings enough on average. What is left over of the value, V(B) − return · B, is greatest where the last unit
/// brings just the return, and falls beyond: the total lies between there and the budget.
/// </summary>
internal static class TargetSearch
{
    // A plan that misses the target by rounding meets it.
    private const double Rounding = 1e-12;

    /// <summary>Finds it.</summary>
    /// <exception cref="InfeasibleBudgetException">No total does.</exception>
    public static (long Total, SearchResult Result) Run(BudgetTarget target, BudgetGrid grid, CancellationToken cancellationToken)
    {
        var (least, most) = Feasibility.Range(grid.Solved);
        most = Math.Min(most, grid.Solved.Total);
        var whole = Plan(most);
        if (Meets(whole, most))
        {
            return (most, whole);
        }

        var solver = new ConcaveSolver(grid.Solved);
        var envelopes = Array.ConvertAll(grid.Solved.Channels, channel =>
            Envelope.Of(channel.Curve, grid.Solved.Step, channel.Lower, channel.Upper)
        );
        var low = Math.Clamp(solver.Demand(envelopes, target.LeastReturn), least, most);
        var best = Plan(low);
        if (!Meets(best, low))
        {
            throw new InfeasibleBudgetException(
                "target",
                $"No budget up to {grid.Solved.Total * grid.Step:0.############} meets the target, {target.Name} {target.Amount}."
            );
        }

        for (var high = most; high - low > 1; )
        {
            var middle = low + ((high - low) / 2);
            if (Plan(middle) is var plan && Meets(plan, middle))
            {
                (low, best) = (middle, plan);
            }
            else
            {
                high = middle;
            }
        }

        return (low, best);

        SearchResult Plan(long total) => new GlobalSearch(grid.With(total), cancellationToken).Run(null);

        bool Meets(SearchResult plan, long total) =>
            (total > 0 || most == 0) && plan.Value >= target.LeastReturn * total * grid.Solved.Step * (1 - Rounding);
    }
}
