namespace Tradepost.Marketplace.Guarding;

/// <summary>
/// The most frequent of any number of values, in little memory: J. Misra and D. Gries, "Finding repeated elements" (1982). A count is too
/// low by at most a 256th of all values.
/// </summary>
internal sealed class FrequentValues
{
    private const int Kept = 256;

    private readonly Dictionary<double, int> counts = [];

    public void Add(double value)
    {
        if (counts.TryGetValue(value, out var count))
        {
            counts[value] = count + 1;
        }
        else if (counts.Count < Kept)
        {
            counts.Add(value, 1);
        }
        else
        {
            foreach (var (other, seen) in counts.ToList())
            {
                if (seen == 1)
                {
                    counts.Remove(other);
                }
                else
                {
                    counts[other] = seen - 1;
                }
            }
        }
    }

    /// <summary>The most frequent value and how often it was there; nothing 0 times.</summary>
    public (double Value, int Count) Top()
    {
        var top = (Value: double.NaN, Count: 0);
        foreach (var (value, count) in counts)
        {
            if (count > top.Count || (count == top.Count && value < top.Value))
            {
                top = (value, count);
            }
        }

        return top;
    }
}
