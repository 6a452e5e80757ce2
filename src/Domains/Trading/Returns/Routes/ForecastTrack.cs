using Tradepost.Trading.Returns.Figures;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>What the champion of a symbol and horizon forecast, and what acting on it would have brought.</summary>
public sealed record ForecastTrack
{
    /// <summary>Null as long as nothing was trained.</summary>
    public required string? Symbol { get; init; }

    /// <summary>Hours ahead; null as long as nothing was trained.</summary>
    public required int? Horizon { get; init; }

    /// <summary>The champion; null where there is none.</summary>
    public required string? Model { get; init; }

    /// <summary>The newest forecasts in order of time: those of the walk, then those that were predicted live.</summary>
    public required IReadOnlyList<TrackedForecast> Forecasts { get; init; }

    /// <summary>What a change of position by its whole size is taken to cost, in hundredths of a percent.</summary>
    public required double CostBasisPoints { get; init; }

    /// <summary>The decision layer acts where the forecast is more than this many times the cost.</summary>
    public required double DecisionFactor { get; init; }

    /// <summary>The share of the walk's forecasts on which it acts; null without a walk.</summary>
    public required double? ActedShare { get; init; }

    /// <summary>What acting had brought by the end of each day of the walk.</summary>
    public required IReadOnlyList<EquityDay> Equity { get; init; }
}
