using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Retail.Forecasting;

/// <summary>How revenue is to be forecast, and what the model is made of.</summary>
public sealed record ForecastOptions
{
    [Description("How many days to forecast; errors are measured over as many.")]
    [Range(1, 365)]
    public int Horizon { get; init; } = 30;

    [Description("More lets the trend bend more.")]
    [Range(0.0001, 1000.0)]
    public double ChangepointPriorScale { get; init; } = 0.05;

    [Description("More lets the seasons be stronger.")]
    [Range(0.0001, 1000.0)]
    public double SeasonalityPriorScale { get; init; } = 10;

    [Description("Whether seasons are added to the trend or are a share of it.")]
    public SeasonalityMode SeasonalityMode { get; init; }

    [Description("The share of days that the interval is to hold.")]
    [Range(0.5, 0.95)]
    public double IntervalWidth { get; init; } = 0.8;

    [Description("Know of what was sold before this day, and nothing later; by default of every complete day.")]
    public DateOnly? Until { get; init; }

    [Description("Put the version into production, if it is not worse than what is there.")]
    public bool Promote { get; init; }

    /// <summary>What a version is registered with.</summary>
    internal JsonObject ToParameters() =>
        new()
        {
            ["horizon"] = Horizon,
            ["changepoint_prior_scale"] = ChangepointPriorScale,
            ["seasonality_prior_scale"] = SeasonalityPriorScale,
            ["seasonality_mode"] = Spelling.Snake(SeasonalityMode.ToString()),
            ["interval_width"] = IntervalWidth,
        };

    /// <summary>The same task with what another version's model is made of.</summary>
    internal ForecastOptions With(JsonObject parameters) =>
        this with
        {
            ChangepointPriorScale = parameters["changepoint_prior_scale"]!.GetValue<double>(),
            SeasonalityPriorScale = parameters["seasonality_prior_scale"]!.GetValue<double>(),
            SeasonalityMode = Enum.Parse<SeasonalityMode>(parameters["seasonality_mode"]!.GetValue<string>(), ignoreCase: true),
        };
}
