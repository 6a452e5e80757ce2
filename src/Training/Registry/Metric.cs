namespace Tradepost.Training.Registry;

/// <summary>A figure that a version was judged by, on data that it had not seen.</summary>
public sealed record Metric
{
    /// <summary>In the units of what is predicted, or a share.</summary>
    public required double Value { get; init; }

    /// <summary>What is better.</summary>
    public required MetricAim Aim { get; init; }

    /// <summary>What <see cref="MetricAim.Nearest"/> is near to.</summary>
    public double? Target { get; init; }

    /// <summary>The same figure of the simplest thing that could be done instead; null where that has none.</summary>
    public double? Baseline { get; init; }

    /// <summary>How this value compares with another of the same metric.</summary>
    public Verdict Against(double other) => Compare(Value, other);

    /// <summary>How one value of this metric compares with another.</summary>
    internal Verdict Compare(double value, double other)
    {
        var (mine, theirs) = (Distance(value), Distance(other));
        return !double.IsFinite(mine) || !double.IsFinite(theirs) ? Verdict.Unknown
            : mine == theirs ? Verdict.Same
            : mine < theirs ? Verdict.Better
            : Verdict.Worse;
    }

    private double Distance(double value) =>
        Aim switch
        {
            MetricAim.Lower => value,
            MetricAim.Higher => -value,
            _ => Math.Abs(value - (Target ?? double.NaN)),
        };
}
