namespace Tradepost.Training.Ledger;

/// <summary>A value that a version has predicted, and what came.</summary>
public sealed record Prediction
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The version that predicted.</summary>
    public required int Version { get; init; }

    /// <summary>What it is about, such as <c>visitors by day</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>How far ahead, such as <c>7d</c>.</summary>
    public required string Horizon { get; init; }

    /// <summary>Nothing after this moment was known.</summary>
    public required DateTime AsOf { get; init; }

    /// <summary>When what it is for begins, in UTC.</summary>
    public required DateTime MadeFor { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>In the units of what is predicted.</summary>
    public required double Value { get; init; }

    /// <summary>The lower bound of its interval.</summary>
    public required double Lower { get; init; }

    /// <summary>The upper bound of its interval.</summary>
    public required double Upper { get; init; }

    /// <summary>What came; null as long as that is not known.</summary>
    public required double? Actual { get; init; }
}
