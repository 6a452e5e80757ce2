using System.Text.Json.Serialization;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>How the past is walked through, and what acting on forecasts is taken to cost.</summary>
public sealed record WalkSettings
{
    /// <summary>Hours that a fold is trained on, before what is purged of them.</summary>
    public int TrainHours { get; init; } = 180 * 24;

    /// <summary>Hours that it is judged by.</summary>
    public int TestHours { get; init; } = 30 * 24;

    /// <summary>Hours left out between the two besides those whose label ends in the test.</summary>
    public int EmbargoHours { get; init; }

    /// <summary>How far from the mean a feature is believed, in standard deviations of the training rows.</summary>
    public double Clip { get; init; } = 5;

    /// <summary>The share of training rows that a feature must be known of.</summary>
    public double LeastKnown { get; init; } = 0.99;

    /// <summary>What a change of position by its whole size costs, in hundredths of a percent.</summary>
    public double CostBasisPoints { get; init; } = 5;

    /// <summary>The decision layer acts where the forecast is more than this many times the cost.</summary>
    public double DecisionFactor { get; init; } = 2;

    /// <summary>The share of returns that an interval is to hold.</summary>
    public double IntervalWidth { get; init; } = 0.8;

    /// <summary>The cost as a log return.</summary>
    [JsonIgnore]
    public double Cost => CostBasisPoints / 10_000;
}
