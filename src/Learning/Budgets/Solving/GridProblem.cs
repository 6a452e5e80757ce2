using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Solving;

/// <summary>
/// How many steps each channel gets: a separable problem on whole numbers with one sum and disjoint groups. Channels that are alike in everything stand
/// beside each other, and each is in one group.
/// </summary>
/// <param name="Step">Currency of one step.</param>
/// <param name="Total">Steps to give away.</param>
internal sealed record GridProblem(double Step, long Total, GridChannel[] Channels, GridGroup[] Groups)
{
    /// <summary>What a division brings.</summary>
    public double Value(ReadOnlySpan<long> units)
    {
        var values = new double[units.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Channels[i].Curve.Value(units[i] * Step);
        }

        return Sums.Compensated(values);
    }

    /// <summary>Whether a division keeps every bound and the sum.</summary>
    public bool Allows(ReadOnlySpan<long> units)
    {
        var sums = new long[Groups.Length];
        var total = 0L;
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i] < Channels[i].Lower || units[i] > Channels[i].Upper)
            {
                return false;
            }

            sums[Channels[i].Group] += units[i];
            total += units[i];
        }

        return total == Total && !sums.Where((sum, group) => sum < Groups[group].Lower || sum > Groups[group].Upper).Any();
    }

    /// <summary>Value per currency of a channel's next step.</summary>
    public double Rise(int channel, long units) => Channels[channel].Curve.Gain(units * Step, Step) / Step;

    /// <summary>Value per currency of a channel's last step.</summary>
    public double Fall(int channel, long units) => Rise(channel, units - 1);
}
