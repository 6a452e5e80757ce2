namespace Tradepost.Trading.Returns.Predicting;

/// <summary>A log return that was predicted.</summary>
public sealed record ReturnPrediction
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required string Symbol { get; init; }

    /// <summary>Hours ahead.</summary>
    public required int Horizon { get; init; }

    /// <summary>The close of the candle that it was made from: nothing later was known (UTC).</summary>
    public required DateTime FeatureTime { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>The close up to which the return runs (UTC).</summary>
    public required DateTime TargetTime { get; init; }

    public required double Value { get; init; }

    /// <summary>Of the interval of 80 %.</summary>
    public required double Lower { get; init; }

    /// <summary>Of the interval of 80 %.</summary>
    public required double Upper { get; init; }

    /// <summary>What came; null as long as that is not known.</summary>
    public required double? Actual { get; init; }
}
