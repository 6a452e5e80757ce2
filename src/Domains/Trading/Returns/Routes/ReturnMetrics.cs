using Tradepost.Trading.Returns.Figures;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>How good a model's forecasts of a symbol were.</summary>
public sealed record ReturnMetrics
{
    public required string Model { get; init; }

    /// <summary>Null for baselines, which are not registered.</summary>
    public required int? Version { get; init; }

    public required string Symbol { get; init; }

    public required int Horizon { get; init; }

    public required DateTime TrainedAt { get; init; }

    /// <summary>The first hour of the walk that was trained on (UTC).</summary>
    public required DateTime TrainFrom { get; init; }

    /// <summary>The first hour that it was judged by (UTC).</summary>
    public required DateTime TestFrom { get; init; }

    /// <summary>The last hour that it was judged by (UTC).</summary>
    public required DateTime TestTo { get; init; }

    public required string DataFingerprint { get; init; }

    public required string FeatureFingerprint { get; init; }

    /// <summary>Whether it is the best of those that learn, for this symbol and horizon.</summary>
    public required bool IsChampion { get; init; }

    /// <summary>Over the walk.</summary>
    public required ReturnFigures Figures { get; init; }

    /// <summary>Predictions made since, and how they turned out.</summary>
    public required LiveScore Live { get; init; }
}
