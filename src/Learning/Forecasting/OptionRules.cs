namespace Tradepost.Learning.Forecasting;

/// <summary>What settings may be.</summary>
internal static class OptionRules
{
    private static readonly HashSet<string> Reserved =
    [
        "trend",
        "additive_terms",
        "multiplicative_terms",
        "holidays",
        "extra_regressors_additive",
        "extra_regressors_multiplicative",
        "yhat",
        "ds",
        "y",
        "cap",
        "floor",
        "yhat_lower",
        "yhat_upper",
        "trend_lower",
        "trend_upper",
    ];

    private const int LongestWindow = 366;

    private static readonly HashSet<string> BuiltIn = ["yearly", "weekly", "daily"];

    public static void Check(ProphetOptions options)
    {
        Require(options.NChangepoints >= 0, "n_changepoints", options.NChangepoints, "0 or more");
        Require(options.ChangepointRange is > 0 and <= 1, "changepoint_range", options.ChangepointRange, "above 0 and at most 1");
        Require(
            IsScale(options.ChangepointPriorScale),
            "changepoint_prior_scale",
            options.ChangepointPriorScale,
            "a finite number above 0"
        );
        Require(
            IsScale(options.SeasonalityPriorScale),
            "seasonality_prior_scale",
            options.SeasonalityPriorScale,
            "a finite number above 0"
        );
        Require(IsScale(options.HolidaysPriorScale), "holidays_prior_scale", options.HolidaysPriorScale, "a finite number above 0");
        Require(options.IntervalWidth is > 0 and < 1, "interval_width", options.IntervalWidth, "above 0 and under 1");
        Require(options.UncertaintySamples >= 0, "uncertainty_samples", options.UncertaintySamples, "0 or more");
        CheckNames(options);
        foreach (var seasonality in options.Seasonalities)
        {
            Require(IsScale(seasonality.Period), $"period of {seasonality.Name}", seasonality.Period, "a finite number of days above 0");
            Require(seasonality.FourierOrder >= 1, $"fourier_order of {seasonality.Name}", seasonality.FourierOrder, "1 or more");
            Require(
                IsScale(seasonality.PriorScale ?? 1),
                $"prior_scale of {seasonality.Name}",
                seasonality.PriorScale ?? 1,
                "a finite number above 0"
            );
        }

        foreach (var regressor in options.Regressors)
        {
            Require(
                IsScale(regressor.PriorScale ?? 1),
                $"prior_scale of {regressor.Name}",
                regressor.PriorScale ?? 1,
                "a finite number above 0"
            );
        }

        foreach (var holiday in options.Holidays)
        {
            Require(
                holiday.LowerWindow is <= 0 and >= -LongestWindow,
                $"lower_window of {holiday.Name}",
                holiday.LowerWindow,
                "0 days or less, at most a year"
            );
            Require(
                holiday.UpperWindow is >= 0 and <= LongestWindow,
                $"upper_window of {holiday.Name}",
                holiday.UpperWindow,
                "0 days or more, at most a year"
            );
            Require(IsScale(holiday.PriorScale ?? 1), $"prior_scale of {holiday.Name}", holiday.PriorScale ?? 1, "a finite number above 0");
        }
    }

    private static void CheckNames(ProphetOptions options)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var holidays = options.Holidays.Select(holiday => holiday.Name).Distinct();
        foreach (
            var (kind, name) in options
                .Seasonalities.Select(seasonality => ("seasonality", seasonality.Name))
                .Concat(options.Regressors.Select(regressor => ("regressor", regressor.Name)))
                .Concat(holidays.Select(name => ("holiday", name)))
        )
        {
            if (
                string.IsNullOrWhiteSpace(name)
                || Reserved.Contains(name)
                || name.Contains("_delim_", StringComparison.Ordinal)
                || (kind != "seasonality" && BuiltIn.Contains(name))
            )
            {
                throw new ArgumentException(
                    $"\"{name}\" cannot be the name of a {kind}: it is empty, or the forecast has a column of that name.",
                    nameof(options)
                );
            }

            if (!taken.Add(name))
            {
                throw new ArgumentException(
                    $"\"{name}\" is the name of two components; a {kind} needs a name of its own.",
                    nameof(options)
                );
            }
        }
    }

    private static bool IsScale(double value) => value > 0 && double.IsFinite(value);

    private static void Require(bool holds, string setting, double value, string expected, string argument = "options")
    {
        if (!holds)
        {
            throw new ArgumentException($"The setting {setting} is {value}; expected is {expected}.", argument);
        }
    }
}
