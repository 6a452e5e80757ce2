using Tradepost.Learning.Budgets.Solving;

namespace Tradepost.Learning.Budgets;

/// <summary>What the last unit of currency brings in a division: of the budget, and within each group.</summary>
internal sealed class Multipliers
{
    private readonly GridProblem problem;
    private readonly long[] units;
    private readonly long[] sums;
    private readonly double[] ofGroups;

    private readonly Predicate<int> isOpen;

    private Multipliers(GridProblem problem, long[] units, Predicate<int> isOpen, double price)
    {
        (this.problem, this.units, this.isOpen) = (problem, units, isOpen);
        sums = new long[problem.Groups.Length];
        for (var i = 0; i < units.Length; i++)
        {
            sums[problem.Channels[i].Group] += units[i];
        }

        Lambda = Between(
            i => CanRise(i) && sums[GroupOf(i)] < problem.Groups[GroupOf(i)].Upper,
            i => CanFall(i) && sums[GroupOf(i)] > problem.Groups[GroupOf(i)].Lower,
            price > 0 ? price : Least()
        );
        ofGroups =
        [
            .. Enumerable
                .Range(0, sums.Length)
                .Select(group => Between(i => GroupOf(i) == group && CanRise(i), i => GroupOf(i) == group && CanFall(i), Lambda)),
        ];
    }

    /// <summary>Of the budget.</summary>
    public double Lambda { get; }

    /// <summary>Finds them.</summary>
    /// <param name="problem">What was solved.</param>
    /// <param name="units">The division.</param>
    /// <param name="isOpen">Whether only the budget limits a channel upwards.</param>
    /// <param name="price">About what the last currency brings.</param>
    public static Multipliers Of(GridProblem problem, long[] units, Predicate<int> isOpen, double price) =>
        new(problem, units, isOpen, price);

    /// <summary>Within the group, where that stands at a bound; elsewhere that of the budget.</summary>
    public double OfGroup(int group) => IsAtLower(group) || IsAtUpper(group) ? ofGroups[group] : Lambda;

    /// <summary>Whether its upper bound keeps money from a group.</summary>
    public bool IsAtUpper(int group) => group < sums.Length - 1 && sums[group] == problem.Groups[group].Upper && ofGroups[group] > Lambda;

    /// <summary>Whether its lower bound keeps money in a group.</summary>
    public bool IsAtLower(int group) => group < sums.Length - 1 && sums[group] == problem.Groups[group].Lower && ofGroups[group] < Lambda;

    private int GroupOf(int channel) => problem.Channels[channel].Group;

    private bool CanRise(int channel) => units[channel] < problem.Channels[channel].Upper || isOpen(channel);

    private bool CanFall(int channel) => units[channel] > problem.Channels[channel].Lower;

    // Where every amount is fixed, any price is one.
    private double Least() =>
        Enumerable.Range(0, units.Length).Where(i => units[i] > 0).Select(i => problem.Fall(i, units[i])).DefaultIfEmpty().Min();

    /// <summary>
    /// A price from what the best further step would bring to what the worst last step brings; where the first is more, in the convex part of a
    /// curve, the middle.
    /// </summary>
    private double Between(Func<int, bool> canRise, Func<int, bool> canFall, double price)
    {
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < units.Length; i++)
        {
            least = canRise(i) ? Math.Max(least, problem.Rise(i, units[i])) : least;
            most = canFall(i) ? Math.Min(most, problem.Fall(i, units[i])) : most;
        }

        return double.IsInfinity(least) && double.IsInfinity(most) ? price
            : double.IsInfinity(least) ? most
            : double.IsInfinity(most) ? least
            : least > most ? (least + most) / 2
            : Math.Clamp(price, least, most);
    }
}
