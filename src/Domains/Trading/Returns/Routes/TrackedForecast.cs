namespace Tradepost.Trading.Returns.Routes;

/// <summary>A log return that was forecast, and what came.</summary>
public sealed record TrackedForecast
{
    /// <summary>The close of the hour that it was made from (UTC).</summary>
    public required DateTime FeatureTime { get; init; }

    /// <summary>The close up to which the return runs (UTC).</summary>
    public required DateTime TargetTime { get; init; }

    /// <summary>The fold of the walk that it is of; null where it was predicted live.</summary>
    public required int? Fold { get; init; }

    public required int Version { get; init; }

    /// <summary>The price that it was made at; null where the hour has no features any more.</summary>
    public required double? Close { get; init; }

    public required double Value { get; init; }

    /// <summary>Of the interval of 80 %.</summary>
    public required double Lower { get; init; }

    /// <summary>Of the interval of 80 %.</summary>
    public required double Upper { get; init; }

    /// <summary>What came; null as long as that is not known.</summary>
    public required double? Actual { get; init; }
}
