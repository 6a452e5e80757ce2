using System.Text.Json.Serialization;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>How a version's predictions of a symbol turned out beside its walk through the past.</summary>
public sealed record LiveReturns
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required string Symbol { get; init; }

    public required int Horizon { get; init; }

    public required long Predictions { get; init; }

    /// <summary>Those whose outcome is known.</summary>
    public required long Known { get; init; }

    /// <summary>Root of their mean squared error; null while none is known.</summary>
    public required double? Rmse { get; init; }

    /// <summary>That of the walk.</summary>
    public required double RmseWalk { get; init; }

    /// <summary>The share of outcomes within the interval; null while none is known.</summary>
    [JsonPropertyName("coverage_80")]
    public required double? Coverage80 { get; init; }

    /// <summary>
    /// How far the features of the last week are from those of the training, on average, in standard deviations of these; null where there
    /// are no rows.
    /// </summary>
    public required double? Drift { get; init; }
}
