namespace Tradepost.Learning.Budgets;

/// <summary>Between what a channel's amount lies, and whether the limit on its change says so.</summary>
/// <param name="Lower">The least.</param>
/// <param name="Upper">The most; the budget where nothing less is said.</param>
/// <param name="IsLowerOfChange">Whether the lower one is that of the change.</param>
/// <param name="IsUpperOfChange">Whether the upper one is.</param>
/// <param name="IsOpen">Whether only the budget limits it upwards.</param>
internal readonly record struct Limits(decimal Lower, decimal Upper, bool IsLowerOfChange, bool IsUpperOfChange, bool IsOpen)
{
    public static Limits Of(BudgetChannel channel, BudgetProblem problem)
    {
        var (lower, upper) = (channel.Lower, Math.Min(channel.Upper ?? problem.Budget, problem.Budget));
        var isOpen = channel.Upper is not { } own || own > problem.Budget;
        if ((channel.MaximumChange ?? problem.MaximumChange) is not { } share || channel.Current is not { } current)
        {
            return new Limits(lower, upper, false, false, isOpen);
        }

        var (least, most) = (current * Math.Max(0, 1 - share), Most(current, share));
        return new Limits(Math.Max(lower, least), Math.Min(upper, most), least > lower, most < upper, isOpen && most >= upper);
    }

    // Both are far below what a decimal holds, unless somebody allows a change by 10¹³ times.
    private static decimal Most(decimal current, decimal share) =>
        share > BudgetRules.Greatest / Math.Max(1, current) ? BudgetRules.Greatest : current * (1 + share);
}
