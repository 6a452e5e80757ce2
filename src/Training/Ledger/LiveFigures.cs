namespace Tradepost.Training.Ledger;

/// <summary>How a version's predictions of one entity turned out so far.</summary>
public sealed record LiveFigures
{
    public required int Version { get; init; }

    public required string Entity { get; init; }

    public required long Predictions { get; init; }

    /// <summary>Those whose outcome is known; the figures are over them.</summary>
    public required long Known { get; init; }

    /// <summary>Mean absolute error; null while nothing is known.</summary>
    public required double? Mae { get; init; }

    public required double? Rmse { get; init; }

    /// <summary>The share of outcomes within their interval.</summary>
    public required double? Coverage { get; init; }
}
