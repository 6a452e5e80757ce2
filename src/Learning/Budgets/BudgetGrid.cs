using Tradepost.Learning.Budgets.Solving;

namespace Tradepost.Learning.Budgets;

/// <summary>A problem on the grid of its steps, with channels in an order that depends on what they are and not on where they stand.</summary>
internal sealed class BudgetGrid
{
    // Amounts without a step are this fine; every one is a whole number of 64 bits.
    private const decimal Parts = 1e12m;
    private const decimal MostParts = 1e18m;

    private readonly BudgetProblem problem;

    private BudgetGrid(BudgetProblem problem, decimal step, int[] order, Limits[] limits, GridProblem solved) =>
        (this.problem, Step, Order, Limits, Solved) = (problem, step, order, limits, solved);

    public decimal Step { get; }

    /// <summary>For each channel of the grid its index in the problem.</summary>
    public int[] Order { get; }

    /// <summary>By channel of the problem.</summary>
    public Limits[] Limits { get; }

    public GridProblem Solved { get; }

    /// <summary>What is spent now, when it is known and on the grid.</summary>
    public long[]? Current
    {
        get
        {
            var units = new long[Order.Length];
            for (var i = 0; i < units.Length; i++)
            {
                if (problem.Channels[Order[i]].Current is not { } amount || amount > problem.Budget || amount % Step != 0)
                {
                    return null;
                }

                units[i] = (long)(amount / Step);
            }

            return units;
        }
    }

    /// <summary>Puts a problem on its grid.</summary>
    /// <exception cref="ArgumentException">A field has a value that it cannot have.</exception>
    /// <exception cref="InfeasibleBudgetException">The bounds of a channel leave nothing between them.</exception>
    public static BudgetGrid Of(BudgetProblem problem)
    {
        BudgetRules.Check(problem);
        var step = StepOf(problem);
        var limits = problem.Channels.Select(channel => Budgets.Limits.Of(channel, problem)).ToArray();
        var groups = problem.Groups.OrderBy(group => group.Name, StringComparer.Ordinal).ToArray();
        var groupOf = groups.SelectMany((group, index) => group.Channels.Select(name => (name, index))).ToDictionary();
        var channels = problem
            .Channels.Select(
                (channel, i) =>
                    new GridChannel(
                        channel.Curve,
                        Round(problem, i, limits[i], up: true, step),
                        Round(problem, i, limits[i], up: false, step),
                        groupOf.GetValueOrDefault(channel.Name, groups.Length)
                    )
            )
            .ToArray();
        int[] order =
        [
            .. Enumerable
                .Range(0, channels.Length)
                .OrderBy(i => channels[i].Group)
                .ThenBy(i => channels[i].Curve.Kind)
                .ThenBy(i => channels[i].Curve.Beta)
                .ThenBy(i => channels[i].Curve.Kappa)
                .ThenBy(i => channels[i].Curve.Alpha)
                .ThenBy(i => channels[i].Lower)
                .ThenBy(i => channels[i].Upper)
                .ThenBy(i => problem.Channels[i].Name, StringComparer.Ordinal),
        ];
        var total = (long)(problem.Budget / step);
        GridGroup[] bounds =
        [
            .. groups.Select(group => new GridGroup(
                (long)Math.Ceiling(Math.Min(group.Lower, problem.Budget + step) / step),
                group.Upper is { } upper && upper <= problem.Budget ? (long)Math.Floor(upper / step) : StepSum.Most
            )),
            new GridGroup(0, StepSum.Most),
        ];
        var solved = new GridProblem((double)step, total, [.. order.Select(i => channels[i])], bounds);
        return new BudgetGrid(problem, step, order, limits, solved);
    }

    /// <summary>The same with another total.</summary>
    public GridProblem With(long total) => Solved with { Total = total };

    private static decimal StepOf(BudgetProblem problem)
    {
        var step = problem.Step ?? Finest(problem.Budget);
        if (problem.Budget % step != 0)
        {
            throw new ArgumentException($"budget is {problem.Budget}, which is not a multiple of step, {step}.", nameof(problem));
        }

        return problem.Budget / step <= MostParts
            ? step
            : throw new ArgumentException(
                $"budget is {problem.Budget} in steps of {step}; expected are at most {MostParts:0} steps.",
                nameof(problem)
            );
    }

    /// <summary>The greatest power of ten that cuts a budget into enough whole parts.</summary>
    private static decimal Finest(decimal budget)
    {
        var step = BudgetRules.Greatest;
        while (budget > 0 && (budget / step < Parts || budget % step != 0) && step > 1e-27m)
        {
            step /= 10;
        }

        return step;
    }

    private static long Round(BudgetProblem problem, int channel, Limits limits, bool up, decimal step)
    {
        var (lower, upper) = (Math.Ceiling(limits.Lower / step), Math.Floor(limits.Upper / step));
        if (lower <= upper)
        {
            return (long)(up ? lower : upper);
        }

        var name = problem.Channels[channel].Name;
        if (limits.Lower <= limits.Upper)
        {
            throw new InfeasibleBudgetException(
                "step",
                $"There is no multiple of step, {step}, from {limits.Lower} to {limits.Upper}, the bounds of channel '{name}'."
            );
        }

        throw limits.IsLowerOfChange || limits.IsUpperOfChange
            ? new InfeasibleBudgetException(
                "max_change",
                $"max_change keeps channel '{name}' from {limits.Lower} up and to {limits.Upper} down, which leaves nothing for it."
            )
            : new InfeasibleBudgetException(
                "lower",
                $"The lower bound of channel '{name}', {limits.Lower}, is more than the budget of {problem.Budget}."
            );
    }
}
