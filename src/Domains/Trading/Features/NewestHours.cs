namespace Tradepost.Trading.Features;

/// <summary>The newest hours of a symbol, which end with a whole one: what a prediction is made of.</summary>
/// <param name="Week">The rows of the last week with all features, NaN where one is not known.</param>
/// <param name="Hours">The same rows and those before, as far as volatility looks back, without features.</param>
public sealed record NewestHours(FeatureSeries Week, FeatureSeries Hours)
{
    /// <summary>How many rows a week has at most.</summary>
    public const int WeekHours = 7 * 24;

    /// <summary>Where the week begins in <see cref="Hours"/>.</summary>
    public int WeekFrom => Hours.Times.Count - Week.Times.Count;

    /// <summary>The newest hours of a whole series.</summary>
    /// <param name="series">In order of time; it ends with a whole hour.</param>
    /// <param name="lookBack">How many hours before the week are taken.</param>
    public static NewestHours Of(FeatureSeries series, int lookBack) =>
        new(series.Last(WeekHours), series.Last(WeekHours + lookBack) with { Names = [], Columns = [] });
}
