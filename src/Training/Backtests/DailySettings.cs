using System.Text.Json.Nodes;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Training.Backtests;

/// <summary>How far a daily forecast reaches, and what its model is made of.</summary>
public sealed record DailySettings
{
    /// <summary>How many days are forecast; errors are measured over as many.</summary>
    public int Horizon { get; init; } = 30;

    /// <summary>More lets the trend bend more; above 0.</summary>
    public double ChangepointPriorScale { get; init; } = 0.05;

    /// <summary>More lets the seasons be stronger; above 0.</summary>
    public double SeasonalityPriorScale { get; init; } = 10;

    /// <summary>Whether seasons are added to the trend or are a share of it.</summary>
    public SeasonalityMode SeasonalityMode { get; init; }

    /// <summary>The share of days that the interval is to hold; above 0, under 1.</summary>
    public double IntervalWidth { get; init; } = 0.8;

    /// <summary>What a version is registered with.</summary>
    internal JsonObject ToParameters() =>
        new()
        {
            ["horizon"] = Horizon,
            ["changepoint_prior_scale"] = ChangepointPriorScale,
            ["seasonality_prior_scale"] = SeasonalityPriorScale,
            ["seasonality_mode"] = SeasonalityMode.ToString().ToLowerInvariant(),
            ["interval_width"] = IntervalWidth,
        };

    /// <summary>The same task with what another version's model is made of.</summary>
    internal DailySettings With(JsonObject parameters) =>
        this with
        {
            ChangepointPriorScale = parameters["changepoint_prior_scale"]!.GetValue<double>(),
            SeasonalityPriorScale = parameters["seasonality_prior_scale"]!.GetValue<double>(),
            SeasonalityMode = Enum.Parse<SeasonalityMode>(parameters["seasonality_mode"]!.GetValue<string>(), ignoreCase: true),
        };
}
