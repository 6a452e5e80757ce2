using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Curves;

namespace Tradepost.Learning.Tests.Budgets;

/// <summary>Groups, limits on changes, targets, what would change a plan, and what cannot be planned.</summary>
public sealed class BudgetBoundsTests
{
    private static readonly BudgetProblem Three = new()
    {
        Budget = 200,
        Step = 0.01m,
        Channels =
        [
            new BudgetChannel
            {
                Name = "a",
                Curve = ResponseCurve.Hill(100, 50, 1),
                Current = 50,
            },
            new BudgetChannel
            {
                Name = "b",
                Curve = ResponseCurve.Hill(80, 30, 1),
                Current = 50,
            },
            new BudgetChannel
            {
                Name = "c",
                Curve = ResponseCurve.Hill(60, 80, 1),
                Current = 100,
            },
        ],
    };

    [Fact]
    public void A_group_keeps_its_bound_shares_it_by_one_price_and_says_what_the_bound_is_worth()
    {
        var plan = Plan(
            Three with
            {
                Groups =
                [
                    new BudgetGroup
                    {
                        Name = "search",
                        Channels = ["a", "b"],
                        Upper = 100,
                    },
                ],
            }
        );

        plan.Channels.Select(one => one.Amount).Last().ShouldBe(100);
        plan.Channels[0].Marginal.ShouldBe(plan.Channels[1].Marginal, 1e-3);
        plan.Channels.Select(one => one.HeldBy).ShouldBe([HeldBy.Group, HeldBy.Group, HeldBy.None]);
        var bound = plan.Bounds.Single(one => one.Constraint == "group_upper");
        (bound.Name, bound.Amount).ShouldBe(("search", 100m));
        var looser = Plan(
            Three with
            {
                Groups =
                [
                    new BudgetGroup
                    {
                        Name = "search",
                        Channels = ["a", "b"],
                        Upper = 101,
                    },
                ],
            }
        );
        (looser.Value - plan.Value).ShouldBe(bound.Marginal, 0.02 * bound.Marginal);
    }

    [Fact]
    public void The_lower_bound_of_a_group_keeps_money_in_it()
    {
        var plan = Plan(
            Three with
            {
                Groups =
                [
                    new BudgetGroup
                    {
                        Name = "video",
                        Channels = ["c"],
                        Lower = 120,
                    },
                ],
            }
        );

        plan.Channels[2].Amount.ShouldBe(120);
        plan.Channels[2].HeldBy.ShouldBe(HeldBy.Group);
        plan.Bounds.ShouldContain(one => one.Constraint == "group_lower" && one.Marginal > 0);
    }

    [Fact]
    public void Amounts_stay_within_the_change_that_is_allowed()
    {
        var plan = Plan(Three with { MaximumChange = 0.2m });

        plan.Channels.Select(one => one.Amount).ShouldBe([60, 60, 80]);
        plan.Channels.Select(one => one.HeldBy).ShouldBe([HeldBy.MaxChange, HeldBy.MaxChange, HeldBy.MaxChange]);
        plan.Value.ShouldBeGreaterThan(plan.CurrentValue!.Value);
    }

    [Fact]
    public void What_a_bound_is_worth_is_what_loosening_it_brings()
    {
        var plan = Plan(Limited(70));

        var bound = plan.Bounds.Single(one => one.Constraint == "upper");
        (bound.Name, bound.Amount).ShouldBe(("a", 70m));
        (Plan(Limited(70.5m)).Value - plan.Value).ShouldBe(bound.Marginal / 2, 0.02 * bound.Marginal);
        (plan.Bounds[0].Constraint, plan.Bounds[0].Marginal).ShouldBe(("budget", plan.Lambda));

        static BudgetProblem Limited(decimal upper) =>
            Three with
            {
                Channels = [Three.Channels[0] with { Upper = upper }, .. Three.Channels.Skip(1)],
            };
    }

    [Fact]
    public void A_coarse_step_is_what_holds_a_channel()
    {
        var plan = Plan(Three with { Step = 50 });

        plan.Channels.Sum(one => one.Amount).ShouldBe(200);
        plan.Channels.ShouldContain(one => one.HeldBy == HeldBy.Step);
    }

    [Theory]
    [InlineData("cpa", 1)]
    [InlineData("cpa", 1.4)]
    [InlineData("roas", 0.8)]
    public void A_target_takes_as_much_of_the_budget_as_meets_it(string name, double amount)
    {
        var target = name == "cpa" ? BudgetTarget.Cost((decimal)amount) : BudgetTarget.Return((decimal)amount);

        var plan = Plan(Three with { Target = target });

        var more = Plan(Three with { Budget = Math.Min(200, plan.Budget + 0.01m) });
        (plan.Value / (double)plan.Budget).ShouldBeGreaterThanOrEqualTo(target.LeastReturn * (1 - 1e-9));
        (more.Budget == plan.Budget || more.Value / (double)more.Budget < target.LeastReturn).ShouldBeTrue();
        plan.Channels.Sum(one => one.Amount).ShouldBe(plan.Budget);
    }

    [Fact]
    public void An_s_shaped_channel_meets_a_target_only_beyond_its_start()
    {
        var plan = Plan(
            new BudgetProblem
            {
                Budget = 1000,
                Step = 1,
                Channels = [new BudgetChannel { Name = "a", Curve = ResponseCurve.Hill(100, 50, 3) }],
                Target = BudgetTarget.Cost(1),
            }
        );

        plan.Budget.ShouldBeInRange(80, 99);
    }

    public static TheoryData<string, string, BudgetProblem> Infeasible() =>
        new()
        {
            {
                "lower",
                "The least amounts of channels and groups add up to 300, more than the budget of 200.",
                Three with
                {
                    Channels = [.. Three.Channels.Select(one => one with { Lower = 100 })],
                }
            },
            {
                "upper",
                "The greatest amounts of channels and groups add up to 150, less than the budget of 200.",
                Three with
                {
                    Channels = [.. Three.Channels.Select(one => one with { Upper = 50 })],
                }
            },
            {
                "max_change",
                "The greatest amounts of channels and groups add up to 220, less than the budget of 400.",
                Three with
                {
                    Budget = 400,
                    MaximumChange = 0.1m,
                }
            },
            {
                "group g",
                "The channels of group 'g' get at least 40, more than its upper bound of 30.",
                Three with
                {
                    Channels = [.. Three.Channels.Select(one => one with { Lower = 20 })],
                    Groups =
                    [
                        new BudgetGroup
                        {
                            Name = "g",
                            Channels = ["a", "c"],
                            Upper = 30,
                        },
                    ],
                }
            },
            {
                "group g",
                "The greatest amounts of channels and groups add up to 30, less than the budget of 200.",
                Three with
                {
                    Groups =
                    [
                        new BudgetGroup
                        {
                            Name = "g",
                            Channels = ["a", "b", "c"],
                            Upper = 30,
                        },
                    ],
                }
            },
            {
                "step",
                "There is no multiple of step, 100, from 10 to 90, the bounds of channel 'a'.",
                Three with
                {
                    Step = 100,
                    Channels = [Three.Channels[0] with { Lower = 10, Upper = 90 }, .. Three.Channels.Skip(1)],
                }
            },
            { "target", "No budget up to 200 meets the target, cpa 0.1.", Three with { Target = BudgetTarget.Cost(0.1m) } },
        };

    [Theory]
    [MemberData(nameof(Infeasible))]
    public void What_cannot_be_kept_is_named(string constraint, string message, BudgetProblem problem)
    {
        var failure = Should.Throw<InfeasibleBudgetException>(() => Plan(problem));

        (failure.Constraint, failure.Message).ShouldBe((constraint, message));
    }

    public static TheoryData<string, BudgetProblem> Wrong() =>
        new()
        {
            { "budget is -1; expected is a number from 0 to 1000000000000000.", Three with { Budget = -1 } },
            { "budget is 200.005, which is not a multiple of step, 0.01.", Three with { Budget = 200.005m } },
            { "step is 0; expected is a number from", Three with { Step = 0 } },
            { "channels is empty; expected is at least one channel.", Three with { Channels = [] } },
            { "max_change is -0.1; expected is 0 or more", Three with { MaximumChange = -0.1m } },
            {
                "channels[1].name is 'a', and channels[0] has the same name.",
                Three with
                {
                    Channels = [Three.Channels[0], Three.Channels[0]],
                }
            },
            {
                "channels[0].upper is 5; expected is at least channels[0].lower, 10.",
                Three with
                {
                    Channels = [Three.Channels[0] with { Lower = 10, Upper = 5 }],
                }
            },
            {
                "channels[0] lacks current, which max_change is a share of.",
                Three with
                {
                    Channels = [Three.Channels[0] with { Current = null }],
                    MaximumChange = 0.1m,
                }
            },
            {
                "groups[0].channels is 'x'; expected is the name of a channel.",
                Three with
                {
                    Groups = [new BudgetGroup { Name = "g", Channels = ["x"] }],
                }
            },
            {
                "groups[1].channels has 'a', which is in g already; a channel is in one group.",
                Three with
                {
                    Groups = [new BudgetGroup { Name = "g", Channels = ["a"] }, new BudgetGroup { Name = "h", Channels = ["a"] }],
                }
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_field_that_cannot_be_used_is_named_with_what_was_expected(string message, BudgetProblem problem) =>
        Should.Throw<ArgumentException>(() => Plan(problem)).Message.ShouldStartWith(message);

    private static BudgetPlan Plan(BudgetProblem problem) => BudgetAllocator.Allocate(problem, TestContext.Current.CancellationToken);
}
