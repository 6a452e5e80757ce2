using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Learning.Forecasting;
using Tradepost.Training.Backtests;

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

    internal DailySettings Settings =>
        new()
        {
            Horizon = Horizon,
            ChangepointPriorScale = ChangepointPriorScale,
            SeasonalityPriorScale = SeasonalityPriorScale,
            SeasonalityMode = SeasonalityMode,
            IntervalWidth = IntervalWidth,
        };
}
