using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary>One instrument and its series.</summary>
internal sealed class Metric
{
    // A label that somebody outside can choose must not fill the memory.
    private const int MostSeries = 2000;

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
    private static readonly double[] Amounts = [1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 10_000_000];

    private const int MostRecent = 8;

    private readonly ConcurrentDictionary<int, Series[]> series = new();
    private volatile Series[] recent = []; // the first of them, found without hashing
    private readonly Lock adding = new();
    private int count;

    public Metric(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        IsRunningTotal = type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
        IsObservable = instrument.IsObservable;
        Name = MetricName.Of(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? "";
        Bounds = Kind == MetricKind.Histogram ? AdvisedBounds(instrument) ?? (instrument.Unit == "s" ? Seconds : Amounts) : null;
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>The upper bounds of a histogram's buckets, but for the last, which has none.</summary>
    public double[]? Bounds { get; }

    /// <summary>Whether each reading gives all its series anew.</summary>
    public bool IsObservable { get; }

    public IEnumerable<Series> Series => series.Values.SelectMany(same => same);

    /// <summary>Whether measurements are added up, in contrast to replacing each other.</summary>
    private bool IsRunningTotal { get; }

    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (Find(labels) is not { } found)
        {
            return;
        }

        if (Kind == MetricKind.Histogram)
        {
            found.Observe(measurement);
        }
        else if (IsRunningTotal)
        {
            found.Add(measurement);
        }
        else
        {
            found.Set(measurement);
        }
    }

    /// <summary>Forgets the series of an observable instrument before it is read again: what it no longer reports has gone.</summary>
    public void Clear()
    {
        lock (adding)
        {
            series.Clear();
            recent = [];
            count = 0;
        }
    }

    private Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (var candidate in recent)
        {
            if (LabelSet.AreIdentical(labels, candidate.Labels))
            {
                return candidate;
            }
        }

        var hash = LabelSet.HashOf(labels);
        return series.TryGetValue(hash, out var same) && Find(same, labels) is { } found ? found : Add(hash, labels);
    }

    private Series? Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (adding)
        {
            var same = series.GetValueOrDefault(hash, []);
            if (Find(same, labels) is { } meanwhile)
            {
                return meanwhile;
            }

            if (count == MostSeries)
            {
                return null;
            }

            count++;
            var added = new Series(labels.ToArray(), Bounds);
            series[hash] = [.. same, added];
            if (count <= MostRecent)
            {
                recent = [.. recent, added];
            }

            return added;
        }
    }

    private static Series? Find(Series[] same, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (var candidate in same)
        {
            if (LabelSet.AreSame(labels, candidate.Labels))
            {
                return candidate;
            }
        }

        return null;
    }

    private static double[]? AdvisedBounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => null,
    };
}
