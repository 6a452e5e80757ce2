using System.Text.Json.Nodes;

namespace Tradepost.Training.Registry;

/// <summary>A trained artefact of a model and how it came about. The artefact itself is loaded apart.</summary>
public sealed record ModelVersion
{
    public required string Model { get; init; }

    /// <summary>Counts from 1, without gaps.</summary>
    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required ModelStage Stage { get; init; }

    public required JsonObject Parameters { get; init; }

    public required IReadOnlyDictionary<string, Metric> Metrics { get; init; }

    public required string DecidingMetric { get; init; }

    /// <summary>The version that was in production then, judged on the same data.</summary>
    public required Rival? Rival { get; init; }

    public required DateTime TrainedFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTime TrainedTo { get; init; }

    public required long Rows { get; init; }

    public required string DataFingerprint { get; init; }

    public required string CodeVersion { get; init; }

    public required long ArtefactBytes { get; init; }

    public required string ArtefactSha256 { get; init; }

    public required Guid? RunId { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }
}
