namespace Tradepost.App.Telemetry.Metrics;

/// <summary>The measurements of one instrument with one set of labels.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] labels, double[]? bounds)
{
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[bounds is null ? 0 : bounds.Length + 1];
    private double value;
    private long count;

    public KeyValuePair<string, object?>[] Labels { get; } = labels;

    public void Add(double amount)
    {
        lock (gate)
        {
            value += amount;
        }
    }

    public void Set(double current)
    {
        lock (gate)
        {
            value = current;
        }
    }

    /// <summary>Puts a measurement into its bucket: the first whose bound it does not exceed.</summary>
    public void Observe(double measurement)
    {
        var bucket = Array.BinarySearch(bounds!, measurement); // only histograms observe, and they have bounds
        lock (gate)
        {
            buckets[bucket < 0 ? ~bucket : bucket]++;
            value += measurement;
            count++;
        }
    }

    /// <summary>The sum or current value, how many measurements, and how many of them in each bucket, all of one moment.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (gate)
        {
            return (value, count, [.. buckets]);
        }
    }
}
