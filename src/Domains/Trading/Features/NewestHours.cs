namespace Tradepost.Trading.Features;

/// <summary>The newest hours of a symbol, which end with a whole one: what a prediction is made of.</summary>
/// <param name="Day">The rows of the last day with all features, NaN where one is not known.</param>
/// <param name="Hours">The same rows and those before, as far as volatility looks back, without features.</param>
/// <param name="WeekMeans">The mean of each feature over the whole hours of the last week; features that are not known there are left out.</param>
public sealed record NewestHours(FeatureSeries Day, FeatureSeries Hours, IReadOnlyDictionary<string, double> WeekMeans)
{
    /// <summary>How many rows a day has at most.</summary>
    public const int DayHours = 24;

    /// <summary>How many rows a week has at most.</summary>
    public const int WeekHours = 7 * DayHours;

    /// <summary>Where the day begins in <see cref="Hours"/>.</summary>
    public int DayFrom => Hours.Times.Count - Day.Times.Count;

    /// <summary>The newest hours of a whole series.</summary>
    /// <param name="series">In order of time; it ends with a whole hour.</param>
    /// <param name="lookBack">How many hours before the day are taken.</param>
    public static NewestHours Of(FeatureSeries series, int lookBack)
    {
        var week = series.Last(WeekHours);
        var known = week
            .Names.Zip(week.Columns, (name, column) => (name, Values: column.Where(double.IsFinite).ToList()))
            .Where(feature => feature.Values.Count > 0);
        return new NewestHours(
            series.Last(DayHours),
            series.Last(DayHours + lookBack) with
            {
                Names = [],
                Columns = [],
            },
            known.ToDictionary(feature => feature.name, feature => feature.Values.Average())
        );
    }
}
