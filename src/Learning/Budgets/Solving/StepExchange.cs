namespace Tradepost.Learning.Budgets.Solving;

/// <summary>
/// Moves steps from one channel to another while that pays: sums of concave functions under disjoint groups are best when no single exchange improves
/// them (K. Murota, Discrete Convex Analysis, 2003, theorem 6.26). Many steps at once first, where much was left to be given away.
/// </summary>
internal sealed class StepExchange
{
    // Rises carry rounding errors of some units in the last place; a gain within them is none.
    private const double Worth = 1 + 1e-13;
    private const int MovesPerChannel = 20;

    private readonly GridProblem problem;
    private readonly Envelope[] envelopes;
    private readonly GridGroup[] bounds;
    private readonly long[] units;
    private readonly long[] sums;
    private readonly double[] rises;
    private readonly double[] falls;
    private readonly int[] ups;
    private readonly int[] downs;

    public StepExchange(GridProblem problem, Envelope[] envelopes, GridGroup[] bounds, long[] units)
    {
        (this.problem, this.envelopes, this.bounds, this.units) = (problem, envelopes, bounds, units);
        (rises, falls) = (new double[units.Length], new double[units.Length]);
        sums = new long[bounds.Length];
        (ups, downs) = (new int[bounds.Length], new int[bounds.Length]);
        for (var i = 0; i < units.Length; i++)
        {
            sums[problem.Channels[i].Group] += units[i];
        }
    }

    public void Run()
    {
        var size = 1L;
        while (Improve(size) && size < problem.Total / 2)
        {
            size *= 4;
        }

        for (size /= 4; size >= 1; size /= 4)
        {
            Improve(size);
        }
    }

    /// <summary>Exchanges of one size; true when there may be more of them.</summary>
    private bool Improve(long size)
    {
        for (var i = 0; i < units.Length; i++)
        {
            Weigh(i, size);
        }

        for (var move = 0; move < MovesPerChannel * units.Length; move++)
        {
            if (FindBest(size) is not var (up, down) || !(rises[up] > falls[down] * Worth))
            {
                return false;
            }

            units[up] += size;
            units[down] -= size;
            sums[problem.Channels[up].Group] += size;
            sums[problem.Channels[down].Group] -= size;
            Weigh(up, size);
            Weigh(down, size);
        }

        return true;
    }

    private void Weigh(int i, long size)
    {
        var envelope = envelopes[i];
        rises[i] = units[i] + size <= envelope.Hi ? envelope.Rise(units[i], size) : double.NegativeInfinity;
        falls[i] = units[i] - size >= envelope.Lo ? envelope.Rise(units[i] - size, size) : double.PositiveInfinity;
    }

    /// <summary>The pair whose exchange brings most: within a group, or between groups with room.</summary>
    private (int Up, int Down)? FindBest(long size)
    {
        Array.Fill(ups, -1);
        Array.Fill(downs, -1);
        for (var i = 0; i < units.Length; i++)
        {
            ref var up = ref ups[problem.Channels[i].Group];
            up = up < 0 || rises[i] > rises[up] ? i : up;
            ref var down = ref downs[problem.Channels[i].Group];
            down = down < 0 || falls[i] < falls[down] ? i : down;
        }

        var (bestUp, bestDown) = (-1, -1);
        (int, int)? best = null;
        var gain = 0.0;
        for (var group = 0; group < bounds.Length; group++)
        {
            if (ups[group] < 0)
            {
                continue;
            }

            var within = rises[ups[group]] - falls[downs[group]];
            (best, gain) = within > gain ? ((ups[group], downs[group]), within) : (best, gain);
            bestUp = sums[group] + size <= bounds[group].Upper && (bestUp < 0 || rises[ups[group]] > rises[bestUp]) ? ups[group] : bestUp;
            bestDown =
                sums[group] - size >= bounds[group].Lower && (bestDown < 0 || falls[downs[group]] < falls[bestDown])
                    ? downs[group]
                    : bestDown;
        }

        return bestUp >= 0 && bestDown >= 0 && rises[bestUp] - falls[bestDown] > gain ? (bestUp, bestDown) : best;
    }
}
