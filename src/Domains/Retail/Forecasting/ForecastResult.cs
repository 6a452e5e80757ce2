namespace Tradepost.Retail.Forecasting;

/// <summary>What was trained, how good it is, and what the version in production predicts.</summary>
public sealed record ForecastResult
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required string Stage { get; init; }

    /// <summary>What became of the version, in one sentence.</summary>
    public required string Note { get; init; }

    public required DateOnly TrainedFrom { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateOnly TrainedTo { get; init; }

    public required int Days { get; init; }

    /// <summary>Forecasts of the past by which the version was judged.</summary>
    public required int Cutoffs { get; init; }

    /// <summary>The version that predicts; null when none does.</summary>
    public required int? Production { get; init; }

    /// <summary>New ones, of the version in production and of this one.</summary>
    public required int Predictions { get; init; }

    /// <summary>Earlier predictions whose outcome has become known.</summary>
    public required int Outcomes { get; init; }

    public required IReadOnlyDictionary<string, ForecastMetric> Metrics { get; init; }

    /// <summary>That of the version in production; of this one where there is none, or where it knows of later days.</summary>
    public required IReadOnlyList<ForecastPeriod> Forecast { get; init; }
}
