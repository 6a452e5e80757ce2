namespace Tradepost.Training.Registry;

/// <summary>A figure of a version beside that of the version in production.</summary>
public sealed record ComparedMetric
{
    /// <summary>Such as <c>mase</c>.</summary>
    public required string Name { get; init; }

    /// <summary>That of the version.</summary>
    public required double Value { get; init; }

    /// <summary>What is better.</summary>
    public required MetricAim Aim { get; init; }

    /// <summary>What <see cref="MetricAim.Nearest"/> is near to; null for other aims.</summary>
    public required double? Target { get; init; }

    /// <summary>The same figure of the simplest thing that could be done instead.</summary>
    public required double? Baseline { get; init; }

    /// <summary>
    /// This version's figure that is compared: on the data on which production's was measured, where there is such a one.
    /// </summary>
    public required double? Compared { get; init; }

    /// <summary>That of the version in production; null for that version itself, and when there is none.</summary>
    public required double? Production { get; init; }

    /// <summary>How the version compares by it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Whether both were measured on the same data.</summary>
    public required bool IsSameData { get; init; }

    /// <summary>Whether promotions are decided by it.</summary>
    public required bool Decides { get; init; }
}
