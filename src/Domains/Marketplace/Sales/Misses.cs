namespace Tradepost.Marketplace.Sales;

/// <summary>How far estimates of the past missed, and so how far the bounds of the next one have to reach. Recent ones count more.</summary>
internal sealed class Misses
{
    private const int Bins = 1000;
    private const double BinWidth = 0.02;
    private const double HalfLife = 90;
    private const double Share = 0.8;

    /// <summary>
    /// What is assumed before anything is known: so many misses, a quarter farther than the units' distribution says. They are
    /// the middle points of nine equal parts of a half-normal distribution.
    /// </summary>
    private const double AssumedMisses = 30,
        AssumedScale = 1.25;

    private static readonly double[] HalfNormal = [0.0697, 0.2104, 0.3555, 0.5086, 0.6745, 0.8616, 1.0853, 1.3830, 1.9145];

    private readonly double[] bins = new double[Bins];
    private int? origin;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes one.</summary>
    /// <param name="reach">As <see cref="CountInterval.ReachTo"/> says it.</param>
    /// <param name="day">On which it became known.</param>
    public void Add(double reach, int day)
    {
        origin ??= day;
        bins[BinOf(reach)] += double.Exp2((day - origin.Value) / HalfLife);
        Count++;
    }

    /// <summary>The reach that held four in five of the misses that were known on a day.</summary>
    public double ReachOn(int day)
    {
        var unit = double.Exp2((day - (origin ?? day)) / HalfLife) * AssumedMisses / HalfNormal.Length;
        Span<double> assumed = stackalloc double[Bins];
        assumed.Clear();
        foreach (var point in HalfNormal)
        {
            assumed[BinOf(point * AssumedScale)] += unit;
        }

        var all = unit * HalfNormal.Length;
        foreach (var weight in bins)
        {
            all += weight;
        }

        var sum = 0.0;
        for (var bin = 0; bin < Bins; bin++)
        {
            sum += bins[bin] + assumed[bin];
            if (sum >= Share * all)
            {
                return (bin + 1) * BinWidth;
            }
        }

        return Bins * BinWidth;
    }

    private static int BinOf(double reach) => Math.Clamp((int)(reach / BinWidth), 0, Bins - 1);
}
