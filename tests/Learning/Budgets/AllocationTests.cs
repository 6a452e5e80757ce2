using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Curves;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Budgets;

/// <summary>What every plan promises, over problems drawn by chance.</summary>
public sealed class AllocationTests
{
    private const int Problems = 2500;
    private const double Rounding = 1e-9;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void A_plan_keeps_every_bound_sums_exactly_and_no_division_is_better(bool isConcave, bool hasGroups)
    {
        var random = new RandomStream(21, (isConcave ? 1 : 0) + (hasGroups ? 2 : 0));
        for (var i = 0; i < Problems; i++)
        {
            var problem = SomeBudgets.Small(random, isConcave, hasGroups);
            if (BruteForce.Best(problem) is not { } best)
            {
                Should.Throw<InfeasibleBudgetException>(() => Plan(problem));
                continue;
            }

            var plan = Plan(problem);

            var say = $"problem {i}";
            CheckBounds(problem, plan, say);
            plan.Value.ShouldBe(best, Rounding * Math.Max(1, best), say);
            plan.Gap.ShouldBeInRange(0, Rounding * Math.Max(1, best), say);
            if (isConcave)
            {
                plan.Gap.ShouldBe(0, say);
            }

            if (IsAllowedToday(problem))
            {
                plan.Value.ShouldBeGreaterThanOrEqualTo(plan.CurrentValue!.Value * (1 - 1e-14), say);
            }
        }
    }

    [Fact]
    public void The_order_of_channels_does_not_matter()
    {
        var random = new RandomStream(5);
        for (var i = 0; i < 300; i++)
        {
            var problem = SomeBudgets.Small(random, isConcave: false, hasGroups: false);
            var turned = problem with { Channels = [.. problem.Channels.Reverse()] };

            var (plan, other) = (Plan(problem), Plan(turned));

            other.Channels.Reverse().ShouldBe(plan.Channels);
            (other.Value, other.Lambda, other.Gap).ShouldBe((plan.Value, plan.Lambda, plan.Gap));
        }
    }

    [Fact]
    public void More_budget_brings_no_less_and_under_concave_curves_no_more_a_unit()
    {
        var random = new RandomStream(6);
        for (var i = 0; i < 60; i++)
        {
            var isConcave = i % 2 == 0;
            var problem = SomeBudgets.Small(random, isConcave, hasGroups: false);
            var least = problem.Channels.Sum(one => one.Lower);
            var most = problem.Channels.Sum(one => one.Upper ?? 40);
            BudgetPlan? before = null;
            for (var budget = least; budget <= Math.Min(most, least + 30); budget++)
            {
                var plan = Plan(problem with { Budget = budget });
                if (before is not null)
                {
                    plan.Value.ShouldBeGreaterThanOrEqualTo(before.Value * (1 - 1e-14));
                    if (isConcave)
                    {
                        plan.Lambda.ShouldBeLessThanOrEqualTo(before.Lambda * (1 + Rounding));
                    }
                }

                before = plan;
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_thousand_channels_are_divided_to_the_cent(bool isConcave)
    {
        var problem = SomeBudgets.Large(new RandomStream(7), 1000, isConcave);

        var plan = Plan(problem);

        CheckBounds(problem, plan, "");
        plan.Value.ShouldBeGreaterThanOrEqualTo(plan.CurrentValue!.Value);
        plan.Gap.ShouldBeLessThanOrEqualTo(isConcave ? 0 : 1e-3 * plan.Value);
        if (isConcave)
        {
            // The dual is of amounts between cents, too, which steep curves make a little of.
            DualValue(problem, plan.Lambda).ShouldBe(plan.Value, 1e-5 * plan.Value);
        }
    }

    [Fact]
    public void Without_a_step_the_multiplier_is_the_marginal_value_of_all_that_nothing_holds()
    {
        var random = new RandomStream(8);
        for (var i = 0; i < 200; i++)
        {
            var problem = SomeBudgets.Small(random, isConcave: true, hasGroups: false) with { Step = null };

            var plan = Plan(problem);

            plan.Channels.Sum(one => one.Amount).ShouldBe(problem.Budget);
            DualValue(problem, plan.Lambda).ShouldBe(plan.Value, 1e-7 * Math.Max(1, plan.Value));

            // Next to nothing a curve may be so steep that even the finest step changes its derivative.
            foreach (var channel in plan.Channels.Where(one => one.HeldBy == HeldBy.None && one.Amount > problem.Budget / 1_000_000))
            {
                channel.Marginal.ShouldBe(plan.Lambda, 1e-5 * plan.Lambda, $"problem {i}");
            }
        }
    }

    [Fact]
    public void Channels_that_are_alike_get_alike_up_to_a_step()
    {
        ResponseCurve[] curves =
        [
            ResponseCurve.Hill(100, 50, 0.7),
            ResponseCurve.Log(5, 1e12),
            ResponseCurve.Power(2, 1),
            ResponseCurve.Log(0, 1),
        ];
        foreach (var curve in curves)
        {
            var plan = Plan(
                new BudgetProblem
                {
                    Budget = 100.01m,
                    Step = 0.01m,
                    Channels = [.. "abc".Select(name => new BudgetChannel { Name = $"{name}", Curve = curve })],
                }
            );

            (plan.Channels.Max(one => one.Amount) - plan.Channels.Min(one => one.Amount)).ShouldBeLessThanOrEqualTo(0.01m);
        }
    }

    [Fact]
    public void Extreme_curves_are_divided_too()
    {
        var random = new RandomStream(9);
        for (var i = 0; i < 300; i++)
        {
            var problem = new BudgetProblem
            {
                Budget = 10m * (1 + random.NextInt(1000)),
                Step = random.NextInt(2) == 0 ? 0.01m : null,
                Channels =
                [
                    .. Enumerable
                        .Range(0, 1 + random.NextInt(6))
                        .Select(c => new BudgetChannel
                        {
                            Name = $"c{c}",
                            Curve = Extreme(random),
                            Current = 1,
                        }),
                ],
            };

            var plan = Plan(problem);

            CheckBounds(problem, plan, $"problem {i}");
            double.IsFinite(plan.Value).ShouldBeTrue();
            double.IsFinite(plan.Lambda).ShouldBeTrue();
            plan.Channels.ShouldAllBe(one => double.IsFinite(one.Marginal) && one.Marginal >= 0);
            plan.Gap.ShouldBeInRange(0, 1e-9 * Math.Max(1e-9, plan.Value), $"problem {i}");
        }
    }

    private static ResponseCurve Extreme(RandomStream random)
    {
        var beta = random.NextInt(5) == 0 ? 0 : Math.Exp(20 * random.NextNormal() / 3);
        var kappa = Math.Clamp(Math.Exp(10 * random.NextNormal()), 1e-12, 1e12);
        double[] alphas = [0.1, 0.5, 1, 2, 20];
        return random.NextInt(3) switch
        {
            0 => ResponseCurve.Log(beta, kappa),
            1 => ResponseCurve.Power(beta, Math.Min(1, alphas[random.NextInt(5)])),
            _ => ResponseCurve.Hill(beta, kappa, alphas[random.NextInt(5)]),
        };
    }

    /// <summary>The dual function of the budget, by a search of its own: no division of a concave problem brings more.</summary>
    private static double DualValue(BudgetProblem problem, double lambda)
    {
        var value = lambda * (double)problem.Budget;
        foreach (var channel in problem.Channels)
        {
            var (low, high) = ((double)channel.Lower, (double)Math.Min(channel.Upper ?? problem.Budget, problem.Budget));
            for (var step = 0; step < 200; step++)
            {
                var (left, right) = (low + ((high - low) * 0.382), low + ((high - low) * 0.618));
                (low, high) = At(channel, left) < At(channel, right) ? (left, high) : (low, right);
            }

            value += At(channel, low);
        }

        return value;

        double At(BudgetChannel channel, double amount) => channel.Curve.Value(amount) - (lambda * amount);
    }

    private static void CheckBounds(BudgetProblem problem, BudgetPlan plan, string say)
    {
        plan.Channels.Sum(one => one.Amount).ShouldBe(problem.Budget, say);
        for (var i = 0; i < plan.Channels.Count; i++)
        {
            plan.Channels[i].Amount.ShouldBeInRange(problem.Channels[i].Lower, problem.Channels[i].Upper ?? problem.Budget, say);
            if (problem.Step is { } step)
            {
                (plan.Channels[i].Amount % step).ShouldBe(0, say);
            }
        }

        foreach (var group in problem.Groups)
        {
            plan.Channels.Where(one => group.Channels.Contains(one.Name))
                .Sum(one => one.Amount)
                .ShouldBeInRange(group.Lower, group.Upper ?? problem.Budget, say);
        }
    }

    private static bool IsAllowedToday(BudgetProblem problem) =>
        problem.Channels.Sum(one => one.Current) == problem.Budget
        && problem.Groups.All(group =>
            problem.Channels.Where(one => group.Channels.Contains(one.Name)).Sum(one => one.Current) is var sum
            && sum >= group.Lower
            && sum <= (group.Upper ?? problem.Budget)
        );

    private static BudgetPlan Plan(BudgetProblem problem) => BudgetAllocator.Allocate(problem, TestContext.Current.CancellationToken);
}
