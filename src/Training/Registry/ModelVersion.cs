using System.Text.Json.Nodes;

namespace Tradepost.Training.Registry;

/// <summary>A trained artefact of a model and how it came about. The artefact itself is loaded apart.</summary>
public sealed record ModelVersion
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Counts from 1, without gaps.</summary>
    public required int Version { get; init; }

    /// <summary>The algorithm, such as <c>prophet</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is.</summary>
    public required ModelStage Stage { get; init; }

    /// <summary>What its model is made of.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>What it was judged by, on data that it had not seen, by name.</summary>
    public required IReadOnlyDictionary<string, Metric> Metrics { get; init; }

    /// <summary>The metric by which a promotion is decided; one of <see cref="Metrics"/>.</summary>
    public required string DecidingMetric { get; init; }

    /// <summary>The version that was in production then, judged on the same data.</summary>
    public required Rival? Rival { get; init; }

    /// <summary>The first moment of the data that it was trained on, in UTC.</summary>
    public required DateTime TrainedFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTime TrainedTo { get; init; }

    /// <summary>How many values it was trained on.</summary>
    public required long Rows { get; init; }

    /// <summary>The same for the same data.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The version of the library that trained it.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>The length of what predicts.</summary>
    public required long ArtefactBytes { get; init; }

    /// <summary>The checksum of what predicts, in lower-case hexadecimal.</summary>
    public required string ArtefactSha256 { get; init; }

    /// <summary>The run that trained it; null outside of runs.</summary>
    public required Guid? RunId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was registered, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }
}
