namespace Tradepost.Learning.Forecasting;

/// <summary>
/// Fits Prophet models: S. Taylor, B. Letham, "Forecasting at scale", The American Statistician 72, 2018. The most probable parameters are
/// computed; there is no sampling of the posterior. Safe for use by several threads.
/// </summary>
public static class Prophet
{
    private const double ConstantSigma = 1e-9;

    /// <summary>Fits one series.</summary>
    /// <param name="options">What the model is made of.</param>
    /// <param name="history">Rows in any order; those whose value is NaN are left out.</param>
    /// <exception cref="ArgumentException">
    /// A setting out of its range, fewer than two rows with a value, an infinite value, a missing column, or changepoints outside the
    /// history; the message names it and the argument.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ProphetModel Fit(ProphetOptions options, TimeSeries history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(history);
        OptionRules.Check(options);
        var rows = Observed(history);
        var scale = SeriesScale.Of(rows, options, nameof(history));
        var (features, changepoints) = (FeatureRules.Of(options, rows, nameof(history)), ChangepointRules.Of(options, rows.Times));
        ProphetSize.OfFit(options, features, changepoints.Length, rows.Times.Length).Check(nameof(history));
        var problem = Problem(options, rows, scale, features, changepoints, cancellationToken);
        var notes = new List<string>();
        if (options.Scaling == Scaling.Auto && scale.Scaling == Scaling.Minmax)
        {
            notes.Add("The values vary by less than a thousandth of their level, so they are scaled from least to greatest (minmax).");
        }

        ProphetParameters parameters;
        double? objective = null;
        if (options.Growth != Growth.Logistic && rows.Values!.Min() == rows.Values!.Max())
        {
            notes.Add("All values are the same; the forecast is that value.");
            var (k, m) = GrowthStart.Of(problem);
            parameters = new ProphetParameters(
                k,
                m,
                new double[problem.Changepoints.Length],
                new double[problem.Columns.Count],
                ConstantSigma
            );
        }
        else
        {
            (parameters, objective) =
                options.Optimizer == Optimizer.Exact || problem.Rows < StanSolver.LeastRows
                    ? ExactSolver.Solve(problem, cancellationToken)
                    : StanSolver.Solve(problem, scale.Times(changepoints), cancellationToken);
        }

        return new ProphetModel(options, scale, features, changepoints, parameters, objective, notes, rows.Times);
    }

    /// <summary>What a fit takes, for those who want to know before.</summary>
    /// <param name="options">What the model is made of.</param>
    /// <param name="history">As for <see cref="Fit"/>.</param>
    /// <exception cref="ArgumentException">As <see cref="Fit"/>.</exception>
    public static WorkSize SizeOf(ProphetOptions options, TimeSeries history)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(history);
        OptionRules.Check(options);
        var rows = Observed(history);
        var (features, changepoints) = (FeatureRules.Of(options, rows, nameof(history)), ChangepointRules.Of(options, rows.Times));
        return ProphetSize.OfFit(options, features, changepoints.Length, rows.Times.Length);
    }

    /// <summary>What a forecast of so many rows takes, whatever the model.</summary>
    public static WorkSize SizeOfRows(int rows) => ProphetSize.OfRows(rows);

    /// <summary>Fits many series, several at a time; the result does not depend on how many.</summary>
    /// <param name="parallelism">Series at a time, at least 1; null: one per processor.</param>
    /// <returns>One model per series, in their order.</returns>
    /// <exception cref="ArgumentException">As <see cref="Fit"/>; the message also says which series, counted from 0.</exception>
    public static ProphetModel[] FitMany(
        ProphetOptions options,
        IReadOnlyList<TimeSeries> series,
        int? parallelism = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        return ManySeries.Map(series, one => Fit(options, one, cancellationToken), parallelism, cancellationToken);
    }

    internal static MapProblem Problem(
        ProphetOptions options,
        TimeSeries rows,
        SeriesScale scale,
        FeatureSet features,
        DateTime[] changepoints,
        CancellationToken cancellationToken
    )
    {
        var floors = scale.Floors(rows, "history");
        var y = new double[rows.Values!.Length];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = (rows.Values[i] - floors[i]) / scale.YScale;
        }

        return new MapProblem(
            options.Growth,
            scale.Times(rows.Times),
            y,
            scale.Caps(rows, options.Growth, floors, "history"),
            scale.Times(changepoints),
            options.ChangepointPriorScale,
            features.Build(rows, "history", options.Optimizer, cancellationToken),
            features.Columns()
        );
    }

    /// <summary>The rows that have a value, by time.</summary>
    /// <exception cref="ArgumentException">There are not enough, or a value is infinite.</exception>
    internal static TimeSeries Observed(TimeSeries history)
    {
        if (history.Values is not { } values)
        {
            throw new ArgumentException("The history has no values.", nameof(history));
        }

        if (values.Length != history.Times.Length)
        {
            throw new ArgumentException($"The history has {history.Times.Length} times and {values.Length} values.", nameof(history));
        }

        var infinite = Array.FindIndex(values, double.IsInfinity);
        if (infinite >= 0)
        {
            throw new ArgumentException(
                $"The value at {history.Times[infinite]:yyyy-MM-dd HH:mm:ss} is infinite; a missing value is NaN.",
                nameof(history)
            );
        }

        var rows = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).OrderBy(i => history.Times[i]).ToList();
        return rows.Count >= 2
            ? history.Take(rows)
            : throw new ArgumentException($"The history has {rows.Count} rows with a value; a forecast needs at least 2.", nameof(history));
    }
}
