namespace Tradepost.Learning.Forecasting;

/// <summary>Forecasts of the past as they would have been made then: Prophet's <c>cross_validation</c>.</summary>
public static class CrossValidation
{
    /// <summary>
    /// Moments to forecast from: back from <paramref name="horizon"/> before the last time, one period apart, while enough history is left
    /// before.
    /// </summary>
    /// <param name="times">Of the history.</param>
    /// <param name="horizon">Above zero.</param>
    /// <param name="initial">The least history before the first cutoff.</param>
    /// <param name="period">Between cutoffs; above zero.</param>
    /// <returns>The cutoffs, upwards. One after which the horizon holds no row moves back to before the gap.</returns>
    /// <exception cref="ArgumentException">The history is too short, a length is not above zero, or there would be more cutoffs than
    /// fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DateTime[] Cutoffs(
        IReadOnlyList<DateTime> times,
        TimeSpan horizon,
        TimeSpan initial,
        TimeSpan period,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        if (times.Count == 0)
        {
            throw new ArgumentException("There are no times to cut.", nameof(times));
        }

        DateTime[] sorted = [.. times.Order()];
        var (first, last) = (sorted[0], sorted[^1]);
        Size(sorted.Length, (last - first - horizon - initial) / period).Check(nameof(period));
        var cutoffs = new List<DateTime>();
        for (var cutoff = last - horizon; cutoff >= first + initial; cutoff -= period)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = CountUntil(sorted, cutoff);
            if (CountUntil(sorted, cutoff + horizon) == known)
            {
                if (known == 0)
                {
                    break;
                }

                cutoff = sorted[known - 1] - horizon;
                if (cutoff < first + initial)
                {
                    break;
                }
            }

            cutoffs.Add(cutoff);
        }

        cutoffs.Reverse();
        return cutoffs.Count > 0
            ? [.. cutoffs]
            : throw new ArgumentException(
                $"The history is {(last - first).TotalDays:0.##} days long: less than the {initial.TotalDays:0.##} days of the first fit "
                    + $"and the {horizon.TotalDays:0.##} days of the horizon.",
                nameof(times)
            );
    }

    /// <summary>Fits the model anew at each cutoff, several at a time, and forecasts the rows of the horizon after it.</summary>
    /// <param name="model">Fitted on the whole history: its seasonalities, scaling and number of changepoints are kept; everything else is
    /// found anew.</param>
    /// <param name="history">What it was fitted on.</param>
    /// <param name="horizon">How far each forecast reaches.</param>
    /// <param name="initial">The least history before the first cutoff; null: three horizons, or the longest seasonality where that is
    /// more.</param>
    /// <param name="period">Between cutoffs; null: half a horizon.</param>
    /// <returns>One row per cutoff and time, in their order.</returns>
    /// <exception cref="ArgumentException">The history is too short for one cutoff, or a series cannot be fitted.</exception>
    public static CrossValidationRow[] Run(
        ProphetModel model,
        TimeSeries history,
        TimeSpan horizon,
        TimeSpan? initial = null,
        TimeSpan? period = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        var rows = Prophet.Observed(history);
        var longest = TimeSpan.FromDays(model.Seasonalities.Select(seasonality => seasonality.Period).DefaultIfEmpty().Max());
        var cutoffs = Cutoffs(
            rows.Times,
            horizon,
            initial ?? (3 * horizon > longest ? 3 * horizon : longest),
            period ?? horizon / 2,
            cancellationToken
        );
        return Run(model, rows, horizon, cutoffs, cancellationToken);
    }

    /// <summary>The same from cutoffs of one's own.</summary>
    /// <exception cref="ArgumentException">Fewer than two rows lie before a cutoff.</exception>
    public static CrossValidationRow[] Run(
        ProphetModel model,
        TimeSeries history,
        TimeSpan horizon,
        IReadOnlyList<DateTime> cutoffs,
        CancellationToken cancellationToken = default
    ) => Run(model, history, cutoffs, cutoff => cutoff + horizon, cancellationToken);

    /// <summary>The same up to ends of one's own, as months have, which are not all as long.</summary>
    /// <param name="horizonEnd">The last time to forecast from a cutoff.</param>
    /// <exception cref="ArgumentException">Fewer than two rows lie before a cutoff.</exception>
    public static CrossValidationRow[] Run(
        ProphetModel model,
        TimeSeries history,
        IReadOnlyList<DateTime> cutoffs,
        Func<DateTime, DateTime> horizonEnd,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(cutoffs);
        ArgumentNullException.ThrowIfNull(horizonEnd);
        var rows = Prophet.Observed(history);
        var short0 = cutoffs.FirstOrDefault(cutoff => cutoff < rows.Times[1]);
        if (short0 != default)
        {
            throw new ArgumentException($"Fewer than 2 rows lie before the cutoff {short0:yyyy-MM-dd HH:mm:ss}.", nameof(cutoffs));
        }

        ProphetSize.OfCrossValidation(model, rows.Times, cutoffs, horizonEnd).Check(nameof(cutoffs));
        var parts = new CrossValidationRow[cutoffs.Count][];
        var how = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, parts.Length, how, i => parts[i] = At(model, rows, cutoffs[i], horizonEnd(cutoffs[i]), cancellationToken));
        return [.. parts.SelectMany(part => part)];
    }

    private static WorkSize Size(int rows, double cutoffs) =>
        new()
        {
            Work = WorkSize.Say($"A cross-validation with {cutoffs:N0} cutoffs in {rows:N0} rows"),
            Smaller = "A longer period between cutoffs takes less.",
            LargestCount = cutoffs,
            Bytes = 3 * sizeof(long) * cutoffs,
        };

    /// <summary>How many of the times are not after one.</summary>
    private static int CountUntil(DateTime[] sorted, DateTime time)
    {
        var (from, to) = (0, sorted.Length);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = sorted[middle] <= time ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private static CrossValidationRow[] At(
        ProphetModel model,
        TimeSeries rows,
        DateTime cutoff,
        DateTime end,
        CancellationToken cancellationToken
    )
    {
        var before = Enumerable.Range(0, rows.Times.Length).Where(i => rows.Times[i] <= cutoff).ToList();
        var after = Enumerable.Range(0, rows.Times.Length).Where(i => rows.Times[i] > cutoff && rows.Times[i] <= end).ToList();
        var known = rows.Take(before);
        var options = model.Options with
        {
            Seasonalities = model.Seasonalities,
            YearlySeasonality = SeasonalitySetting.Off,
            WeeklySeasonality = SeasonalitySetting.Off,
            DailySeasonality = SeasonalitySetting.Off,
            Scaling = model.Scaling,
            NChangepoints = model.Options.Changepoints is null ? model.Changepoints.Length : model.Options.NChangepoints,
            Changepoints = model
                .Options.Changepoints?.Where(changepoint => changepoint >= known.Times[0] && changepoint <= known.Times[^1])
                .ToList(),
        };
        var ahead = rows.Take(after);
        var forecast = Prophet.Fit(options, known, cancellationToken).Predict(ahead, cancellationToken);
        return
        [
            .. ahead.Times.Select(
                (time, i) =>
                    new CrossValidationRow
                    {
                        Time = time,
                        Cutoff = cutoff,
                        Y = ahead.Values![i],
                        Yhat = forecast.Yhat[i],
                        YhatLower = forecast.YhatLower?[i] ?? double.NaN,
                        YhatUpper = forecast.YhatUpper?[i] ?? double.NaN,
                    }
            ),
        ];
    }
}
