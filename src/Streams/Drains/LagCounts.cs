using System.Numerics;

namespace Tradepost.Streams.Drains;

/// <summary>
/// Counts of times by their size, sixteen steps for each doubling: any number of them in the same memory, quantiles right to 6 %.
/// </summary>
public sealed class LagCounts
{
    private const int Fine = 4;

    private readonly long[] counts = new long[64 << Fine];
    private long total;
    private long longest;

    /// <summary>Counts a time.</summary>
    public void Add(long microseconds)
    {
        var value = Math.Max(1, microseconds);
        longest = Math.Max(longest, value);
        counts[Step(value)]++;
        total++;
    }

    /// <summary>What half and 99 of 100 of them took; null while there are none.</summary>
    public LagSummary? Summary() => total == 0 ? null : new LagSummary(Quantile(0.5), Quantile(0.99), longest / 1000.0);

    private static int Step(long value)
    {
        var power = BitOperations.Log2((ulong)value);
        return power < Fine ? (int)value : ((power - Fine + 1) << Fine) + (int)((value >> (power - Fine)) & ((1 << Fine) - 1));
    }

    /// <summary>The upper end of the step that holds it.</summary>
    private double Quantile(double share)
    {
        var (wanted, below) = ((long)Math.Ceiling(total * share), 0L);
        for (var step = 0; step < counts.Length; step++)
        {
            below += counts[step];
            if (below >= wanted)
            {
                return Math.Min(longest, UpperEnd(step)) / 1000.0;
            }
        }

        return longest / 1000.0;
    }

    private static long UpperEnd(int step)
    {
        var power = (step >> Fine) + Fine - 1;
        return step < 1 << Fine ? step : ((1L << Fine) + (step & ((1 << Fine) - 1)) + 1) << (power - Fine);
    }
}
