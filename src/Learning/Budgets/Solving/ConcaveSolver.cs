namespace Tradepost.Learning.Budgets.Solving;

/// <summary>
/// The best division of a total under concave envelopes, bounds and disjoint groups, exactly on the grid: a price at which the demand meets the total,
/// then the few steps that are left to the highest bidders, then exchanges until none pays (A. Federgruen, H. Groenevelt, Operations Research 34, 1986;
/// D. Hochbaum, Mathematics of Operations Research 19, 1994).
/// </summary>
internal sealed class ConcaveSolver(GridProblem problem)
{
    private readonly int[][] membersOf =
    [
        .. Enumerable
            .Range(0, problem.Groups.Length)
            .Select(group => Enumerable.Range(0, problem.Channels.Length).Where(i => problem.Channels[i].Group == group).ToArray()),
    ];

    /// <summary>The best division; null when the envelopes' bounds leave none.</summary>
    /// <param name="envelopes">One per channel.</param>
    /// <param name="hint">A price that may be near.</param>
    public Relaxation? Solve(Envelope[] envelopes, double hint)
    {
        var bounds = new GridGroup[membersOf.Length];
        for (var group = 0; group < bounds.Length; group++)
        {
            var (lower, upper) = SumsOf(envelopes, membersOf[group]);
            var own = problem.Groups[group];
            bounds[group] = new GridGroup(Math.Max(lower, own.Lower), Math.Min(upper, own.Upper));
            if (bounds[group].Lower > bounds[group].Upper)
            {
                return null;
            }
        }

        if (
            StepSum.Of(bounds.Select(group => group.Lower)) > problem.Total
            || StepSum.Of(bounds.Select(group => group.Upper)) < problem.Total
        )
        {
            return null;
        }

        var units = new long[envelopes.Length];
        var price = Divide(envelopes, bounds, hint, units);
        new StepExchange(problem, envelopes, bounds, units).Run();
        return new Relaxation(units, price);
    }

    /// <summary>The steps that all channels want at a price, groups within their bounds, and the total within what there is.</summary>
    public long Demand(Envelope[] envelopes, double price)
    {
        var sum = 0L;
        for (var group = 0; group < membersOf.Length; group++)
        {
            var (lower, upper) = SumsOf(envelopes, membersOf[group]);
            var own = problem.Groups[group];
            var demand = StepSum.Of(membersOf[group].Select(i => envelopes[i].Demand(price)));
            var least = Math.Max(lower, own.Lower);
            sum = StepSum.Add(sum, Math.Clamp(demand, least, Math.Max(least, Math.Min(upper, own.Upper))));
        }

        return sum;
    }

    /// <summary>
    /// Groups that want more or less than they may at the common price are held at their bound, the others share what is left; holding some
    /// moves the price one way, so it ends after as many rounds as there are groups.
    /// </summary>
    private double Divide(Envelope[] envelopes, GridGroup[] bounds, double hint, long[] units)
    {
        var free = Enumerable.Range(0, bounds.Length).Where(group => membersOf[group].Length > 0).ToList();
        var left = problem.Total;
        var price = hint;
        while (free.Count > 0)
        {
            int[] members = free.Count == 1 ? membersOf[free[0]] : [.. free.SelectMany(group => membersOf[group]).Order()];
            price = Share(envelopes, members, left, price, units);
            var over = free.ToDictionary(group => group, group => membersOf[group].Sum(i => units[i]) - bounds[group].Upper);
            var under = free.ToDictionary(group => group, group => bounds[group].Lower - membersOf[group].Sum(i => units[i]));
            var (tooMuch, tooLittle) = (over.Values.Sum(more => Math.Max(0, more)), under.Values.Sum(less => Math.Max(0, less)));
            if (tooMuch == 0 && tooLittle == 0)
            {
                break;
            }

            // Holding the side that is further out is right whatever becomes of the other one.
            var isOver = tooMuch >= tooLittle;
            foreach (var group in free.Where(group => (isOver ? over[group] : under[group]) > 0).ToList())
            {
                var held = isOver ? bounds[group].Upper : bounds[group].Lower;
                Share(envelopes, membersOf[group], held, price, units);
                left -= held;
                free.Remove(group);
            }
        }

        return price;
    }

    /// <summary>Divides a total among some channels without regard to groups.</summary>
    private static double Share(Envelope[] envelopes, int[] members, long total, double hint, long[] units)
    {
        var (lower, upper) = SumsOf(envelopes, members);
        if (total <= lower || total >= upper)
        {
            foreach (var i in members)
            {
                units[i] = total <= lower ? envelopes[i].Lo : envelopes[i].Hi;
            }

            return hint;
        }

        var search = PriceSearch.Run(envelopes, members, total, hint);
        var left = total;
        foreach (var i in members)
        {
            units[i] = envelopes[i].Demand(search.High);
            left -= units[i];
        }

        foreach (var i in members)
        {
            // One line after the other: a channel in the middle of its line is the only kind that is worse than its envelope.
            if (left > 0 && envelopes[i].HasLine && units[i] < envelopes[i].Turn && envelopes[i].Demand(search.Low) > units[i])
            {
                var more = Math.Min(left, envelopes[i].Turn - units[i]);
                units[i] += more;
                left -= more;
            }
        }

        left -= left <= members.Length ? Raise(envelopes, members, (int)left, units) : 0;
        Level(envelopes, members, left, search.Low, units);
        return search.High;
    }

    /// <summary>Gives one step each to those whom it brings most, and says how many got one.</summary>
    private static int Raise(Envelope[] envelopes, int[] members, int left, long[] units)
    {
        int[] raised =
        [
            .. members.Where(i => units[i] < envelopes[i].Hi).OrderByDescending(i => envelopes[i].Rise(units[i], 1)).Take(left),
        ];
        foreach (var i in raised)
        {
            units[i]++;
        }

        return raised.Length;
    }

    /// <summary>Gives what is left to those who want more at the lower price, so that they become as equal as they can.</summary>
    private static void Level(Envelope[] envelopes, int[] members, long left, double price, long[] units)
    {
        if (left == 0)
        {
            return;
        }

        var tops = Array.ConvertAll(members, i => Math.Max(units[i], envelopes[i].Demand(price)));
        if (StepSum.Of(tops) - members.Sum(i => units[i]) < left)
        {
            tops = Array.ConvertAll(members, i => envelopes[i].Hi);
        }

        // The bottom comes first, then as many steps of one each as are left, so that none is above the level.
        var (low, high) = (members.Min(i => units[i]), tops.Max());
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Added(members, units, tops, middle) <= left ? (middle, high) : (low, middle);
        }

        left -= Added(members, units, tops, low);
        for (var m = 0; m < members.Length; m++)
        {
            var i = members[m];
            units[i] = Math.Max(units[i], Math.Min(low, tops[m]));
            if (left > 0 && units[i] == low && tops[m] > low)
            {
                units[i]++;
                left--;
            }
        }
    }

    private static long Added(int[] members, long[] units, long[] tops, long level)
    {
        var sum = 0L;
        for (var m = 0; m < members.Length; m++)
        {
            sum = StepSum.Add(sum, Math.Max(0, Math.Min(level, tops[m]) - units[members[m]]));
        }

        return sum;
    }

    private static (long Lower, long Upper) SumsOf(Envelope[] envelopes, int[] members)
    {
        var (lower, upper) = (0L, 0L);
        foreach (var i in members)
        {
            lower = StepSum.Add(lower, envelopes[i].Lo);
            upper = StepSum.Add(upper, envelopes[i].Hi);
        }

        return (lower, upper);
    }
}
