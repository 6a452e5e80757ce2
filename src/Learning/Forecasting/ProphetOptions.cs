namespace Tradepost.Learning.Forecasting;

/// <summary>What a Prophet model is made of; names and defaults are Prophet's.</summary>
public sealed record ProphetOptions
{
    public Growth Growth { get; init; }

    /// <summary>Where the trend may bend, within the history; null: <see cref="NChangepoints"/> of them are placed.</summary>
    public IReadOnlyList<DateTime>? Changepoints { get; init; }

    /// <summary>How many changepoints are placed evenly over the first rows of the history; 0 or more.</summary>
    public int NChangepoints { get; init; } = 25;

    /// <summary>The share of the history, from its beginning, that gets changepoints; above 0, at most 1.</summary>
    public double ChangepointRange { get; init; } = 0.8;

    /// <summary>Scale τ of the Laplace prior of changes of the growth rate; above 0. More lets the trend bend more.</summary>
    public double ChangepointPriorScale { get; init; } = 0.05;

    public SeasonalitySetting YearlySeasonality { get; init; }

    public SeasonalitySetting WeeklySeasonality { get; init; }

    public SeasonalitySetting DailySeasonality { get; init; }

    /// <summary>Of every component that does not say its own.</summary>
    public SeasonalityMode SeasonalityMode { get; init; }

    /// <summary>Standard deviation of the prior of seasonal coefficients; above 0.</summary>
    public double SeasonalityPriorScale { get; init; } = 10;

    /// <summary>Seasonalities of one's own. One called yearly, weekly or daily replaces the built-in one.</summary>
    public IReadOnlyList<Seasonality> Seasonalities { get; init; } = [];

    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    /// <summary>Standard deviation of the prior of holidays and regressors that do not say their own; above 0.</summary>
    public double HolidaysPriorScale { get; init; } = 10;

    /// <summary>Null: as <see cref="SeasonalityMode"/>.</summary>
    public SeasonalityMode? HolidaysMode { get; init; }

    public IReadOnlyList<Regressor> Regressors { get; init; } = [];

    /// <summary>The probability that the interval is to hold; above 0, under 1.</summary>
    public double IntervalWidth { get; init; } = 0.8;

    /// <summary>Futures that are simulated for the interval; 0: no interval.</summary>
    public int UncertaintySamples { get; init; } = 1000;

    public UncertaintyMethod Uncertainty { get; init; }

    public Scaling Scaling { get; init; }

    public Optimizer Optimizer { get; init; }

    /// <summary>Of the simulated futures; the fit has no randomness.</summary>
    public long Seed { get; init; }
}
