namespace Tradepost.Training.Ledger;

/// <summary>A value that a version has predicted, and what came.</summary>
public sealed record Prediction
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required string Entity { get; init; }

    public required string Horizon { get; init; }

    /// <summary>Nothing after this moment was known.</summary>
    public required DateTime AsOf { get; init; }

    public required DateTime MadeFor { get; init; }

    public required DateTime MadeAt { get; init; }

    public required double Value { get; init; }

    public required double Lower { get; init; }

    public required double Upper { get; init; }

    /// <summary>What came; null as long as that is not known.</summary>
    public required double? Actual { get; init; }
}
