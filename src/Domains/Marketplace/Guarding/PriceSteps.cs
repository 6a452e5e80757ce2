namespace Tradepost.Marketplace.Guarding;

/// <summary>How finely a shop prints prices: how often each power of ten was the greatest that divides a price.</summary>
internal sealed class PriceSteps
{
    private const int Finest0 = -9;
    private const int Coarsest = 12;
    private const double RareShare = 0.02;

    private readonly long[] counts = new long[Coarsest - Finest0 + 1];

    public long Count { get; private set; }

    /// <summary>The finest power of ten in use, but for the finest fiftieth of the prices.</summary>
    public int Finest
    {
        get
        {
            var seen = 0L;
            for (var i = 0; i < counts.Length; i++)
            {
                seen += counts[i];
                if (seen > 0 && seen >= RareShare * Count)
                {
                    return i + Finest0;
                }
            }

            return Finest0;
        }
    }

    public void Clear()
    {
        Array.Clear(counts);
        Count = 0;
    }

    /// <summary>Notes prices of a step.</summary>
    /// <param name="step">The power of ten.</param>
    /// <param name="times">How many.</param>
    public void Add(int step, int times = 1)
    {
        counts[Math.Clamp(step, Finest0, Coarsest) - Finest0] += times;
        Count += times;
    }

    public void Add(PriceSteps others)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += others.counts[i];
        }

        Count += others.Count;
    }
}
