using System.Numerics;

namespace Tradepost.Trading.Collecting;

/// <summary>
/// How long a stream usually takes from one message to the next: counts by powers of two of microseconds, older ones fading.
/// </summary>
internal sealed class Arrivals
{
    private const int Least = 100;
    private const int Fading = 100_000;
    private const int Patience = 20;

    private readonly long[] counts = new long[48];
    private long total;
    private long last;

    /// <summary>Whether enough was heard to know what is usual.</summary>
    public bool IsUsual => total >= Least;

    /// <summary>Twenty times what 99 of 100 intervals stay under, in microseconds.</summary>
    public long LongestUsual
    {
        get
        {
            var (above, bucket) = (0L, counts.Length - 1);
            while (bucket > 0 && above + counts[bucket] <= total / 100)
            {
                above += counts[bucket--];
            }

            return Patience * (1L << bucket);
        }
    }

    public void Add(long local)
    {
        if (last > 0)
        {
            counts[Math.Min(counts.Length - 1, BitOperations.Log2((ulong)Math.Max(1, local - last)) + 1)]++;
            if (++total >= Fading)
            {
                Fade();
            }
        }

        last = Math.Max(last, local);
    }

    private void Fade()
    {
        total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] /= 2;
            total += counts[i];
        }
    }
}
