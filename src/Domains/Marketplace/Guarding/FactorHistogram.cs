namespace Tradepost.Marketplace.Guarding;

/// <summary>Logarithms of factors in bins of a fortieth between e⁻³ and e³: quantiles of any number of them in a kilobyte.</summary>
internal sealed class FactorHistogram
{
    private const int BinsOfOne = 40;
    private const int Edge = 3;

    private readonly int[] bins = new int[(2 * Edge * BinsOfOne) + 1];

    public int Count { get; private set; }

    public void Add(double factor)
    {
        var bin = (int)Math.Round(Math.Clamp(factor, -Edge, Edge) * BinsOfOne) + (Edge * BinsOfOne);
        bins[bin]++;
        Count++;
    }

    /// <summary>The quantile, to the width of a bin; 0 of nothing.</summary>
    public double Quantile(double probability)
    {
        var rank = probability * (Count - 1);
        var below = 0;
        for (var bin = 0; bin < bins.Length && Count > 0; bin++)
        {
            below += bins[bin];
            if (below > rank)
            {
                return (bin - (Edge * BinsOfOne)) / (double)BinsOfOne;
            }
        }

        return 0;
    }
}
