using Tradepost.Learning.Budgets;

namespace Tradepost.Learning.Tests.Budgets;

/// <summary>The best division of a small problem in steps of 1 by trying every one: dynamic programming over the members of a group, then over the rest.</summary>
internal static class BruteForce
{
    /// <summary>The greatest value; null when no division keeps the bounds.</summary>
    public static double? Best(BudgetProblem problem)
    {
        var total = (int)problem.Budget;
        var group = problem.Groups.SingleOrDefault();
        var inside = problem.Channels.Where(one => group?.Channels.Contains(one.Name) == true);
        var outside = problem.Channels.Where(one => group?.Channels.Contains(one.Name) != true);
        var (of, rest) = (Divide(inside, total), Divide(outside, total));
        var best = double.NegativeInfinity;
        for (var sum = 0; sum <= total; sum++)
        {
            if (group is null || (sum >= group.Lower && sum <= (group.Upper ?? total)))
            {
                best = Math.Max(best, of[sum] + rest[total - sum]);
            }
        }

        return double.IsNegativeInfinity(best) ? null : best;
    }

    private static double[] Divide(IEnumerable<BudgetChannel> channels, int total)
    {
        var best = Enumerable.Range(0, total + 1).Select(sum => sum == 0 ? 0 : double.NegativeInfinity).ToArray();
        foreach (var channel in channels)
        {
            var values = Enumerable.Range(0, total + 1).Select(amount => channel.Curve.Value(amount)).ToArray();
            var next = Enumerable.Repeat(double.NegativeInfinity, total + 1).ToArray();
            for (var sum = 0; sum <= total; sum++)
            {
                for (var amount = (int)channel.Lower; amount <= Math.Min(sum, channel.Upper ?? total); amount++)
                {
                    next[sum] = Math.Max(next[sum], best[sum - amount] + values[amount]);
                }
            }

            best = next;
        }

        return best;
    }
}
