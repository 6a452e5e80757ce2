using System.Text.Json.Nodes;

namespace Tradepost.Training.Registry;

/// <summary>What was trained, as it is registered.</summary>
public sealed record NewVersion
{
    /// <summary>What is predicted, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The algorithm, such as <c>prophet</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What its model is made of.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>What it was judged by, on data that it had not seen, by name.</summary>
    public required IReadOnlyDictionary<string, Metric> Metrics { get; init; }

    /// <summary>The metric by which a promotion is decided; one of <see cref="Metrics"/>.</summary>
    public required string DecidingMetric { get; init; }

    /// <summary>The version in production, judged on the same data; null without one.</summary>
    public Rival? Rival { get; init; }

    /// <summary>The first moment of the data that it was trained on, in UTC.</summary>
    public required DateTime TrainedFrom { get; init; }

    /// <summary>The moment at which they end, exclusive.</summary>
    public required DateTime TrainedTo { get; init; }

    /// <summary>How many values it was trained on.</summary>
    public required long Rows { get; init; }

    /// <summary>The same for the same data.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The version of the library that trained it.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>What predicts, in a form that its kind can read.</summary>
    public required ReadOnlyMemory<byte> Artefact { get; init; }

    /// <summary>The run that trained it.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string CreatedBy { get; init; }
}
