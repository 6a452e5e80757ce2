using System.Text.Json;

namespace Tradepost.Learning.Forecasting;

/// <summary>What a Prophet model is made of; names and defaults are Prophet's.</summary>
public sealed record ProphetOptions
{
    /// <summary>The form of the trend.</summary>
    public Growth Growth { get; init; }

    /// <summary>Where the trend may bend, within the history; null: <see cref="NChangepoints"/> of them are placed.</summary>
    public IReadOnlyList<DateTime>? Changepoints { get; init; }

    /// <summary>How many changepoints are placed evenly over the first rows of the history; 0 or more.</summary>
    public int NChangepoints { get; init; } = 25;

    /// <summary>The share of the history, from its beginning, that gets changepoints; above 0, at most 1.</summary>
    public double ChangepointRange { get; init; } = 0.8;

    /// <summary>Scale τ of the Laplace prior of changes of the growth rate; above 0. More lets the trend bend more.</summary>
    public double ChangepointPriorScale { get; init; } = 0.05;

    /// <summary>Period 365.25 days. Automatic: of order 10 when the history spans 730 days or more.</summary>
    public SeasonalitySetting YearlySeasonality { get; init; }

    /// <summary>Period 7 days. Automatic: of order 3 when the history spans 14 days or more and has steps under 7 days.</summary>
    public SeasonalitySetting WeeklySeasonality { get; init; }

    /// <summary>Period 1 day. Automatic: of order 4 when the history spans 2 days or more and has steps under 1 day.</summary>
    public SeasonalitySetting DailySeasonality { get; init; }

    /// <summary>Of every component that does not say its own.</summary>
    public SeasonalityMode SeasonalityMode { get; init; }

    /// <summary>Standard deviation of the prior of seasonal coefficients; above 0.</summary>
    public double SeasonalityPriorScale { get; init; } = 10;

    /// <summary>Seasonalities of one's own. One called yearly, weekly or daily replaces the built-in one.</summary>
    public IReadOnlyList<Seasonality> Seasonalities { get; init; } = [];

    /// <summary>Occurrences of holidays, past and future.</summary>
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    /// <summary>Standard deviation of the prior of holidays and regressors that do not say their own; above 0.</summary>
    public double HolidaysPriorScale { get; init; } = 10;

    /// <summary>Null: as <see cref="SeasonalityMode"/>.</summary>
    public SeasonalityMode? HolidaysMode { get; init; }

    /// <summary>Columns that the forecast depends on.</summary>
    public IReadOnlyList<Regressor> Regressors { get; init; } = [];

    /// <summary>The probability that the interval is to hold; above 0, under 1.</summary>
    public double IntervalWidth { get; init; } = 0.8;

    /// <summary>Futures that are simulated for the interval; 0: no interval.</summary>
    public int UncertaintySamples { get; init; } = 1000;

    /// <summary>How futures are simulated.</summary>
    public UncertaintyMethod Uncertainty { get; init; }

    /// <summary>How values are scaled.</summary>
    public Scaling Scaling { get; init; }

    /// <summary>How the parameters are found.</summary>
    public Optimizer Optimizer { get; init; }

    /// <summary>Of the simulated futures; the fit has no randomness.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Reads options from JSON with Prophet's names, such as <c>{"growth": "logistic", "n_changepoints": 10}</c>; what is left out has its
    /// default.
    /// </summary>
    /// <exception cref="FormatException">The text is no JSON object, or has a name or value that is none of these options'; the message
    /// says which.</exception>
    public static ProphetOptions FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize<ProphetOptions>(json, ModelDocument.Form)
                ?? throw new FormatException("The options are null; expected is an object.");
        }
        catch (JsonException e)
        {
            var name =
                e.Message.Split('\'') is [var start, var member, ..] && start.StartsWith("The JSON property", StringComparison.Ordinal)
                    ? $"there is no option {member}"
                    : $"{e.Path?.TrimStart('$', '.')} has a value that it cannot have";
            throw new FormatException($"Line {e.LineNumber + 1}: {name}.", e);
        }
    }
}
