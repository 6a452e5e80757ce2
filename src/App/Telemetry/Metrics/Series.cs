using System.Numerics;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary>The measurements of one instrument with one set of labels.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] labels, double[]? bounds)
{
    private const int MostCells = 16;

    // One for each processor: those who measure at once do not wait for each other.
    private static readonly int Cells = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MostCells));

    private readonly Cell[] cells = [.. Enumerable.Range(0, Cells).Select(_ => new Cell(bounds is null ? 0 : bounds.Length + 1))];

    public KeyValuePair<string, object?>[] Labels { get; } = labels;

    private Cell Mine => cells[Thread.GetCurrentProcessorId() & (Cells - 1)];

    public void Add(double amount)
    {
        var cell = Mine;
        lock (cell.Gate)
        {
            cell.Value += amount;
        }
    }

    /// <summary>Replaces what is known; not to be mixed with <see cref="Add"/>.</summary>
    public void Set(double current)
    {
        lock (cells[0].Gate)
        {
            cells[0].Value = current;
        }
    }

    /// <summary>Puts a measurement into its bucket: the first whose bound it does not exceed.</summary>
    public void Observe(double measurement)
    {
        var bucket = Array.BinarySearch(bounds!, measurement); // only histograms observe, and they have bounds
        var cell = Mine;
        lock (cell.Gate)
        {
            cell.Buckets[bucket < 0 ? ~bucket : bucket]++;
            cell.Value += measurement;
            cell.Count++;
        }
    }

    /// <summary>The sum or current value, how many measurements, and how many of them in each bucket; the numbers fit each other.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        var (value, count, buckets) = (0.0, 0L, new long[cells[0].Buckets.Length]);
        foreach (var cell in cells)
        {
            lock (cell.Gate)
            {
                value += cell.Value;
                count += cell.Count;
                for (var i = 0; i < buckets.Length; i++)
                {
                    buckets[i] += cell.Buckets[i];
                }
            }
        }

        return (value, count, buckets);
    }

    private sealed class Cell(int buckets)
    {
        public Lock Gate { get; } = new();

        public long[] Buckets { get; } = new long[buckets];

        public double Value { get; set; }

        public long Count { get; set; }
    }
}
