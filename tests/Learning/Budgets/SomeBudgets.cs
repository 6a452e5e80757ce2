using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Curves;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Budgets;

/// <summary>Budget problems drawn by chance.</summary>
internal static class SomeBudgets
{
    /// <summary>A problem with a division: few channels, steps of 1, a budget of a few dozen.</summary>
    /// <param name="random">Where it is drawn from.</param>
    /// <param name="isConcave">Whether all of its curves are.</param>
    /// <param name="hasGroups">Whether a group of the first channels has bounds.</param>
    public static BudgetProblem Small(RandomStream random, bool isConcave, bool hasGroups)
    {
        var count = 1 + random.NextInt(5);
        var channels = new List<BudgetChannel>();
        for (var i = 0; i < count; i++)
        {
            // Now and then two that are alike.
            var curve = i > 0 && random.NextInt(4) == 0 ? channels[i - 1].Curve : Curve(random, isConcave, scale: 15);
            var lower = random.NextInt(3) == 0 ? random.NextInt(4) : 0;
            decimal? upper = random.NextInt(2) == 0 ? lower + random.NextInt(20) : null;
            channels.Add(
                new BudgetChannel
                {
                    Name = $"c{i}",
                    Curve = curve,
                    Lower = lower,
                    Upper = upper,
                    Current = lower + random.NextInt((int)(upper ?? 12) - lower + 1),
                }
            );
        }

        var (least, most) = (channels.Sum(one => one.Lower), channels.Sum(one => one.Upper ?? 40));
        var isOfToday = random.NextInt(2) == 0;
        var budget = isOfToday ? channels.Sum(one => one.Current!.Value) : least + random.NextInt((int)Math.Min(40, most - least) + 1);
        var members = channels.Take(1 + random.NextInt(count)).ToList();
        var bound = Math.Min(members.Sum(one => one.Lower) + random.NextInt(3), budget);
        return new BudgetProblem
        {
            Budget = budget,
            Channels = channels,
            Step = 1,
            Groups = hasGroups
                ?
                [
                    new BudgetGroup
                    {
                        Name = "g",
                        Channels = [.. members.Select(one => one.Name)],
                        Lower = bound,
                        Upper = random.NextInt(2) == 0 ? Math.Max(members.Sum(one => one.Current!.Value), Math.Max(bound, 3)) : null,
                    },
                ]
                : [],
        };
    }

    /// <summary>Many channels and a budget in cents.</summary>
    public static BudgetProblem Large(RandomStream random, int count, bool isConcave) =>
        new()
        {
            Budget = 100m * count,
            Step = 0.01m,
            Channels =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => new BudgetChannel
                    {
                        Name = $"c{i}",
                        Curve = Curve(random, isConcave, scale: 100),
                        Lower = random.NextInt(4) == 0 ? random.NextInt(20) : 0,
                        Upper = random.NextInt(2) == 0 ? 100 + random.NextInt(300) : null,
                        Current = 100,
                    }),
            ],
        };

    public static ResponseCurve Curve(RandomStream random, bool isConcave, double scale)
    {
        var beta = 1 + (99 * random.NextDouble());
        var kappa = scale * Math.Exp(random.NextNormal());
        return random.NextInt(isConcave ? 3 : 5) switch
        {
            0 => ResponseCurve.Log(beta, kappa),
            1 => ResponseCurve.Power(beta, 0.1 + (0.9 * random.NextDouble())),
            2 => ResponseCurve.Hill(beta, kappa, 0.1 + (0.9 * random.NextDouble())),
            3 => ResponseCurve.Power(beta / scale, 1 + random.NextDouble()),
            _ => ResponseCurve.Hill(beta, kappa, 1 + (8 * random.NextDouble())),
        };
    }
}
