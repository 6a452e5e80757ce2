using System.Text.Json.Serialization;

namespace Tradepost.Benchmarks.Measuring;

/// <summary>Several runs of one thing.</summary>
/// <param name="Name">What was run.</param>
/// <param name="Rows">Rows that one run moved.</param>
internal sealed record Series(string Name, long Rows)
{
    private readonly List<Measurement> runs = [];

    public double Median => Middle(runs.Select(run => run.Seconds));

    public double Min => runs.Min(run => run.Seconds);

    public double Max => runs.Max(run => run.Seconds);

    public double RowsPerSecond => Rows / Median;

    /// <summary>The median of the runs.</summary>
    public double CpuSeconds => Middle(runs.Select(run => run.CpuSeconds));

    /// <summary>The largest of the runs.</summary>
    public double PeakMegabytes => runs.Max(run => run.PeakMegabytes);

    public IReadOnlyList<double> Seconds => [.. runs.Select(run => run.Seconds)];

    [JsonIgnore]
    public bool IsEmpty => runs.Count == 0;

    public void Add(Measurement run) => runs.Add(run);

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
