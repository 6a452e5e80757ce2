using Tradepost.Learning.Budgets.Solving;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets;

/// <summary>Makes a plan of what was found on the grid.</summary>
internal sealed class PlanOutline(BudgetProblem problem, BudgetGrid grid, GridProblem solved, SearchResult found)
{
    private const double Optimal = 1e-9;
    private const double NotableStep = 0.01;
    private const double Rounding = 1e-9;

    private readonly Multipliers multipliers = Multipliers.Of(solved, found.Units, i => grid.Limits[grid.Order[i]].IsOpen, found.Price);

    public BudgetPlan Write()
    {
        var channels = new PlannedChannel[grid.Order.Length];
        var bounds = new List<PlanBound> { new("budget", null, Plain(solved.Total * grid.Step), multipliers.Lambda) };
        for (var i = 0; i < channels.Length; i++)
        {
            channels[grid.Order[i]] = Describe(i, bounds);
        }

        AddGroups(bounds);
        return new BudgetPlan
        {
            Budget = Plain(solved.Total * grid.Step),
            Channels = channels,
            Value = found.Value,
            CurrentValue = CurrentValue(),
            Lambda = multipliers.Lambda,
            Gap = found.Gap,
            IsOptimal = found.Gap <= Optimal * Math.Abs(found.Value),
            Bounds =
            [
                .. bounds
                    .OrderByDescending(bound => bound.Constraint == "budget")
                    .ThenByDescending(bound => bound.Marginal)
                    .ThenBy(bound => bound.Name, StringComparer.Ordinal),
            ],
        };
    }

    private PlannedChannel Describe(int i, List<PlanBound> bounds)
    {
        var (channel, units) = (problem.Channels[grid.Order[i]], found.Units[i]);
        var limits = grid.Limits[grid.Order[i]];
        var amount = units * grid.Step;
        var marginal = channel.Curve.Marginal((double)amount);
        marginal = double.IsFinite(marginal) ? marginal : solved.Rise(i, units);
        var price = multipliers.OfGroup(solved.Channels[i].Group);
        var held = Holder(i, units, marginal, price, limits);
        if (held is HeldBy.Lower or HeldBy.Upper or HeldBy.MaxChange)
        {
            var isLow = units == solved.Channels[i].Lower && marginal <= price;
            var constraint =
                held is HeldBy.MaxChange ? "max_change"
                : isLow ? "lower"
                : "upper";
            if (!isLow || limits.Lower > 0)
            {
                bounds.Add(new PlanBound(constraint, channel.Name, Plain(isLow ? limits.Lower : limits.Upper), Math.Abs(marginal - price)));
            }
        }

        return new PlannedChannel(channel.Name, Plain(amount), channel.Curve.Value((double)amount), marginal, held);
    }

    private HeldBy Holder(int i, long units, double marginal, double price, Limits limits)
    {
        var channel = solved.Channels[i];
        var isLower = units == channel.Lower && marginal <= price * (1 + Rounding);
        var isUpper = units == channel.Upper && !limits.IsOpen && marginal >= price * (1 - Rounding);
        if (isLower && (!isUpper || marginal < price))
        {
            return limits.IsLowerOfChange ? HeldBy.MaxChange : HeldBy.Lower;
        }

        if (isUpper)
        {
            return limits.IsUpperOfChange ? HeldBy.MaxChange : HeldBy.Upper;
        }

        return multipliers.IsAtUpper(channel.Group) || multipliers.IsAtLower(channel.Group) ? HeldBy.Group
            : Math.Abs(marginal - price) > NotableStep * price ? HeldBy.Step
            : HeldBy.None;
    }

    private void AddGroups(List<PlanBound> bounds)
    {
        var groups = problem.Groups.OrderBy(group => group.Name, StringComparer.Ordinal).ToList();
        for (var group = 0; group < groups.Count; group++)
        {
            var isUpper = multipliers.IsAtUpper(group);
            if (isUpper || multipliers.IsAtLower(group))
            {
                bounds.Add(
                    new PlanBound(
                        isUpper ? "group_upper" : "group_lower",
                        groups[group].Name,
                        (isUpper ? groups[group].Upper : groups[group].Lower) ?? problem.Budget,
                        Math.Abs(multipliers.OfGroup(group) - multipliers.Lambda)
                    )
                );
            }
        }
    }

    private double? CurrentValue() =>
        problem.Channels.All(channel => channel.Current is not null)
            ? Sums.Compensated([.. grid.Order.Select(i => problem.Channels[i].Curve.Value((double)problem.Channels[i].Current!))])
            : null;

    // 60 and not 60.0000000000.
    private static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;
}
