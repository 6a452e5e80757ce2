using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// Decides what was left open: which built-in seasonalities a history supports, prior scales, and how regressors are standardised.
/// </summary>
internal static class FeatureRules
{
    public static FeatureSet Of(ProphetOptions options, TimeSeries history, string argument) =>
        new(
            Seasonalities(options, history.Times),
            Holidays(options),
            options.HolidaysMode ?? options.SeasonalityMode,
            [.. options.Regressors.Select(regressor => Scale(regressor, options, SeriesColumns.Finite(history, regressor.Name, argument)))]
        );

    private static List<Seasonality> Seasonalities(ProphetOptions options, DateTime[] times)
    {
        var all = options.Seasonalities.ToList();
        var (span, step) = (times[^1] - times[0], SmallestStep(times));
        Add("yearly", 365.25, options.YearlySeasonality.Resolve(10, span >= TimeSpan.FromDays(730)));
        Add("weekly", 7, options.WeeklySeasonality.Resolve(3, span >= TimeSpan.FromDays(14) && step < TimeSpan.FromDays(7)));
        Add("daily", 1, options.DailySeasonality.Resolve(4, span >= TimeSpan.FromDays(2) && step < TimeSpan.FromDays(1)));
        return
        [
            .. all.Select(seasonality =>
                seasonality with
                {
                    PriorScale = seasonality.PriorScale ?? options.SeasonalityPriorScale,
                    Mode = seasonality.Mode ?? options.SeasonalityMode,
                }
            ),
        ];

        void Add(string name, double period, int order)
        {
            if (order > 0 && all.TrueForAll(seasonality => seasonality.Name != name))
            {
                all.Add(new Seasonality(name, period, order));
            }
        }
    }

    private static TimeSpan SmallestStep(DateTime[] times)
    {
        var smallest = TimeSpan.MaxValue;
        for (var i = 1; i < times.Length; i++)
        {
            var step = times[i] - times[i - 1];
            if (step > TimeSpan.Zero && step < smallest)
            {
                smallest = step;
            }
        }

        return smallest;
    }

    private static List<HolidayWindow> Holidays(ProphetOptions options)
    {
        var windows = new List<HolidayWindow>();
        foreach (var holiday in options.Holidays.GroupBy(occurrence => occurrence.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var scales = holiday.Select(occurrence => occurrence.PriorScale ?? options.HolidaysPriorScale).Distinct().ToList();
            if (scales.Count > 1)
            {
                throw new ArgumentException(
                    $"Holiday {holiday.Key} has the prior scales {string.Join(" and ", scales)}; all its occurrences need the same.",
                    nameof(options)
                );
            }

            windows.AddRange(
                holiday
                    .SelectMany(occurrence =>
                        Enumerable
                            .Range(occurrence.LowerWindow, occurrence.UpperWindow - occurrence.LowerWindow + 1)
                            .Select(offset => (Offset: offset, Date: occurrence.Date.AddDays(offset)))
                    )
                    .GroupBy(day => day.Offset, day => day.Date)
                    .OrderBy(day => day.Key)
                    .Select(day => new HolidayWindow(holiday.Key, day.Key, scales[0], [.. day.Distinct()]))
            );
        }

        return windows;
    }

    private static RegressorScale Scale(Regressor regressor, ProphetOptions options, double[] values)
    {
        var distinct = values.Distinct().Take(3).ToList();
        var isFlag = distinct.Count == 2 && distinct.Contains(0) && distinct.Contains(1);
        var standardize = distinct.Count > 1 && (regressor.Standardize ?? !isFlag);
        var mean = standardize ? Sums.Mean(values) : 0;
        var squares = Array.ConvertAll(values, value => (value - mean) * (value - mean));
        var deviation = standardize ? Math.Sqrt(Sums.Compensated(squares) / (values.Length - 1)) : 1;
        return new RegressorScale(
            regressor.Name,
            mean,
            deviation,
            regressor.PriorScale ?? options.HolidaysPriorScale,
            regressor.Mode ?? options.SeasonalityMode
        );
    }
}
