namespace Tradepost.Training.Ledger;

/// <summary>How a version's predictions of one entity turned out so far.</summary>
public sealed record LiveFigures
{
    /// <summary>The version that predicted.</summary>
    public required int Version { get; init; }

    /// <summary>What its predictions are about.</summary>
    public required string Entity { get; init; }

    /// <summary>How many there are.</summary>
    public required long Predictions { get; init; }

    /// <summary>Those whose outcome is known; the figures are over them.</summary>
    public required long Known { get; init; }

    /// <summary>Mean absolute error; null while nothing is known.</summary>
    public required double? Mae { get; init; }

    /// <summary>The root of the mean squared error of those whose outcome is known; null while none is.</summary>
    public required double? Rmse { get; init; }

    /// <summary>The share of outcomes within their interval.</summary>
    public required double? Coverage { get; init; }
}
