namespace Tradepost.Learning.Budgets.Solving;

/// <summary>
/// Two prices, as near each other as it takes, at which some envelopes want at least and at most so many steps. Where the demand jumps, at slopes of
/// lines, by bisection among these; between by the Illinois variant of the false position on logarithms (M. Dowell, P. Jarratt, BIT 11, 1971).
/// </summary>
internal sealed class PriceSearch
{
    private const int MostProbes = 200;
    private const int Patience = 3;
    private const double LeastPrice = 1e-300;
    private const double Near = 1.003;

    /// <summary>Share of the total that prices of 64 bits tell apart.</summary>
    private const double Precision = 1e-13;

    private readonly Envelope[] envelopes;
    private readonly int[] members;
    private readonly long total;

    private PriceSearch(Envelope[] envelopes, int[] members, long total) =>
        (this.envelopes, this.members, this.total) = (envelopes, members, total);

    /// <summary>The demand at it is at least the total.</summary>
    public double Low { get; private set; }

    /// <summary>The demand at it is at most the total.</summary>
    public double High { get; private set; } = double.PositiveInfinity;

    /// <summary>Looks for the prices.</summary>
    /// <param name="envelopes">Of all channels.</param>
    /// <param name="members">The channels that are asked.</param>
    /// <param name="total">Between the sums of their fewest and most steps.</param>
    /// <param name="hint">A price that may be near.</param>
    public static PriceSearch Run(Envelope[] envelopes, int[] members, long total, double hint)
    {
        var search = new PriceSearch(envelopes, members, total);
        search.Approach(hint);
        if (!search.TryJumps())
        {
            search.Narrow();
        }

        return search;
    }

    private long Demand(double price)
    {
        var sum = 0L;
        foreach (var member in members)
        {
            sum = StepSum.Add(sum, envelopes[member].Demand(price));
        }

        return sum;
    }

    /// <summary>Takes the neighbourhood of a price where the total lies in it.</summary>
    private void Approach(double hint)
    {
        if (!(hint > LeastPrice && hint < 1 / LeastPrice))
        {
            return;
        }

        Try(hint);
        Try(Low > 0 ? hint * Near : hint / Near);
    }

    private void Try(double price)
    {
        if (Demand(price) >= total)
        {
            Low = price;
        }
        else
        {
            High = price;
        }
    }

    /// <summary>Whether the total lies within a jump, which then settles both prices.</summary>
    private bool TryJumps()
    {
        var slopes = new List<double>();
        foreach (var member in members)
        {
            if (envelopes[member].Jumps && envelopes[member].Slope >= Low && envelopes[member].Slope < High)
            {
                slopes.Add(envelopes[member].Slope);
            }
        }

        slopes.Sort();
        var (below, above) = (-1, slopes.Count);
        while (above - below > 1)
        {
            var middle = (below + above) / 2;
            (below, above) = Demand(slopes[middle]) >= total ? (middle, above) : (below, middle);
        }

        High = above < slopes.Count ? slopes[above] : High;
        if (below < 0)
        {
            return false;
        }

        Low = slopes[below];
        var next = Math.BitIncrement(Low);
        if (Demand(next) > total)
        {
            Low = next;
            return false;
        }

        High = next;
        return true;
    }

    private void Narrow()
    {
        var (low, high) = Bracket();
        if (Low == 0)
        {
            return;
        }

        var (most, fewest) = (Demand(Low), Demand(High));
        var (atLow, atHigh) = (ExcessOf(most), ExcessOf(fewest));
        var enough = Math.Max(members.Length, (long)(total * Precision));
        var kept = 0;
        for (var probe = 0; probe < MostProbes && most - fewest > enough && most > total && fewest < total; probe++)
        {
            var width = high - low;
            var at = probe % Patience == Patience - 1 ? low + (width / 2) : low + (width * (atLow / (atLow - atHigh)));
            var price = Math.Exp(at);
            if (!(price > Low && price < High))
            {
                price = Math.Exp(low + (width / 2));
                if (!(price > Low && price < High))
                {
                    return;
                }
            }

            var demand = Demand(price);
            var excess = ExcessOf(demand);
            if (demand >= total)
            {
                (Low, low, atLow, most) = (price, Math.Log(price), excess, demand);
                atHigh = kept > 0 ? atHigh / 2 : atHigh;
                kept = 1;
            }

            if (demand <= total)
            {
                (High, high, atHigh, fewest) = (price, Math.Log(price), excess, demand);
                atLow = kept < 0 ? atLow / 2 : atLow;
                kept = -1;
            }
        }
    }

    /// <summary>Logarithms of prices between which the total lies.</summary>
    private (double Low, double High) Bracket()
    {
        var start = Start();
        for (var (price, factor) = (start, 2.0); double.IsPositiveInfinity(High); factor *= factor)
        {
            if (Demand(price) <= total)
            {
                High = price;
            }
            else
            {
                (Low, price) = (price, Math.Min(price * factor, double.MaxValue));
            }
        }

        for (var (price, factor) = (Math.Min(start, High / 2), 2.0); Low == 0 && price > LeastPrice; factor *= factor)
        {
            if (Demand(price) >= total)
            {
                Low = price;
            }
            else
            {
                (High, price) = (price, price / factor);
            }
        }

        return (Math.Log(Math.Max(Low, LeastPrice)), Math.Log(High));
    }

    private double Start()
    {
        var most = 0.0;
        foreach (var member in members)
        {
            most = Math.Max(most, envelopes[member].Hi > envelopes[member].Lo ? envelopes[member].Rise(envelopes[member].Lo, 1) : 0);
        }

        return most > 0 ? most : 1;
    }

    private double ExcessOf(long demand) => Math.Log((demand + 1.0) / (total + 1.0));
}
